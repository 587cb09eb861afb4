"""金秋助学 applications, the rows that they came from, their decisions, awards, and what a person settled.

One application is one need of one student under one campaign. Names stay plain; facts, findings and identity numbers
are encrypted or keyed digests.
"""

from django.db import models

from huigong.circulars.models import Campaign, CircularVersion
from huigong.intake.models import FormRow
from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation
from huigong.registry.models import Household, Member
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey

NOT_VERIFIED = ~models.Q(verified_by__gt="", verified_digest=models.F("facts_digest"))
"""Nobody vouched for the facts as they stand now."""


class Application(Staged):
    """A student's application: whose household, whose quota, where it stands, and its place in the order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField("案号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="applications")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="使用指标")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    student_name = models.CharField("学生", max_length=50)
    worker_name = models.CharField("职工", max_length=50)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="报送单位")
    unit_name = models.CharField("单位", max_length=100)
    student_index = models.CharField(max_length=64)
    claimant = models.CharField(max_length=64)
    """Who claims: the household's id where it has a file, else the blind index of the parent's identity number."""
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    education_level = models.CharField("就读阶段", max_length=24, blank=True)
    student_kind = models.CharField("新生或历届生", max_length=16, blank=True)
    facts_digest = models.CharField("事实的摘要", max_length=64, blank=True)
    verified_digest = models.CharField("审核过的事实", max_length=64, blank=True)
    """Verification is of facts: it holds while this is the same as `facts_digest`."""
    verified_by = models.CharField("审核人", max_length=64, blank=True)
    verdict = models.CharField("结论", max_length=16, blank=True)
    rank = models.PositiveIntegerField("名次", null=True)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    open_points = models.PositiveSmallIntegerField("还差几项", null=True)
    """How many criteria are not met or want a look, as decided last: a list puts first what is soonest done."""

    class Meta:
        verbose_name = "申请"
        verbose_name_plural = verbose_name
        ordering = ("reference",)
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "student_index", "claimant"),
                name="a_student_of_a_household_applies_once_per_campaign",
            ),
        )
        indexes = (
            models.Index(fields=("campaign", "status")),
            # The list in its order, page by page, without a look at the rows of the pages before: of all, and of one office.
            models.Index(
                fields=("campaign", "reference", "status", "federation"), name="studentaid_application_listed"
            ),
            models.Index(
                fields=("campaign", "federation", "reference", "status"), name="studentaid_application_of_home"
            ),
            models.Index(fields=("campaign", "open_points", "reference"), name="studentaid_application_easiest"),
            # Whose case lacks something, in order: few among all.
            models.Index(fields=("campaign", "verdict", "reference", "household"), name="studentaid_application_lacks"),
            # Whom the desk leads to next: few among all once most are verified.
            models.Index(
                fields=("campaign", "reference", "status", "federation"),
                name="studentaid_application_unseen",
                condition=NOT_VERIFIED,
            ),
            models.Index(fields=("campaign", "unit", "federation"), name="studentaid_application_of_unit"),
            models.Index(fields=("unit", "federation"), name="studentaid_application_strays"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by) and self.verified_digest == self.facts_digest


class Submission(models.Model):
    """A row of a form that became an application, or was merged into it: every unit that sent the student is told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    row = models.OneToOneField(FormRow, on_delete=models.PROTECT, related_name="+")
    is_first = models.BooleanField("立案的一行")

    class Meta:
        verbose_name = "报送"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("application",), condition=models.Q(is_first=True), name="one_row_opens_an_application"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id}"


class Decision(models.Model):
    """What the circular said on given facts: enough to give the same answer for ever. The last one stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField("第几次")
    version = models.ForeignKey(CircularVersion, on_delete=models.PROTECT, related_name="+")
    vocabulary = models.CharField("词汇表版本", max_length=8)
    verdict = models.CharField("结论", max_length=16)
    amount_fen = models.BigIntegerField("金额（分）", null=True)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    facts = EncryptedTextField("事实", kind="json")
    outcomes = EncryptedTextField("逐条结果", kind="json")
    digest = models.CharField("摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "认定"
        verbose_name_plural = verbose_name
        ordering = ("application", "number")
        constraints = (
            models.UniqueConstraint(fields=("application", "number"), name="decisions_of_an_application_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"


class Award(models.Model):
    """The approved entitlement: how much, from which money, by which collective decision, to whose card.

    One that was revoked keeps its row, and the case may get another one; which of them stands the status and its lock say.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="awards")
    fen = models.BigIntegerField("金额（分）")
    fund_source = models.CharField("资金来源", max_length=40)
    minutes = models.CharField("集体研究", max_length=120)
    approved_by = models.CharField("审批人", max_length=64)
    payee_name = models.CharField("收款人", max_length=50)
    card_index = models.CharField(max_length=64)
    transfer_reference = models.CharField("划转", max_length=120, unique=True)
    decision_digest = models.CharField("依据的认定", max_length=64)
    at = models.DateTimeField("审批时间")

    class Meta:
        verbose_name = "资助"
        verbose_name_plural = verbose_name
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="an_award_is_worth_something"),)

    def __str__(self) -> str:
        return f"{self.application_id}"


