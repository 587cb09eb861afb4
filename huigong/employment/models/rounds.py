"""撮合: many openings for many people at once. A round is kept as it was solved; officers decide on each proposal of it."""

from django.db import models

from huigong.employment.models.graduates import Graduate
from huigong.employment.models.openings import Opening
from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7


class Round(models.Model):
    """撮合: what was solved when, over whom and what, how good it is and how good it could be at best."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("第几次")
    on = models.DateField("日期")
    graduates = models.PositiveIntegerField("参加的毕业生")
    openings = models.PositiveIntegerField("参加的岗位")
    pairs = models.PositiveIntegerField("合适的配对")
    value = models.BigIntegerField("方案的值")
    bound = models.BigIntegerField("最好可能的值")
    digest = models.CharField("参加者和条件的摘要", max_length=64)
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "撮合"
        verbose_name_plural = verbose_name
        ordering = ("federation", "number")
        constraints = (
            models.UniqueConstraint(fields=("federation", "number"), name="rounds_of_a_federation_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.federation_id} {self.number}"


class Proposal(Staged):
    """推荐: one graduate for one opening in a round, with the fit that it had; an officer sends it or drops it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals")
    graduate = models.ForeignKey(Graduate, on_delete=models.PROTECT, related_name="proposals")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="proposals")
    fit = models.PositiveSmallIntegerField("合适程度")
    why = models.JSONField("依据")
    """Codes of what fits; what a person reads is made of them anew."""

    class Meta:
        verbose_name = "推荐"
        verbose_name_plural = verbose_name
        ordering = ("round", "id")
        constraints = (
            models.UniqueConstraint(fields=("round", "graduate"), name="a_round_proposes_one_opening_to_a_graduate"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.graduate_id}"
