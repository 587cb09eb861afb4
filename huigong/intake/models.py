"""收表: forms as units sent them, their rows as they were read, and the papers that came with them.

The original is kept as a document. What a row says is encrypted under its form's data key; names stay plain.
"""

from django.db import models

from huigong.circulars.models import Campaign
from huigong.documents.models import Document
from huigong.lifecycle.models import Staged
from huigong.organisations.models import Officer, Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class FormReceived(models.Model):
    """One file that came for a campaign. The same bytes come once; a corrected copy names the form that it corrects.

    `name` is the file's own, its way inside the folder of forms where several there share that (甲/登记表.xlsx), or
    “名单 (2).xlsx” where another form of the campaign has it (intake.corrections).
    """

    class Outcome(models.TextChoices):
        READ = "read", "已读"
        REFUSED = "refused", "读不了"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="forms")
    name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    unit_name = models.CharField("单位", max_length=100, blank=True)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="报送单位"
    )
    filled_on = models.DateField("填表日期", null=True)
    received_on = models.DateField("收到日期", null=True)
    received_by = models.CharField("收表人", max_length=64)
    received_at = models.DateTimeField("收表时间")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    about = EncryptedTextField("填表人和文件问题", kind="json")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")

    class Meta:
        verbose_name = "登记表"
        verbose_name_plural = verbose_name
        ordering = ("received_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "sha256"), name="a_campaign_receives_the_same_file_once"),
        )

    def __str__(self) -> str:
        return self.name


class FormRow(Staged):
    """One data row of a form. `content` is the reading of it: values, places and problems as JSON."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    form = models.ForeignKey(FormReceived, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("行")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    student_name = models.CharField("学生", max_length=50, blank=True)
    parent_name = models.CharField("家长", max_length=50, blank=True)
    student_index = models.CharField(max_length=64, blank=True, db_index=True)
    parent_index = models.CharField(max_length=64, blank=True)
    errors = models.PositiveSmallIntegerField("错误", default=0)
    looks = models.PositiveSmallIntegerField("请看一眼", default=0)
    unstamped = models.PositiveSmallIntegerField("盖章以后改过几格", default=0)
    waits_for = models.CharField("等什么", max_length=24, blank=True)
    content = EncryptedTextField("内容", kind="json")
    proposal = EncryptedTextField("建议补上的号码", kind="json")

    class Meta:
        verbose_name = "登记表的行"
        verbose_name_plural = verbose_name
        ordering = ("form", "number")
        constraints = (models.UniqueConstraint(fields=("form", "number"), name="a_form_numbers_its_rows_once"),)
        # Whether a child of a name came in, whose number was lost or mistyped.
        indexes = (models.Index(fields=("student_name",), name="intake_rows_of_a_name"),)

    def __str__(self) -> str:
        return f"{self.form_id} {self.number}"


class Paper(models.Model):
    """A paper that came for a row, or (row 0) for a whole form: what was seen, what was kept, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="papers")
    form_name = models.CharField("文件名", max_length=255)
    row_number = models.PositiveIntegerField("行", default=0)
    kind = models.CharField("材料", max_length=40)
    original_seen = models.BooleanField("看过原件")
    copy_kept = models.BooleanField("留了复印件")
    seen_by = models.CharField("经手人", max_length=50)
    seen_on = models.DateField("日期", null=True)

    class Meta:
        verbose_name = "收到的材料"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "form_name", "row_number", "kind"), name="a_paper_comes_once_for_a_row"
            ),
        )

    def __str__(self) -> str:
        return f"{self.form_name} {self.row_number} {self.kind}"


class Draft(models.Model):
    """What an officer typed on a page and has not handed over: nobody else's, and gone when it is taken or thrown away.

    `place` names the page (form:…, fill:…, desk:… or tell:…); `content` holds its fields.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    content = EncryptedTextField("内容", kind="json")
    saved_at = models.DateTimeField("存于")

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = verbose_name
        constraints = (models.UniqueConstraint(fields=("officer", "place"), name="an_officer_has_one_draft_of_a_page"),)

    def __str__(self) -> str:
        return self.place


class HeadingName(models.Model):
    """表头叫法: what an office calls a column of a form, said once by hand and used when it hands in the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    form_id = models.CharField("登记表", max_length=40)
    heading = models.CharField("表头", max_length=80)
    field = models.CharField("是哪一栏", max_length=60)
    named_by = models.CharField("谁说的", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "表头叫法"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "form_id", "heading"), name="an_office_calls_a_column_by_one_field"
            ),
        )

    def __str__(self) -> str:
        return f"{self.heading} {self.field}"
