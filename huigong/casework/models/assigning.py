"""派件: who looks after a case, and every time that cases were given to somebody. It is shown; it is no permission."""

from django.db import models
from django.db.models import Q

from huigong.values.uuid7 import uuid7


class Assignment(models.Model):
    """派件: cases given to people in one go, with who had each before, so that it can be put back as it was."""

    class How(models.TextChoices):
        TAKEN = "taken", "自己接"
        GIVEN = "given", "交办"
        SHARED = "shared", "平均分"
        HANDED = "handed", "转交"
        UNDONE = "undone", "撤销"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign_code = models.CharField("活动", max_length=40)
    number = models.PositiveIntegerField("第几次")
    how = models.CharField("怎么派的", max_length=8, choices=How.choices)
    before = models.JSONField("派件以前谁在办")
    """By case reference the sign-in name of who had it; empty for nobody."""
    given_by = models.CharField("派件人", max_length=64)
    at = models.DateTimeField("时间")
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="undone", verbose_name="撤销的是"
    )

    class Meta:
        verbose_name = "派件"
        verbose_name_plural = verbose_name
        ordering = ("campaign_code", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign_code", "number"), name="assignments_of_a_campaign_are_numbered"),
            models.CheckConstraint(
                condition=Q(how="undone", undoes__isnull=False) | (~Q(how="undone") & Q(undoes=None)),
                name="an_assignment_that_undoes_names_the_other",
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign_code} {self.number}"


class CaseAssignee(models.Model):
    """经办件: who looks after a case now (nobody: empty), and since which assignment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40, unique=True)
    campaign_code = models.CharField("活动", max_length=40)
    assignee = models.CharField("经办人", max_length=64, blank=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="cases", verbose_name="派件")

    class Meta:
        verbose_name = "经办件"
        verbose_name_plural = verbose_name
        ordering = ("case_reference",)
        indexes = (models.Index(fields=("assignee", "case_reference")),)

    def __str__(self) -> str:
        return f"{self.case_reference} {self.assignee}"
