"""The approval form (审批表): which cases, by which collective decision, and who wrote into which box.

A form knows its cases by reference only, as paper offices do.
"""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.documents.models import Document
from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation, SignedSheet
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Box(models.TextChoices):
    """The boxes that an approval form may have. Which of them, and in which order, is dated data (`Band`)."""

    HANDLER = "handler", "经办"
    DEPARTMENT = "department", "部门"
    FINANCE = "finance", "财务"
    DEPUTY = "deputy", "分管"
    CHAIR = "chair", "主席"


class Band(models.Model):
    """签字档次: up to which sum a form needs which boxes in which order, in a place from a day on, with its source."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="地方")
    valid_from = models.DateField("起")
    up_to_fen = models.BigIntegerField("到多少（分）", null=True)
    """None: whatever the sum is."""
    boxes = models.JSONField("签字栏，依次")
    source = models.CharField("出处", max_length=200)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "签字档次"
        verbose_name_plural = verbose_name
        ordering = ("place", "valid_from", "up_to_fen")
        constraints = (
            models.UniqueConstraint(
                fields=("place", "valid_from", "up_to_fen"), name="a_band_of_a_place_begins_once_a_day"
            ),
            models.UniqueConstraint(
                fields=("place", "valid_from"), condition=models.Q(up_to_fen=None), name="one_band_of_a_place_is_open"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.valid_from} {self.up_to_fen}"


class Approval(Staged):
    """审批表: cases put to a collective decision, with its minutes and their scan; approved by the last box."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    fund_source = models.CharField("资金来源", max_length=40)
    minutes = models.CharField("纪要文号", max_length=60)
    held_on = models.DateField("研究日期")
    attendees = models.CharField("参加人", max_length=300)
    scan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="纪要扫描件")
    boxes = models.JSONField("签字栏，依次")
    declared_count = models.PositiveIntegerField("件数")
    declared_fen = models.BigIntegerField("总额（分）")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    prepared_by = models.CharField("填表人", max_length=64)

    class Meta:
        verbose_name = "审批表"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(declared_count__gt=0, declared_fen__gt=0), name="a_form_approves_somebody_something"
            ),
        )

    def __str__(self) -> str:
        return self.number


class ApprovalLine(models.Model):
    """One case on an approval form, with the sum that is asked for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField("序号")
    case_reference = models.CharField("案号", max_length=40, db_index=True)
    fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "审批表的一行"
        verbose_name_plural = verbose_name
        ordering = ("approval", "position")
        constraints = (
            models.UniqueConstraint(fields=("approval", "case_reference"), name="a_case_stands_on_a_form_once"),
            models.UniqueConstraint(fields=("approval", "position"), name="a_form_numbers_its_lines_once"),
        )

    def __str__(self) -> str:
        return f"{self.approval_id} {self.position}"


class Opinion(models.Model):
    """意见: what somebody wrote into a box, on screen, or on paper that two clerks carried into the system."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="opinions")
    position = models.PositiveSmallIntegerField("第几栏")
    box = models.CharField("栏", max_length=16, choices=Box.choices)
    given_by = models.CharField("签字人", max_length=64)
    agrees = models.BooleanField("同意")
    words = EncryptedTextField("意见", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(
        SignedSheet, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="签字单"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "意见"
        verbose_name_plural = verbose_name
        ordering = ("approval", "position")
        constraints = (
            models.UniqueConstraint(fields=("approval", "position"), name="a_box_is_written_once"),
            models.UniqueConstraint(fields=("approval", "given_by"), name="nobody_writes_into_two_boxes_of_a_form"),
        )

    def __str__(self) -> str:
        return f"{self.approval_id} {self.box}"


class HouseholdSnapshot(models.Model):
    """The household as it stood when its aid was approved: what was decided on can be read for ever, whatever changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="snapshots")
    case_reference = models.CharField("案号", max_length=40)
    content = EncryptedTextField("审批时的档案", kind="json")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批时的档案"
        verbose_name_plural = verbose_name
        ordering = ("case_reference", "at")
        constraints = (
            models.UniqueConstraint(fields=("case_reference", "approval"), name="a_form_keeps_a_household_once"),
        )

    def __str__(self) -> str:
        return self.case_reference
