"""What is signed on paper: a hand-over with its three signatures, and a sheet that a leader signed by hand."""

from django.db import models

from huigong.documents.models import Document
from huigong.organisations.models.people import Officer
from huigong.organisations.models.units import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class HandOver(models.Model):
    """交接: somebody leaves, and a successor has what was theirs, before a witness. What was open is listed with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    leaver = models.OneToOneField(Officer, on_delete=models.PROTECT, related_name="handed_over", verbose_name="移交人")
    successor = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="taken_over", verbose_name="接收人")
    witness = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", verbose_name="监交人")
    on = models.DateField("交接日期")
    items = models.JSONField("移交清单", default=list)

    class Meta:
        verbose_name = "交接"
        verbose_name_plural = verbose_name
        ordering = ("-on", "number")

    def __str__(self) -> str:
        return self.number


class SignedSheet(models.Model):
    """签字单: a leader signed on paper. One clerk enters the sheet with its scan, another confirms it; then it acts.

    One that was entered wrongly is rejected with a reason, and never acts.
    """

    class Act(models.TextChoices):
        APPROVE = "approve", "集体研究审批"
        OPINION = "opinion", "审批表签字"
        SETTLE = "settle", "请负责人定"
        ENROL = "enrol", "建档审批"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    act = models.CharField("事项", max_length=16, choices=Act.choices)
    reference = models.CharField("对哪一件", max_length=60, db_index=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    leader = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+", verbose_name="签字人")
    signed_on = models.DateField("签字日期")
    minutes = models.CharField("纪要文号", max_length=60)
    scan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="扫描件")
    entered_by = models.CharField("录入人", max_length=64)
    entered_at = models.DateTimeField("录入时间")
    confirmed_by = models.CharField("核对人", max_length=64, blank=True)
    confirmed_at = models.DateTimeField("核对时间", null=True)
    matter = models.CharField("签的是什么", max_length=60, blank=True)
    """Which question of a case was settled, or at which level a household was enrolled."""
    rejected_by = models.CharField("退录的人", max_length=64, blank=True)
    rejected_at = models.DateTimeField("退录时间", null=True)
    reason = EncryptedTextField("退录的原因", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "签字单"
        verbose_name_plural = verbose_name
        ordering = ("-entered_at", "number")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("entered_by")), name="another_clerk_confirms_a_signed_sheet"
            ),
            models.CheckConstraint(
                condition=models.Q(rejected_by="", rejected_at=None)
                | (
                    ~models.Q(rejected_by="")
                    & models.Q(rejected_at__isnull=False, confirmed_by="", reason__isnull=False)
                ),
                name="a_rejected_sheet_has_a_reason_and_never_acts",
            ),
        )

    def __str__(self) -> str:
        return self.number
