"""对照单: what was typed into the national system, field by field, so that a later change shows which fields to key again."""

from django.db import models

from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7


class Keying(models.Model):
    """One time that somebody keyed a file. `keyed` has a keyed digest of each ticked field by its path, and no value."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="keyings")
    keyed = models.JSONField("录入的项")
    is_whole = models.BooleanField("全部录完")
    by = models.CharField("录入人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "对照单"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.household_id} {self.at:%Y-%m-%d}"
