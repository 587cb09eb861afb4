"""统计报表: the figures as they were reported on a day, with everybody who stood in them; later ones correct, none is changed."""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class StatisticalReturn(models.Model):
    """One frozen return. `cases` keeps who counted as what (kept_names.py), so that every frozen number opens its names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("第几次")
    as_of = models.DateField("截至")
    reading = models.CharField("按哪种算法", max_length=60)
    figures = models.JSONField("数")
    cases = models.JSONField("名单")
    beside = models.JSONField("服务和在手的人", null=True)
    """What the papers tell beside the figures (beside.py), as it stood then; none in a return of before it was kept."""
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField("更正原因", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "统计报表"
        verbose_name_plural = verbose_name
        ordering = ("campaign", "federation", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "federation", "number"), name="returns_of_a_campaign_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"
