"""公示: a masked list that hangs for some working days, and the lines on it as they were published.

Lines hold what the public sees and nothing more; they are never written anew when a file changes.
"""

from django.db import models

from huigong.circulars.models import Campaign
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
    case_reference = models.CharField("案号", max_length=40, unique=True)
    number = models.CharField("公示编号", max_length=16, unique=True)
    student = models.CharField("学生（隐去名字）", max_length=20)
    stage = models.CharField("就读阶段", max_length=20)
    county = models.CharField("县（市、区）", max_length=40)
    kind = models.CharField("帮扶类别", max_length=40)
    worker = models.CharField("职工（隐去一字）", max_length=50)
    unit = models.CharField("单位", max_length=100)
    fen = models.BigIntegerField("金额（分）")

    class Meta:
        verbose_name = "公示名单"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.number
