"""困难认定: what a circular says of a household on given facts, numbered; every one can be replayed."""

from django.db import models

from huigong.circulars.models import CircularVersion, Parameter
from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Assessment(models.Model):
    """The class of a household (深度困难, 相对困难, 意外致困, or none) on a day, under a version of a circular."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="assessments")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("序号")
    version = models.ForeignKey(CircularVersion, on_delete=models.PROTECT, related_name="+")
    vocabulary = models.CharField("词表版本", max_length=8)
    line = models.ForeignKey(Parameter, on_delete=models.PROTECT, null=True, related_name="+")
    multiple = models.ForeignKey(Parameter, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField("认定日期")
    verdict = models.CharField("结论", max_length=24)
    outcome = models.CharField("困难类别", max_length=40, blank=True)
    facts = EncryptedTextField("事实", kind="json")
    outcomes = EncryptedTextField("逐条结果", kind="json")
    digest = models.CharField("摘要", max_length=64)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "困难认定"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("household", "number"), name="assessments_of_a_household_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.number}"
