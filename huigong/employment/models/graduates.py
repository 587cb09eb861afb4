"""A graduate of a hardship family: one person, one case, one plan.

Name, school and what is looked for stand plain, for they are matched with openings; identity number, telephone, obstacles
and promises are encrypted under the household's key. What a figure counts stands in columns of its own (decision 600).
"""

from django.db import models

from huigong.lifecycle.models import Staged
from huigong.organisations.models import Officer, Organisation
from huigong.registry.models import Household, Member
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Graduate(Staged):
    """毕业生: who it is, what figures count, what is looked for, and on which day somebody has to act."""

    class Source(models.TextChoices):
        FILE = "file", "家庭档案"
        LIST = "list", "名单"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField("案号", max_length=40, unique=True)
    federation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="负责的总工会", db_index=False
    )
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="单位")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    taken_in_on = models.DateField("列入日期")
    # who
    name = models.CharField("姓名", max_length=50)
    gender = models.CharField("性别", max_length=8, blank=True)
    person_index = models.CharField(max_length=64, unique=True)
    id_number = EncryptedTextField("身份证号码", kind="resident_id")
    phone = EncryptedTextField("手机号码", kind="phone")
    school = models.CharField("毕业学校", max_length=100, blank=True)
    major = models.CharField("专业", max_length=60, blank=True)
    level = models.CharField("学历", max_length=24, blank=True)
    graduates_on = models.DateField("毕业日期")
    # what figures count
    zero_employment = models.BooleanField("零就业家庭")
    needs_help = models.BooleanField("需要帮扶")
    outcome = models.CharField("去向", max_length=16, blank=True)
    by_aid = models.BooleanField("经工会帮扶", default=False)
    proven = models.BooleanField("有凭据", default=False)
    # the plan
    wanted_work = models.JSONField("想做的工作", default=list)
    wanted_places = models.JSONField("想去的地方", default=list)
    skills = models.JSONField("技能证书", default=list)
    needs = models.JSONField("需要的服务", default=list)
    lowest_pay_fen = models.BigIntegerField("最低月薪（分）", null=True)
    goes_far = models.BooleanField("愿去基层和艰苦边远地区", default=False)
    obstacles = EncryptedTextField("难处", kind="text")
    registered = models.BooleanField("已纳入政府就业援助", null=True)
    registered_on = models.DateField("纳入日期", null=True)
    confirmed = models.JSONField("问过的政策条件", default=dict)
    """Answers to what the state's policies ask and no record tells (rules.policies), by the name of the fact."""
    # the next thing to do
    promise = EncryptedTextField("答应的事", kind="text")
    promise_due = models.DateField("答应的日期", null=True)
    promise_owner = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    last_contact_on = models.DateField("上次联系", null=True)
    spoke_on = models.DateField("上次说上话", null=True)
    """The last day on which the person or the family was spoken with, or served: a call without an answer is none."""
    unanswered = models.PositiveSmallIntegerField("连着没联系上", default=0)
    check_due = models.DateField("该回访", null=True)
    act_on = models.DateField("该办", null=True)
    """The earliest day on which somebody has to do something (calling.py); none where nothing is due."""

    class Meta:
        verbose_name = "毕业生"
        verbose_name_plural = verbose_name
        ordering = ("reference",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(registered_on=None) | models.Q(registered=True),
                name="who_is_registered_on_a_day_is_registered",
            ),
        )
        indexes = (
            # The morning list, of everything and of one office: zero-employment households first, then the oldest day.
            models.Index(
                fields=("-zero_employment", "act_on", "reference"),
                name="employment_to_act",
                condition=models.Q(act_on__isnull=False),
            ),
            models.Index(
                fields=("federation", "-zero_employment", "act_on", "reference"), name="employment_to_act_here"
            ),
            # All that figures look at, and by which an outcome is found, so that they are counted in the index alone.
            models.Index(
                fields=(
                    "federation",
                    "graduates_on",
                    "zero_employment",
                    "needs_help",
                    "outcome",
                    "by_aid",
                    "proven",
                    "id",
                ),
                name="employment_counted",
            ),
            # The same of everything: a year is a stretch of this one, and no page of the wide table is read.
            models.Index(
                fields=(
                    "graduates_on",
                    "federation",
                    "zero_employment",
                    "needs_help",
                    "outcome",
                    "by_aid",
                    "proven",
                    "id",
                ),
                name="employment_counted_all",
            ),
            # Everybody, page by page: of one office by status or not, and of everything; and how many stand in each status.
            models.Index(fields=("federation", "status", "reference"), name="employment_standing"),
            models.Index(fields=("federation", "reference"), name="employment_of_office"),
            models.Index(fields=("status", "reference"), name="employment_by_status"),
            # Who is to be called to reach a goal: nobody whose outcome is proven (console.employment.figures).
            models.Index(
                fields=("zero_employment", "status", "act_on", "reference"),
                name="employment_to_reach",
                condition=models.Q(proven=False),
            ),
        )

    def __str__(self) -> str:
        return self.reference