class Revocation(models.Model):
    """撤销批准: an award taken back, by whom, on which clauses, rule or aid. `is_out`: it was in a batch or left, and is asked back."""

    class Why(models.TextChoices):
        OBJECTION = "objection", "异议成立"
        OTHER_FUND = "other_fund", "改由别的资金"
        MET_ALREADY = "met_already", "同一需要已另获资助"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="revocation")
    why = models.CharField("事由", max_length=12, choices=Why.choices)
    grievance = models.CharField("异议编号", max_length=40, blank=True)
    clauses = models.CharField("依据的条款", max_length=200)
    is_out = models.BooleanField("钱已交出")
    revoked_by = models.CharField("撤销人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "撤销批准"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(condition=~models.Q(clauses=""), name="a_revocation_says_what_it_rests_on"),
        )

    def __str__(self) -> str:
        return f"{self.award_id}"


class Recovery(models.Model):
    """追回: money of a revoked award is back whole, or never arrived, by which paper. It ends what is owed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revocation = models.OneToOneField(Revocation, on_delete=models.PROTECT, related_name="recovery")
    fen = models.BigIntegerField("退回金额（分）")
    """0 where the bank had not paid it; what was still out where parts came before."""
    received_on = models.DateField("退回日期")
    paper = models.CharField("凭证号", max_length=60)
    recorded_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "追回"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return f"{self.revocation_id}"


class PartRecovery(models.Model):
    """部分追回: a part of the money of a revoked award is back, by which paper and transfer; the rest stays owed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revocation = models.ForeignKey(Revocation, on_delete=models.PROTECT, related_name="parts")
    fen = models.BigIntegerField("退回金额（分）")
    received_on = models.DateField("退回日期")
    paper = models.CharField("凭证号", max_length=60)
    transfer_reference = models.CharField("划转", max_length=120, unique=True)
    recorded_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "部分追回"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="a_part_recovered_is_something"),)

    def __str__(self) -> str:
        return self.transfer_reference


class WriteOff(models.Model):
    """核销: by which decision, and why, what is still owed of a revoked award is not asked back any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revocation = models.OneToOneField(Revocation, on_delete=models.PROTECT, related_name="write_off")
    fen = models.BigIntegerField("核销金额（分）")
    decided_on = models.DateField("决定日期")
    paper = models.CharField("决定文号", max_length=60)
    reason = models.CharField("核销原因", max_length=200)
    written_off_by = models.CharField("经办人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "核销"
        verbose_name_plural = verbose_name
        constraints = (models.CheckConstraint(condition=models.Q(fen__gt=0), name="a_write_off_is_of_something"),)

    def __str__(self) -> str:
        return self.paper


class Settlement(models.Model):
    """What a named officer decided where the circular leaves it to a person; once for a question of a case.

    `about` is one of About, or a `confirmed_…` fact that a criterion `officer_confirms` asks for.
    """

    class About(models.TextChoices):
        HOUSEHOLD = "household", "由这一户申请"
        LATE = "late", "迟交收下"
        CERTIFICATE = "certificate", "优惠证核定"
        TIE = "tie", "并列中先给"
        DOUBT = "doubt", "核实过这一家"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="settlements")
    about = models.CharField("事项", max_length=60)
    settled_by = models.CharField("定的人", max_length=64)
    reason = EncryptedTextField("理由", kind="text")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "裁定"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(fields=("application", "about"), name="a_question_of_a_case_is_settled_once"),
        )

    def __str__(self) -> str:
        return f"{self.application_id} {self.about}"
