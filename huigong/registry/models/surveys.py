"""摸底 (二(一)): what the files said of every union on a day, frozen with the names; and the sheets that came back."""

from django.db import models

from huigong.documents.models import Document
from huigong.organisations.models import Organisation
from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7


class Survey(models.Model):
    """One survey of a federation: its counts are never rewritten, a later one stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("序号")
    on = models.DateField("截至")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "摸底"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("federation", "number"), name="surveys_of_a_federation_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.federation_id} {self.number}"


class SurveyLine(models.Model):
    """摸底数: the counts of one union. A file of no union of its own is counted at the federation that keeps it.

    `names_sealed` is the digest over its names; empty in a survey from before names were kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="lines")
    union = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    households = models.PositiveIntegerField("在档户数")
    in_school = models.PositiveIntegerField("在学子女")
    graduates = models.PositiveIntegerField("毕业生")
    employed = models.PositiveIntegerField("其中已就业")
    need_help = models.PositiveIntegerField("需要帮扶")
    names_sealed = models.CharField("名单摘要", max_length=200, blank=True)

    class Meta:
        verbose_name = "摸底数"
        verbose_name_plural = verbose_name
        ordering = ("union__path",)
        constraints = (models.UniqueConstraint(fields=("survey", "union"), name="a_survey_counts_a_union_once"),)

    def __str__(self) -> str:
        return f"{self.survey_id} {self.union_id}"


class SurveyName(models.Model):
    """摸底名单: one file, or one child of it, as a line counted it on the day; `place` is its place in the list of the line.

    `position` is 0 for the file itself, under the worker's name of that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(SurveyLine, on_delete=models.PROTECT, related_name="names")
    place = models.PositiveIntegerField("序号")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("家庭成员序号")
    name = models.CharField("姓名", max_length=50)
    in_school = models.BooleanField("在学子女")
    graduates = models.BooleanField("毕业生")
    employed = models.BooleanField("其中已就业")
    need_help = models.BooleanField("需要帮扶")

    class Meta:
        verbose_name = "摸底名单"
        verbose_name_plural = verbose_name
        ordering = ("line", "place")
        constraints = (models.UniqueConstraint(fields=("line", "place"), name="a_line_lists_a_name_once"),)

    def __str__(self) -> str:
        return f"{self.line_id} {self.place}"


class SurveyReply(models.Model):
    """摸底回表: what a union said of its counts on the sheet that it handed back; the sheet is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(SurveyLine, on_delete=models.PROTECT, related_name="replies")
    sheet = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    households = models.PositiveIntegerField("在档户数", null=True)
    in_school = models.PositiveIntegerField("在学子女", null=True)
    graduates = models.PositiveIntegerField("毕业生", null=True)
    employed = models.PositiveIntegerField("其中已就业", null=True)
    need_help = models.PositiveIntegerField("需要帮扶", null=True)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "摸底回表"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.line_id} {self.at:%Y-%m-%d}"
