"""跨部门比对: one exchange with one office on a legal basis, and whom both have. Its secrets have a key that is destroyed with it."""

from django.db import models
from django.db.models import Q

from huigong.documents.models import Document
from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation
from huigong.registry.models import Household
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Exchange(Staged):
    """One exchange: who asks whom about which programme, on what basis, for how many people at most, until when.

    `secret` holds our key, the order of our points and what their points became, or the list that they sent; it goes, and
    its data key with it, when the exchange ends.
    """

    class Kind(models.TextChoices):
        BLIND = "blind", "盲比"
        LIST = "list", "对方名单"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("比对编号", max_length=40, unique=True)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="所属总工会")
    kind = models.CharField("方式", max_length=8, choices=Kind.choices)
    partner = models.CharField("对方单位", max_length=60)
    programme = models.CharField("我方项目", max_length=60)
    basis = models.CharField("法律依据", max_length=200)
    letter_number = models.CharField("函号", max_length=60)
    most = models.PositiveIntegerField("人数上限")
    until = models.DateField("有效到")
    delete_on = models.DateField("删除日")
    fingerprint = models.CharField("对方指纹", max_length=40, blank=True)
    reply = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="复函")
    replied_on = models.DateField("复函日期", null=True)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, null=True, related_name="+")
    secret = EncryptedTextField("密钥和名单", kind="text")
    ours = models.PositiveIntegerField("我方人数", null=True)
    theirs = models.PositiveIntegerField("对方人数", null=True)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "跨部门比对"
        verbose_name_plural = verbose_name
        ordering = ("-at", "number")
        constraints = (
            models.CheckConstraint(
                condition=Q(reply=None, replied_on=None) | Q(reply__isnull=False, replied_on__isnull=False),
                name="an_answer_on_paper_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(secret=None, data_key=None), name="an_ended_exchange_keeps_no_secret"
            ),
        )

    def __str__(self) -> str:
        return self.number


class Hit(models.Model):
    """重合: somebody on file who is also on the other office's list, under which of its programmes, and what came of it.

    `how`: by the number, by name and birth date in the second pass, or compared by the engine (`pattern` says why).
    """

    class How(models.TextChoices):
        NUMBER = "id", "身份证号相同"
        NAME = "name", "姓名和出生日期相近"
        COMPARED = "list", "按名单比对"

    class Outcome(models.TextChoices):
        TAKEN = "taken", "记入帮扶记录"
        DISMISSED = "dismissed", "不是同一人，或不是同一项"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="hits")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("序号")
    programme = models.CharField("对方项目", max_length=60, blank=True)
    how = models.CharField("凭什么", max_length=8, choices=How.choices)
    pattern = models.BigIntegerField("比对结果", null=True)
    told = EncryptedTextField("对方名单上写的", kind="text")
    fen = models.BigIntegerField("金额（分）", null=True)
    outcome = models.CharField("结果", max_length=16, choices=Outcome.choices, blank=True)
    by = models.CharField("经办人", max_length=64, blank=True)
    at = models.DateTimeField("时间", null=True)

    class Meta:
        verbose_name = "重合"
        verbose_name_plural = verbose_name
        ordering = ("exchange", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("exchange", "household", "position", "programme"), name="a_person_is_hit_once_a_programme"
            ),
            models.CheckConstraint(condition=Q(fen=None) | Q(fen__gt=0), name="aid_elsewhere_is_worth_something"),
        )

    def __str__(self) -> str:
        return f"{self.exchange_id} {self.household_id} {self.position}"
