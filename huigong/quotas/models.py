"""指标: places of one source of money, handed down to federations for one campaign."""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class FundSource(models.Model):
    """Where the money comes from: earmarked fiscal fund, union fund, donation."""

    class Kind(models.TextChoices):
        CENTRAL = "central", "中央财政专项"
        REGION = "region", "自治区（省）资金"
        LOCAL = "local", "地方财政配套"
        UPPER_UNION = "upper_union", "上级工会经费"
        OWN_UNION = "own_union", "本级工会经费"
        DONATION = "donation", "社会捐助"
        INTEREST = "interest", "利息"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("性质", max_length=12, choices=Kind.choices, blank=True)
    """Empty where nobody has said yet; then no rule of a kind applies."""
    citation = models.CharField("性质的出处", max_length=200, blank=True)
    """Where it is written what money this is; empty on sources that were opened with their kind."""

    class Meta:
        verbose_name = "资金来源"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class FundRule(models.Model):
    """资金规则: what a source asks of whoever it pays, from a day on, with where it is written. Value 0 ends it."""

    class Rule(models.TextChoices):
        NATIONAL_FILES = "national_files", "只给全国级建档的家庭"
        STUDENT_MONTHS = "student_months", "每名学生一年不超过几个月低保"
        HOUSEHOLD_MONTHS = "household_months", "每户一年不超过几个月低保"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="rules")
    rule = models.CharField("规则", max_length=24, choices=Rule.choices)
    value = models.PositiveIntegerField("几个月（是为 1，0 为不再适用）")
    valid_from = models.DateField("起")
    citation = models.CharField("出处", max_length=200)
    kept_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "资金规则"
        verbose_name_plural = verbose_name
        ordering = ("fund_source", "rule", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("fund_source", "rule", "valid_from"), name="a_rule_of_a_source_begins_once_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(citation=""), name="a_rule_of_a_source_says_where_it_is_written"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fund_source_id} {self.rule}"


class Allotment(models.Model):
    """So many places of one source held by one federation or union, of which some were passed on below."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="allotments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveIntegerField("名额")
    issued = models.PositiveIntegerField("已下达", default=0)

    class Meta:
        verbose_name = "指标分配"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "organisation", "fund_source"), name="a_source_allots_once_per_federation"
            ),
            models.CheckConstraint(
                condition=models.Q(issued__lte=models.F("places")), name="nobody_passes_on_more_places_than_they_hold"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.places}"


class PlaceMove(models.Model):
    """Places that went from one to another: issued, returned, transferred, reclaimed. Never changed; what was wrong goes back."""

    class Kind(models.TextChoices):
        ISSUE = "issue", "下达"
        RETURN = "return", "退回"
        TRANSFER = "transfer", "调剂"
        RECLAIM = "reclaim", "收回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("第几号")
    kind = models.CharField("办法", max_length=8, choices=Kind.choices)
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveIntegerField("名额")
    reason = models.CharField("缘由", max_length=200, blank=True)
    moved_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "指标流转"
        verbose_name_plural = verbose_name
        ordering = ("campaign", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="a_campaign_numbers_its_moves_once"),
            models.CheckConstraint(condition=models.Q(places__gt=0), name="a_move_moves_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"
