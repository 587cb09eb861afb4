"""Money that came: an appropriation by the paper it came with, and what somebody gave with a wish and a receipt."""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.quotas.models import FundSource
from huigong.values.uuid7 import uuid7


class Donation(models.Model):
    """One gift, in its fund once another officer saw it (MoneySeen); never changed, a wrong one is taken back by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("收据号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="donations")
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="donations")
    donor = models.CharField("捐助人", max_length=100)
    wish = models.CharField("意愿", max_length=200, blank=True)
    fen = models.BigIntegerField("金额（分）")
    received_on = models.DateField("收到日期")
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_back_by")
    reason = models.CharField("冲回原因", max_length=200, blank=True)
    recorded_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "捐助"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="a_donation_gives_something"),)

    def __str__(self) -> str:
        return self.number


class Appropriation(models.Model):
    """One sum of a source that came (到款), in its fund once another officer saw it (MoneySeen); a wrong one is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("到款号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="appropriations")
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="appropriations")
    paper = models.CharField("拨款文件", max_length=120)
    fen = models.BigIntegerField("金额（分）")
    received_on = models.DateField("到账日期")
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_back_by")
    reason = models.CharField("冲回原因", max_length=200, blank=True)
    recorded_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "到款"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="an_appropriation_brings_something"),)

    def __str__(self) -> str:
        return self.number


class MoneySeen(models.Model):
    """到账核对: another officer than the one who wrote a sum down has seen that it is there; from then on the fund has it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    appropriation = models.OneToOneField(Appropriation, on_delete=models.PROTECT, null=True, related_name="seen")
    donation = models.OneToOneField(Donation, on_delete=models.PROTECT, null=True, related_name="seen")
    seen_by = models.CharField("核对人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "到账核对"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=models.Q(appropriation=None, donation__isnull=False)
                | models.Q(appropriation__isnull=False, donation=None),
                name="one_sum_is_seen_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
