"""指标: places of one source of money, handed down to federations for one campaign."""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class FundSource(models.Model):
    """Where the money comes from: earmarked fiscal fund, union fund, donation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = "资金来源"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class Allotment(models.Model):
    """So many places of one source for the units under one federation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="allotments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fund_source = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveIntegerField("名额")

    class Meta:
        verbose_name = "指标分配"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "organisation", "fund_source"), name="a_source_allots_once_per_federation"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.places}"
