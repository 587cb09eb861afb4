"""疑似同人: two people in two files who look like one person, and what somebody said of them. Said once, asked of nobody again."""

from django.db import models
from django.db.models import F, Q

from huigong.registry.models.households import Household
from huigong.values.uuid7 import uuid7


class Likeness(models.Model):
    """Two people (position 0: the worker) whom the engine brought together, with the pattern that says why.

    A pattern is levels of comparisons and no value: its reasons are put into words when they are shown.
    """

    class Outcome(models.TextChoices):
        SAME = "same", "同一人"
        NOT_SAME = "not_same", "不是同一人"
        LATER = "later", "先放着"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    one = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    one_position = models.PositiveSmallIntegerField("序号")
    other = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    other_position = models.PositiveSmallIntegerField("另一份里的序号")
    pattern = models.BigIntegerField("比对结果")
    found_at = models.DateTimeField("发现时间")
    outcome = models.CharField("判断", max_length=16, choices=Outcome.choices, blank=True)
    by = models.CharField("经办人", max_length=64, blank=True)
    at = models.DateTimeField("判断时间", null=True)

    class Meta:
        verbose_name = "疑似同人"
        verbose_name_plural = verbose_name
        ordering = ("found_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("one", "one_position", "other", "other_position"), name="two_people_are_compared_once"
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="a_likeness_is_between_two_files"),
            models.CheckConstraint(
                condition=Q(outcome="", by="", at=None) | (~Q(outcome="") & ~Q(by="") & Q(at__isnull=False)),
                name="a_word_about_a_likeness_is_somebodys",
            ),
        )
        indexes = (models.Index(fields=("outcome",), name="registry_likeness_outcome"),)

    def __str__(self) -> str:
        return f"{self.one_id} {self.one_position} {self.other_id} {self.other_position}"
