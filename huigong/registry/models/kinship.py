"""并档与关联: two files that are one household are merged, and can be taken apart again; others are told not to be one."""

from django.db import models
from django.db.models import F, Q

from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Merge(models.Model):
    """One file taken into another. The snapshot holds both as they stood, so that undoing it restores them to the byte."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="merged_by")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    snapshot = EncryptedTextField("并档前", kind="json")
    reason = EncryptedTextField("理由", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")
    undone_by = models.CharField("撤销人", max_length=64, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "并档"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("absorbed",), condition=Q(undone_at=None), name="a_file_is_merged_into_one_other"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="a_file_is_not_merged_into_itself"),
        )

    def __str__(self) -> str:
        return f"{self.kept_id} {self.absorbed_id}"


class Kinship(models.Model):
    """关联判断: what a person said of two files that look like one household; the last one stands."""

    class Outcome(models.TextChoices):
        NOT_SAME = "not_same", "不是同一家"
        LATER = "later", "先放着"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    one = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("判断", max_length=16, choices=Outcome.choices)
    why = models.CharField("情形", max_length=24)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "关联判断"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.one_id} {self.outcome}"
