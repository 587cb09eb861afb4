"""Write down that the page of a notice could be reached: when somebody opened it (once an hour), or when a probe asked."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.publicnotices.columns import CHECK
from huigong.publicnotices.models import NoticeCheck, PublicNotice

_SLOTS = {NoticeCheck.How.VISIT: "%Y-%m-%dT%H", NoticeCheck.How.PROBE: "%Y-%m-%dT%H:%M"}


@transaction.atomic
def check(
    notice: PublicNotice, *, how: str, outcome: str, shown_digest: str = "", officer: str, at: datetime
) -> NoticeCheck:
    """The check of this hour (a visit) or minute (a probe): the first one is kept, so that nobody makes the chain grow."""
    slot = at.strftime(_SLOTS[NoticeCheck.How(how)])
    kept, new = NoticeCheck.objects.get_or_create(
        notice=notice, how=how, slot=slot, defaults={"outcome": outcome, "shown_digest": shown_digest, "at": at}
    )
    if new:
        told = {"check": str(kept.pk), "outcome": outcome, "columns": CHECK.told(kept)}
        audit.record("notice.checked", subject=notice.number, officer=officer, at=at, payload=told)
    return kept
