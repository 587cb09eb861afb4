"""公示: a masked list that hangs for some working days, and the lines on it as they were published.

Lines hold what the public sees and nothing more; they are never written anew when a file changes. Beside them: where the
notice hung on paper, and each time that somebody made sure that its page could be reached.
"""

from django.db import models
from django.db.models import F, Q

from huigong.circulars.models import Campaign
from huigong.documents.models import Document
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class PublicNotice(models.Model):
    """One public notice of a campaign, its window, the rule that its length rests on, and where the chain stood."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="public_notices")
    number = models.CharField("公示号", max_length=40, unique=True)
    first_day = models.DateField("公示起")
    last_day = models.DateField("公示止")
    working_days = models.PositiveSmallIntegerField("工作日")
    clause = models.CharField("条款", max_length=40)
    rule = models.CharField("期限依据", max_length=200)
    objections_to = models.CharField("异议受理", max_length=200)
    chain_sequence = models.BigIntegerField("链上条数")
    chain_digest = models.CharField("链头", max_length=64)

    class Meta:
        verbose_name = "公示"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="a_notice_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.number


class NoticeLine(models.Model):
    """One line of a notice, masked when it was published. The random number is how the family finds itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="lines")
    case_reference = models.CharField("案号", max_length=40, db_index=True)
    number = models.CharField("公示编号", max_length=16, unique=True)
    student = models.CharField("学生（隐去名字）", max_length=20)
    stage = models.CharField("就读阶段", max_length=20)
    county = models.CharField("县（市、区）", max_length=40)
    kind = models.CharField("帮扶类别", max_length=40)
    worker = models.CharField("职工（隐去一字）", max_length=50)
    unit = models.CharField("单位", max_length=100)
    fen = models.BigIntegerField("金额（分）")
    place = models.CharField("网页上写到哪里", max_length=100, blank=True)
    """The smallest place in which enough people could be meant; empty on lines from before: those showed the county."""

    class Meta:
        verbose_name = "公示名单"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("notice", "case_reference"), name="a_case_stands_once_on_a_notice"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def shown_place(self) -> str:
        return self.place or self.county


class NoticePosting(models.Model):
    """公示张贴: one place where a notice hangs besides its page: a unit's board, another website, a group of messages.

    It comes back as a stamped statement with a photograph, entered by one and confirmed by another, and is taken down.
    """

    class Kind(models.TextChoices):
        BOARD = "board", "单位公告栏"
        SITE = "site", "其他网站"
        GROUP = "group", "工作群"
        PAPER = "paper", "其他张贴"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField("渠道", max_length=8, choices=Kind.choices)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    place = models.CharField("张贴的地方", max_length=100, blank=True)
    hung_on = models.DateField("张贴日期", null=True)
    until = models.DateField("张贴到", null=True)
    objections = models.PositiveSmallIntegerField("收到异议（件）", null=True)
    statement = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="公示情况说明"
    )
    photograph = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="现场照片"
    )
    entered_by = models.CharField("录入人", max_length=64, blank=True)
    entered_at = models.DateTimeField("录入时间", null=True)
    confirmed_by = models.CharField("核对人", max_length=64, blank=True)
    confirmed_at = models.DateTimeField("核对时间", null=True)
    word = models.CharField("不等说明的理由", max_length=200, blank=True)
    """Why approval need not wait for the statement, or for objections that it tells of; given by `word_by`."""
    word_by = models.CharField("说理由的人", max_length=64, blank=True)
    taken_down_on = models.DateField("取下日期", null=True)
    taken_down_by = models.CharField("取下经办", max_length=64, blank=True)

    class Meta:
        verbose_name = "公示张贴"
        verbose_name_plural = verbose_name
        ordering = ("notice", "kind", "unit__code", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("notice", "unit"), condition=Q(kind="board"), name="a_notice_hangs_once_on_a_units_board"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("entered_by")) & ~Q(entered_by=""),
                name="another_clerk_confirms_where_a_notice_hung",
            ),
            models.CheckConstraint(
                condition=Q(word="", word_by="") | ~Q(word="") & ~Q(word_by=""),
                name="a_word_for_a_board_has_its_reason_and_its_officer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.unit_id}"


class NoticeCheck(models.Model):
    """查验公示: that the page of a notice could be reached at a moment, or was gone; never changed."""

    class How(models.TextChoices):
        VISIT = "visit", "有人打开"
        PROBE = "probe", "定时查验"

    class Outcome(models.TextChoices):
        SHOWN = "shown", "看得到，内容一致"
        OVER = "over", "已取下"
        ALTERED = "altered", "内容与公布的不一致"
        UNREACHED = "unreached", "打不开"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="checks")
    how = models.CharField("怎么查的", max_length=8, choices=How.choices)
    slot = models.CharField("时段", max_length=16)
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices)
    shown_digest = models.CharField("页面内容的摘要", max_length=64, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查验公示"
        verbose_name_plural = verbose_name
        ordering = ("notice", "at")
        constraints = (
            models.UniqueConstraint(fields=("notice", "how", "slot"), name="a_notice_is_checked_once_in_a_slot"),
        )

    def __str__(self) -> str:
        return f"{self.notice_id} {self.slot}"
