"""What became of a graduate, on what evidence, and whether it still holds after months; start-ups with their money and jobs."""

from django.db import models
from django.db.models import F, Q

from huigong.documents.models import Document
from huigong.employment.models.graduates import Graduate
from huigong.employment.models.openings import Employer, Opening
from huigong.rules.employed import SETTLED
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Outcome(models.Model):
    """去向: one outcome with its evidence. The last one that has not ended stands; an end says when and why."""

    class Kind(models.TextChoices):
        EMPLOYED = "employed", "就业"
        FURTHER_STUDY = "further_study", "升学"
        SELF_EMPLOYED = "self_employed", "创业"
        ENLISTED = "enlisted", "入伍"
        DECLINED = "declined", "暂不需要帮扶"
        UNREACHABLE = "unreachable", "联系不上"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    graduate = models.ForeignKey(Graduate, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField("第几次")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("去向", max_length=16, choices=Kind.choices)
    by_aid = models.BooleanField("经工会帮扶")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="outcomes")
    employer_name = models.CharField("去了哪里", max_length=100, blank=True)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, null=True, related_name="outcomes")
    on = models.DateField("从哪天起")
    evidence = models.CharField("凭据", max_length=20, blank=True)
    """The code of a kind in the dated lists (evidence.py): the next circular's kinds need no programmer."""
    evidence_on = models.DateField("凭据日期", null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    note = EncryptedTextField("说明", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("记入时间")
    confirmed_at = models.DateTimeField("本人确认", null=True)
    ended_on = models.DateField("到哪天止", null=True)
    ended_why = models.CharField("为什么止", max_length=16, blank=True)
    ended_by = models.CharField("记的人", max_length=64, blank=True)

    class Meta:
        verbose_name = "去向"
        verbose_name_plural = verbose_name
        ordering = ("graduate", "number")
        constraints = (
            models.UniqueConstraint(fields=("graduate", "number"), name="outcomes_of_a_graduate_are_numbered"),
            models.UniqueConstraint(
                fields=("graduate",), condition=Q(ended_on=None), name="one_outcome_of_a_graduate_stands"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("on")), name="an_outcome_ends_after_it_began"
            ),
        )

    def __str__(self) -> str:
        return f"{self.graduate_id} {self.number}"

    @property
    def settles(self) -> bool:
        """Whether it is work, study or service: what is proven, checked and may be lost."""
        return self.kind in SETTLED


class FollowUp(models.Model):
    """回访: after three and six months (of a start-up six and twelve) somebody asked whether it still holds."""

    class How(models.TextChoices):
        PERSON = "person", "问了本人"
        EMPLOYER = "employer", "问了单位"
        RECORDS = "records", "查了社保或工资"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField("第几个月")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("日期")
    how = models.CharField("怎么核实", max_length=12, choices=How.choices)
    holds = models.BooleanField("还在")
    jobs = models.PositiveSmallIntegerField("带动就业（人）", null=True)
    note = EncryptedTextField("说明", kind="text")
    by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("记入时间")

    class Meta:
        verbose_name = "回访"
        verbose_name_plural = verbose_name
        ordering = ("outcome", "months")
        constraints = (
            models.UniqueConstraint(
                fields=("outcome", "months"), name="an_outcome_is_followed_up_once_after_so_many_months"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.months}"


class StartUp(models.Model):
    """创业: a graduate's own business: its plan, the union's money for it (posted in the ledger), the jobs it made."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    graduate = models.OneToOneField(Graduate, on_delete=models.PROTECT, related_name="start_up")
    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, null=True, related_name="start_up")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    project = models.CharField("项目", max_length=80)
    plan = EncryptedTextField("计划", kind="text")
    fen = models.BigIntegerField("扶持资金（分）", default=0)
    transfer_reference = models.CharField("划转", max_length=120, blank=True)
    planned_on = models.DateField("定计划的日期")
    jobs = models.PositiveSmallIntegerField("带动就业（人）", default=0)
    by = models.CharField("经办人", max_length=64)

    class Meta:
        verbose_name = "创业项目"
        verbose_name_plural = verbose_name
        ordering = ("planned_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(fen=0, transfer_reference="") | (Q(fen__gt=0) & ~Q(transfer_reference="")),
                name="money_for_a_start_up_stands_in_the_ledger",
            ),
        )

    def __str__(self) -> str:
        return self.project
