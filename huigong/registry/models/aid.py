"""帮扶记录: all aid that a family was given, by whatever programme or source, and what of it came back."""

from django.db import models

from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7


class AidGiven(models.Model):
    """帮扶记录: aid of any kind and source that a household received, one record for all programmes.

    `number`: a case whose aid came back whole may be given aid for the same need once more, under the next number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="aid_given")
    person_index = models.CharField(max_length=64, db_index=True)
    need = models.CharField("需要", max_length=40)
    fund_source = models.CharField("资金来源", max_length=40)
    fen = models.BigIntegerField("金额（分）")
    given_on = models.DateField("日期")
    kind = models.CharField("帮扶类别", max_length=40, blank=True)
    giver = models.CharField("由谁给", max_length=60, blank=True)
    case_reference = models.CharField("案号", max_length=40)
    number = models.PositiveSmallIntegerField("第几次", default=1)

    class Meta:
        verbose_name = "帮扶记录"
        verbose_name_plural = verbose_name
        ordering = ("given_on", "case_reference")
        constraints = (
            models.UniqueConstraint(
                fields=("case_reference", "need", "number"), name="a_case_gives_aid_for_a_need_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="aid_given_is_worth_something"),
        )

    def __str__(self) -> str:
        return self.case_reference


class AidReturn(models.Model):
    """帮扶退回: what of an aid came back or never arrived, by which transfer of the ledger. The record of giving stays.

    Aid from elsewhere that was noted by mistake has no transfer: there it says so, and why (`mistake:…`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aid = models.ForeignKey(AidGiven, on_delete=models.PROTECT, related_name="returns")
    fen = models.BigIntegerField("退回金额（分）")
    returned_on = models.DateField("退回日期")
    transfer_reference = models.CharField("划转", max_length=120, unique=True)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "帮扶退回"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="an_aid_return_is_worth_something"),)

    def __str__(self) -> str:
        return self.transfer_reference
