"""异议、申诉: somebody says that a line on a notice, or a decision, is not right. What they say and who they are lies encrypted.

An objection knows its case by the reference only, and may come before anybody knows which case it is about.
"""

from django.db import models
from django.db.models import Q

from huigong.circulars.models import Campaign
from huigong.lifecycle.models import Staged
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Grievance(Staged):
    """One objection or appeal, with a name or without, from its coming in to its answer."""

    class Kind(models.TextChoices):
        OBJECTION = "objection", "异议"
        APPEAL = "appeal", "申诉"

    class Channel(models.TextChoices):
        WEB = "web", "网页"
        PHONE = "phone", "电话"
        LETTER = "letter", "来信"
        VISIT = "visit", "来访"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("编号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="grievances")
    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    channel = models.CharField("怎么来的", max_length=8, choices=Channel.choices)
    submission = models.UUIDField("交的一次", unique=True)
    """Made by the page before it is sent, so that sending it twice is one objection."""
    notice_number = models.CharField("公示号", max_length=40, blank=True)
    case_reference = models.CharField("案号", max_length=40, blank=True, db_index=True)
    is_named = models.BooleanField("留了姓名")
    said = EncryptedTextField("反映的内容", kind="text")
    person = EncryptedTextField("姓名和联系方式", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("收到时间")
    due_on = models.DateField("答复期限")
    due_rule = models.CharField("期限依据", max_length=200)
    recorded_by = models.CharField("登记人", max_length=64)
    assigned_to = models.CharField("承办人", max_length=64, blank=True)
    assigned_by = models.CharField("交办人", max_length=64, blank=True)
    clauses = models.CharField("依据的条款", max_length=200, blank=True)
    answer = EncryptedTextField("答复", kind="text")
    answered_by = models.CharField("答复人", max_length=64, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "异议和申诉"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_by="") | ~Q(clauses="") & Q(answered_at__isnull=False),
                name="a_grievance_is_answered_with_a_clause",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return not self.answered_by
