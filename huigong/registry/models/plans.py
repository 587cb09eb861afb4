"""一户一策: which key group a household belongs to (dated), and the measures of its one plan, each with owner and day."""

from django.db import models

from huigong.lifecycle.models import Staged
from huigong.organisations.models import Officer
from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class KeyGroup(models.Model):
    """重点群体: one of the five key groups, in the words of its day; a household is in at most one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="key_groups")
    word = models.CharField("重点群体", max_length=60)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "重点群体"
        verbose_name_plural = verbose_name
        ordering = ("valid_from", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("household",), condition=models.Q(valid_until=None), name="a_household_is_in_one_key_group"
            ),
        )

    def __str__(self) -> str:
        return self.word


class Measure(Staged):
    """帮扶措施: one measure of a household's plan: what kind, what exactly (encrypted), who sees to it, until when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="measures")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("措施类别", max_length=60)
    what = EncryptedTextField("做什么", kind="text")
    owner = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", verbose_name="责任人")
    due = models.DateField("期限")
    planned_by = models.CharField("定的人", max_length=64)

    class Meta:
        verbose_name = "帮扶措施"
        verbose_name_plural = verbose_name
        ordering = ("due", "id")
        indexes = (
            # Those that are overdue are few among all that were ever planned.
            models.Index(
                fields=("due", "household"), name="registry_measure_is_due", condition=models.Q(status="planned")
            ),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"
