"""When somebody was last spoken with, from what was noted until now; and what a return tells beside its figures."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import migrations, models
from django.db.models import Max

_AT_A_TIME = 500


def fill(apps: Any, schema: object) -> None:
    """The last contact that reached somebody, or the last service, whichever was later."""
    graduates, contacts, services = (apps.get_model("employment", name) for name in ("Graduate", "Contact", "Service"))
    last = dict[UUID, date]()
    reached = contacts.objects.filter(answer__in=("spoke", "relative"))
    for rows in (reached, services.objects.exclude(graduate=None)):
        told: Iterable[tuple[UUID, date]] = rows.order_by().values_list("graduate").annotate(Max("on"))
        for pk, on in told:
            last[pk] = max(on, last.get(pk, on))
    changed = [graduates(pk=pk, spoke_on=on) for pk, on in last.items()]
    graduates.objects.bulk_update(changed, ["spoke_on"], batch_size=_AT_A_TIME)


class Migration(migrations.Migration):
    dependencies = [("employment", "0005_counted_by_year")]

    operations = [
        migrations.AddField("graduate", "spoke_on", models.DateField(null=True, verbose_name="上次说上话")),
        migrations.AddField("statisticalreturn", "beside", models.JSONField(null=True, verbose_name="服务和在手的人")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
