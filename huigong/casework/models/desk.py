"""What is done to a case at the desk, whatever its programme: a case is known by its reference only, as paper offices do.

A check is of facts, as a verification is: it names the digest of the facts that were looked at.
"""

from django.db import models
from django.db.models import Q

from huigong.documents.models import Document
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class CaseLock(models.Model):
    """Who has a case open, and until when: a courtesy that runs out, never a right. Version checks keep the truth."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40, unique=True)
    held_by = models.CharField("打开的人", max_length=64)
    since = models.DateTimeField("打开于")
    until = models.DateTimeField("保留到")

    class Meta:
        verbose_name = "正在办"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.case_reference


class Check(models.Model):
    """One criterion of a case looked at by an officer. The last one stands; without one nobody has looked."""

    class Outcome(models.TextChoices):
        FINE = "fine", "看过，没问题"
        MISSING = "missing", "看过，缺东西"
        DOUBT = "doubt", "看过，有疑问"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40)
    criterion = models.CharField("条件", max_length=60)
    facts_digest = models.CharField("看的是哪些事实", max_length=64)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    note = EncryptedTextField("备注", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    checked_by = models.CharField("核对人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "核对"
        verbose_name_plural = verbose_name
        ordering = ("case_reference", "at", "id")
        indexes = (models.Index(fields=("case_reference", "criterion")),)

    def __str__(self) -> str:
        return f"{self.case_reference} {self.criterion}"


class OneTimeNotice(models.Model):
    """一次性告知: everything that a case lacks, said at once, with the facts as they stood when it was said."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40)
    round = models.PositiveSmallIntegerField("第几次")
    sent_by = models.CharField("告知人", max_length=64)
    at = models.DateTimeField("时间")
    due_on = models.DateField("请在这天前补来")
    facts_digest = models.CharField("当时的事实", max_length=64)
    facts = EncryptedTextField("当时的事实", kind="json")
    reason = EncryptedTextField("再提的理由", kind="text")
    """Why something is asked that was closed: the family reads it in the letter."""
    reasoned_by = models.CharField("同意再提的人", max_length=64, blank=True)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "一次性告知"
        verbose_name_plural = verbose_name
        ordering = ("case_reference", "round")
        constraints = (
            models.UniqueConstraint(fields=("case_reference", "round"), name="one_time_notices_of_a_case_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.case_reference} {self.round}"


class NoticePoint(models.Model):
    """One thing that the family is asked for. `ground` says why it may be asked in this round."""

    class Ground(models.TextChoices):
        FIRST = "first", "第一次告知"
        UNANSWERED = "unanswered", "上次说过，还没补"
        CHANGED = "changed", "补来的内容变了"
        REASONED = "reasoned", "负责人写明理由"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(OneTimeNotice, on_delete=models.PROTECT, related_name="points")
    round = models.PositiveSmallIntegerField("第几次")
    position = models.PositiveSmallIntegerField("序号")
    criterion = models.CharField("条件", max_length=60, blank=True)
    fact = models.CharField("事实", max_length=60, blank=True)
    clause = models.CharField("条款", max_length=24, blank=True)
    ground = models.CharField("依据", max_length=12, choices=Ground.choices)
    reasoned_by = models.CharField("同意再提的人", max_length=64, blank=True)
    said = EncryptedTextField("告知的话", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "告知事项"
        verbose_name_plural = verbose_name
        ordering = ("notice", "position")
        constraints = (
            models.UniqueConstraint(fields=("notice", "position"), name="points_of_a_notice_are_numbered"),
            models.CheckConstraint(
                condition=Q(round=1, ground="first") | (Q(round__gt=1) & ~Q(ground="first")),
                name="a_later_notice_says_on_what_ground_it_asks",
            ),
            models.CheckConstraint(
                condition=~Q(ground="reasoned") | ~Q(reasoned_by=""),
                name="what_was_closed_is_asked_by_a_named_leader_only",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.position}"


class PointAnswer(models.Model):
    """An officer says that a point written by hand was answered; the others answer themselves when a criterion is met."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    point = models.OneToOneField(NoticePoint, on_delete=models.PROTECT, related_name="answer")
    answered_by = models.CharField("记的人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "告知事项已补"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.point_id}"


class SecondLookDraw(models.Model):
    """A sample drawn for a second look: the seed and the list of cases it was drawn from give the same names for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign_code = models.CharField("活动", max_length=40)
    number = models.PositiveSmallIntegerField("第几次")
    seed = models.CharField("种子", max_length=40)
    size = models.PositiveIntegerField("抽几件")
    out_of = models.PositiveIntegerField("从几件里抽")
    pool_digest = models.CharField("抽样名单的摘要", max_length=64)
    drawn_by = models.CharField("抽样人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "复核抽样"
        verbose_name_plural = verbose_name
        ordering = ("campaign_code", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign_code", "number"), name="draws_of_a_campaign_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.campaign_code} {self.number}"


class SecondLook(models.Model):
    """A case to be looked at again by somebody else, who does not see what the first found; an opinion is given once."""

    class Opinion(models.TextChoices):
        ELIGIBLE = "eligible", "符合条件"
        INCOMPLETE = "incomplete", "缺材料"
        TO_SETTLE = "to_settle", "请负责人定"
        REFUSED = "refused", "不符合"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draw = models.ForeignKey(SecondLookDraw, on_delete=models.PROTECT, related_name="looks")
    position = models.PositiveIntegerField("序号")
    case_reference = models.CharField("案号", max_length=40)
    opinion = models.CharField("复核意见", max_length=16, choices=Opinion.choices, blank=True)
    first_verdict = models.CharField("原认定", max_length=16, blank=True)
    """What stood when the opinion was given: agreement is told from the two for ever."""
    note = EncryptedTextField("说明", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    looked_by = models.CharField("复核人", max_length=64, blank=True)
    at = models.DateTimeField("时间", null=True)

    class Meta:
        verbose_name = "复核"
        verbose_name_plural = verbose_name
        ordering = ("draw", "position")
        constraints = (
            models.UniqueConstraint(fields=("draw", "case_reference"), name="a_case_is_drawn_once_in_a_draw"),
        )

    def __str__(self) -> str:
        return f"{self.case_reference} {self.opinion}"


class OriginalSlip(models.Model):
    """收条: an original that the office keeps for a while, from whom, and when it went back to whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("收条号", max_length=48, unique=True)
    case_reference = models.CharField("案号", max_length=40, db_index=True)
    paper = models.CharField("原件", max_length=40)
    received_from = models.CharField("交件人", max_length=50)
    received_by = models.CharField("收件人", max_length=64)
    received_on = models.DateField("收到")
    due_back_on = models.DateField("应还")
    returned_to = models.CharField("领回人", max_length=50, blank=True)
    returned_by = models.CharField("归还经手", max_length=64, blank=True)
    returned_on = models.DateField("归还", null=True)

    class Meta:
        verbose_name = "原件收条"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(returned_on=None, returned_to="", returned_by="")
                | (Q(returned_on__gte=models.F("received_on")) & ~Q(returned_to="") & ~Q(returned_by="")),
                name="an_original_goes_back_to_somebody_after_it_came",
            ),
        )

    def __str__(self) -> str:
        return self.number


class Scan(models.Model):
    """A paper of a case as a picture: a pdf or an image, kept encrypted, shown beside the fields."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40)
    paper = models.CharField("材料", max_length=40)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField("页数")
    added_by = models.CharField("存的人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "材料图"
        verbose_name_plural = verbose_name
        ordering = ("case_reference", "at", "id")
        constraints = (
            models.UniqueConstraint(fields=("case_reference", "document"), name="a_scan_stands_once_in_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.case_reference} {self.paper}"


class SavedView(models.Model):
    """A list that an officer comes back to: the address's own filters under a name, for oneself or for the office."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField("存的人", max_length=64)
    campaign_code = models.CharField("活动", max_length=40)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=600)
    is_shared = models.BooleanField("同事也能用", default=False)

    class Meta:
        verbose_name = "常用名单"
        verbose_name_plural = verbose_name
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "campaign_code", "name"), name="an_officer_names_a_list_once_per_campaign"
            ),
        )

    def __str__(self) -> str:
        return self.name


class BulkVerification(models.Model):
    """All-green cases verified in one go; undone as one, with a reason, until the list of a case is frozen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign_code = models.CharField("活动", max_length=40)
    number = models.PositiveSmallIntegerField("第几批")
    references = models.JSONField("案号")
    verified_by = models.CharField("审核人", max_length=64)
    at = models.DateTimeField("时间")
    undone_by = models.CharField("撤销人", max_length=64, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    reason = EncryptedTextField("撤销理由", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "批量审核"
        verbose_name_plural = verbose_name
        ordering = ("campaign_code", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign_code", "number"), name="bulks_of_a_campaign_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.campaign_code} {self.number}"


class DeskHabit(models.Model):
    """办公习惯: how an officer likes the lists to look, on whatever machine they sit down."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField("谁的", max_length=64, unique=True)
    is_dense = models.BooleanField("名单排得密", default=False)

    class Meta:
        verbose_name = "办公习惯"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.owner
