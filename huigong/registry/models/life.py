"""档案经办: what was done about a file, step by step, each with its day, its paper and who did it. Never rewritten."""

from django.db import models

from huigong.documents.models import Document
from huigong.organisations.models import Organisation
from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class FileEntry(models.Model):
    """One thing done: a home visit, an answer of civil affairs, a notice, an enrolment, a review, an exit.

    `word` is its outcome, level, reason or kind of paper, in the words of its day; what people said is encrypted.
    """

    class Kind(models.TextChoices):
        REPORTED = "reported", "上报"
        HOME_VISIT = "home_visit", "入户调查"
        AUTHORISATION = "authorisation", "核对授权"
        CIVIL_AFFAIRS = "civil_affairs", "民政核对"
        CHECKED = "checked", "核查完毕"
        NOTICE = "notice", "公示"
        ENROLLED = "enrolled", "建档"
        CERTIFICATE_REVIEW = "certificate_review", "优惠证审核"
        YEARLY_CHECK = "yearly_check", "年度复核"
        EXITED = "exited", "退出"
        MOVE_OUT = "move_out", "转出"
        MOVE_IN = "move_in", "接收"
        DECLINED = "declined", "没有接收"
        REOPENED = "reopened", "重新建档"
        PUT_BACK = "put_back", "退回上一步"
        PAPER = "paper", "附件"
        DESTROYED = "destroyed", "到期销毁原件"
        VISITED = "visited", "走访"
        CALLED_BACK = "called_back", "撤回转出"
        LEVELLED = "levelled", "改建档标准"
        TURNED_DOWN = "turned_down", "撤下"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="entries")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("事项", max_length=24, choices=Kind.choices)
    on = models.DateField("日期")
    until = models.DateField("到", null=True)
    word = models.CharField("结果", max_length=60, blank=True)
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField("说明", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("记入时间")

    class Meta:
        verbose_name = "档案经办"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"
