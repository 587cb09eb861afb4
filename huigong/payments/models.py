"""Money out: batches for the bank, the payments in them, and the holds that stand against a payment.

A payment knows the case that it pays by its reference only, as paper offices do.
"""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.documents.models import Document
from huigong.lifecycle.models import Staged
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Hold(models.Model):
    """A reason standing against every payment of a case until somebody lifts it."""

    class Reason(models.TextChoices):
        NAME_NOT_CARRIED = "name_not_carried", "银行文件装不下姓名里的字"
        CARD_CHANGED = "card_changed", "审核后档案里的收款人或卡号变了"
        CARD_INVALID = "card_invalid", "没有卡号，或卡号校验不对"
        FACTS_CHANGED = "facts_changed", "公示后事实变了，照现在重算给不出同样的结果"
        OBJECTION = "objection", "公示有异议"
        IDENTITY = "identity", "档案里的身份证号码校验不对"
        SAME_NEED = "same_need", "同一需要已另获资助"
        AMOUNT_NOT_CARRIED = "amount_not_carried", "银行格式装不下金额里的角分"
        BANK_RETURNED = "bank_returned", "银行没付成或退回，原因待处理"
        FUND_RULE = "fund_rule", "这笔资金的规则不许付"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_reference = models.CharField("案号", max_length=40, db_index=True)
    reason = models.CharField("事由", max_length=24, choices=Reason.choices)
    about = models.CharField("针对", max_length=64, blank=True)
    """A digest of what was held, such as one card: who lifts it has looked at this and not at what comes next."""
    since = models.DateTimeField("起")
    lifted_at = models.DateTimeField("解除", null=True)

    class Meta:
        verbose_name = "暂停发放"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("case_reference", "reason"),
                condition=models.Q(lifted_at=None),
                name="a_reason_holds_a_case_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_reference} {self.get_reason_display()}"


class BankAgreement(models.Model):
    """How a campaign is paid, from a day on: the whole text of a bank profile, so that a file's reply is read as agreed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=60)
    profile = models.TextField("银行文件格式")
    agreed_by = models.CharField("约定人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "代发约定"
        verbose_name_plural = verbose_name
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.name


class PaymentBatch(Staged):
    """What goes to the bank in one file, with the count and total declared. The file itself is a document.

    A batch that the treasury pays has no file.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("批次号", max_length=40, unique=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    fund_source = models.CharField("资金来源", max_length=40)
    declared_count = models.PositiveIntegerField("笔数")
    declared_fen = models.BigIntegerField("总额（分）")
    file_name = models.CharField("文件名", max_length=120, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", null=True)
    agreement = models.ForeignKey(BankAgreement, on_delete=models.PROTECT, related_name="+", null=True)
    released_by = models.CharField("发放人", max_length=64)

    class Meta:
        verbose_name = "发放批次"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(declared_count__gt=0, declared_fen__gt=0), name="a_batch_pays_somebody_something"
            ),
            models.CheckConstraint(
                condition=models.Q(document=None, file_name="")
                | models.Q(document__isnull=False) & ~models.Q(file_name=""),
                name="a_batch_has_a_file_and_its_name_or_neither",
            ),
        )

    def __str__(self) -> str:
        return self.number


class FileTaking(models.Model):
    """One time that a bank file was handed out. The first needs nobody else; every further one was allowed by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="takings")
    number = models.PositiveSmallIntegerField("第几次")
    allowed_by = models.CharField("准许人", max_length=64, blank=True)
    allowed_at = models.DateTimeField("准许时间", null=True)
    taken_by = models.CharField("领取人", max_length=64, blank=True)
    taken_at = models.DateTimeField("领取时间", null=True)

    class Meta:
        verbose_name = "领取银行文件"
        verbose_name_plural = verbose_name
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="a_bank_file_is_taken_once_per_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(allowed_by=""), name="a_bank_file_is_taken_again_by_leave_only"
            ),
            models.CheckConstraint(
                condition=models.Q(taken_by="") | ~models.Q(taken_by=models.F("allowed_by")),
                name="nobody_allows_themselves_a_bank_file",
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class BankReply(models.Model):
    """What the bank answered for a batch, as it came: a result file, or stamped paper that two people keyed alike."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField("第几份")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    dated = models.DateField("回单日期")
    keyed_by = models.CharField("录入人", max_length=64, blank=True)
    taken_by = models.CharField("收单人", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "银行回单"
        verbose_name_plural = verbose_name
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="a_batch_numbers_its_replies_once"),
            models.UniqueConstraint(fields=("batch", "document"), name="a_reply_is_taken_in_once"),
            models.CheckConstraint(
                condition=~models.Q(keyed_by=models.F("taken_by")), name="a_paper_reply_is_keyed_by_two_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class KeyedReply(models.Model):
    """The first of two people's reading of a stamped reply; it stands open until a second one reads the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    dated = models.DateField("回单日期", null=True)
    """The day on the paper; none for what was read before it was asked for."""
    lines = models.JSONField("各笔的结果")
    keyed_by = models.CharField("录入人", max_length=64)
    at = models.DateTimeField("时间")
    agreed = models.OneToOneField(BankReply, on_delete=models.PROTECT, related_name="+", null=True)
    discarded_by = models.CharField("作废人", max_length=64, blank=True)
    discarded_because = models.CharField("作废原因", max_length=200, blank=True)
    discarded_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "回单录入"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("batch",),
                condition=models.Q(agreed=None, discarded_by=""),
                name="one_reading_of_a_batch_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(discarded_by=models.F("keyed_by")), name="nobody_discards_their_own_reading"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.keyed_by}"


class Payment(Staged):
    """One award to one card. A case is paid once per attempt; a new attempt follows a failure or a bounce only."""

    class Reason(models.TextChoices):
        NAME_DIFFERS = "name_differs", "户名不符"
        ACCOUNT_UNKNOWN = "account_unknown", "账号不存在"
        ACCOUNT_CLOSED = "account_closed", "已销户"
        ACCOUNT_FROZEN = "account_frozen", "账户冻结或止付"
        LIMIT = "limit", "超过限额"
        OTHER = "other", "其他，见回单原件"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="payments")
    position = models.PositiveIntegerField("序号")
    case_reference = models.CharField("案号", max_length=40)
    attempt = models.PositiveSmallIntegerField("第几次", default=1)
    payee_name = models.CharField("收款人", max_length=50)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    card = EncryptedTextField("惠工卡号", kind="card")
    card_index = models.CharField(max_length=64)
    fen = models.BigIntegerField("金额（分）")
    transfer_reference = models.CharField("划转", max_length=120, unique=True)
    reply = models.ForeignKey(BankReply, on_delete=models.PROTECT, related_name="payments", null=True)
    """The reply that moved it last."""
    reason = models.CharField("没付成的原因", max_length=24, choices=Reason.choices, blank=True)

    class Meta:
        verbose_name = "发放"
        verbose_name_plural = verbose_name
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=("case_reference", "attempt"), name="a_case_is_paid_once_per_attempt"),
            models.UniqueConstraint(fields=("batch", "position"), name="a_batch_numbers_its_payments_once"),
            models.CheckConstraint(condition=models.Q(fen__gt=0), name="a_payment_pays_something"),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position}"
