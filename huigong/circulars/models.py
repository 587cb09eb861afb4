"""Published circulars, frozen with all their texts, and the campaigns that work under them."""

from django.db import models

from huigong.documents.models import Document
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class CircularVersion(models.Model):
    """A circular with its supplements as it was published: every text, and the digest over all of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.CharField("简称", max_length=60)
    number = models.CharField("文号", max_length=60)
    digest = models.CharField("摘要", max_length=64, unique=True)
    texts = models.JSONField("各文件全文")
    supplements = models.JSONField("补充通知，依次", default=list)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Campaign(models.Model):
    """A circular at work in a city: its days, its version, and the days that a person gave for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("活动编号", max_length=40, unique=True)
    version = models.ForeignKey(CircularVersion, on_delete=models.PROTECT, related_name="campaigns")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.CharField("项目", max_length=24)
    year = models.PositiveSmallIntegerField("年度")
    first_day = models.DateField("活动起")
    last_day = models.DateField("活动止")
    received_on = models.DateField("收表日期", null=True)
    notice_from = models.DateField("公示起", null=True)

    class Meta:
        verbose_name = "活动"
        verbose_name_plural = verbose_name
        ordering = ("-year", "code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="a_campaign_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Parameter(models.Model):
    """标准: a value that circulars compare with, such as the dibao line, of a place from a day on, with its source."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField("名称", max_length=40)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="地方")
    value = models.BigIntegerField("值（分，或百分数）")
    valid_from = models.DateField("起")
    source = models.CharField("出处", max_length=200)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "标准"
        verbose_name_plural = verbose_name
        ordering = ("name", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("name", "place", "valid_from"), name="a_parameter_of_a_place_begins_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"


class CalendarDay(models.Model):
    """工作日历: a day that is worked or free against the week, as an office keeps it beside the shipped table, with its source.

    Never rewritten: a day that was entered wrongly gets a higher number, and the highest stands.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", "放假"
        WORKING = "working", "上班（调休）"
        USUAL = "usual", "照星期（撤回更正）"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    day = models.DateField("日期")
    number = models.PositiveSmallIntegerField("第几次")
    kind = models.CharField("放假还是上班", max_length=8, choices=Kind.choices)
    name = models.CharField("节日", max_length=40, blank=True)
    source = models.CharField("出处", max_length=200)
    kept_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = verbose_name
        ordering = ("day", "number")
        constraints = (
            models.UniqueConstraint(fields=("day", "number"), name="what_is_said_of_a_day_is_numbered"),
            models.CheckConstraint(condition=~models.Q(source=""), name="a_day_of_the_calendar_has_a_source"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class ImplementationPlan(models.Model):
    """实施方案: how a county carries a campaign out, filed with its day and scan. A new one follows; none is rewritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="plans")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="总工会")
    number = models.PositiveSmallIntegerField("第几份")
    paper = models.CharField("文号", max_length=60)
    filed_on = models.DateField("报送日期")
    provisions = models.JSONField("补充规定：条款和内容", default=list)
    scan = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", verbose_name="扫描件")
    filed_by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "实施方案"
        verbose_name_plural = verbose_name
        ordering = ("campaign", "federation", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "federation", "number"), name="plans_of_a_county_for_a_campaign_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return self.paper
