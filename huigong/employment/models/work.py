"""What was done for a graduate: who spoke to them and what was said, and the services as the circular names them."""

from django.db import models

from huigong.employment.models.graduates import Graduate
from huigong.employment.models.openings import Opening
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Contact(models.Model):
    """联系记录: one call, message or visit, and whether the person was reached. Never rewritten."""

    class Channel(models.TextChoices):
        PHONE = "phone", "电话"
        MESSAGE = "message", "微信或短信"
        WINDOW = "window", "到窗口"
        VISIT = "visit", "上门"

    class Answer(models.TextChoices):
        SPOKE = "spoke", "说上话了"
        RELATIVE = "relative", "家人代答"
        NO_ANSWER = "no_answer", "没接"
        WRONG_NUMBER = "wrong_number", "号码不对"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    graduate = models.ForeignKey(Graduate, on_delete=models.PROTECT, related_name="contacts")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("方式", max_length=8, choices=Channel.choices)
    answer = models.CharField("结果", max_length=16, choices=Answer.choices)
    on = models.DateField("日期")
    note = EncryptedTextField("说了什么", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("记入时间")

    class Meta:
        verbose_name = "联系记录"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.graduate_id} {self.on}"


class Service(models.Model):
    """就业服务: one service to a graduate, or to somebody at the window who is on no list and is only counted."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", "职业指导"
        MADE_TO_ORDER = "made_to_order", "订单式培训"
        TARGETED = "targeted", "定项式培训"
        REFERRAL = "referral", "职业介绍"
        TRAINEESHIP = "traineeship", "见习"
        INTERNSHIP = "internship", "实习"
        PUBLIC_POST = "public_post", "公益性岗位"
        START_UP = "start_up", "创业扶持"
        LEGAL_AID = "legal_aid", "法律援助"
        POLICY = "policy", "政策咨询"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    graduate = models.ForeignKey(Graduate, on_delete=models.PROTECT, null=True, related_name="services")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, null=True, related_name="services")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField("服务", max_length=16, choices=Kind.choices)
    at_window = models.BooleanField("窗口来访")
    on = models.DateField("日期")
    note = EncryptedTextField("说明", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("记入时间")

    class Meta:
        verbose_name = "就业服务"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")
        indexes = (models.Index(fields=("federation", "on", "kind", "at_window"), name="employment_services_counted"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"
