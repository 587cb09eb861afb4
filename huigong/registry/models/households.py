"""The household file (档案): one family, and its members as the file names them."""

from django.db import models

from huigong.lifecycle.models import Staged
from huigong.organisations.models import Organisation
from huigong.values.uuid7 import uuid7
from huigong.vault.fields import EncryptedTextField
from huigong.vault.models import DataKey


class Household(Staged):
    """A hardship worker's household file (档案). `imported` is what the last import said: what differs was edited here.

    What something decides on has a column; all other fields of the file form lie in `details`, encrypted (decision 320).
    """

    class Review(models.TextChoices):
        PASSED = "passed", "已审核并通过"
        NOT_PASSED = "not_passed", "已审核，未通过"
        NOT_REVIEWED = "not_reviewed", "未审核"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_number = models.CharField("职工编号", max_length=40, unique=True)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="属地总工会")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField("姓名", max_length=50, db_index=True)
    id_number = EncryptedTextField("身份证号码", kind="resident_id")
    id_number_index = models.CharField(max_length=64, blank=True, db_index=True)
    id_number_valid = models.BooleanField("身份证号码有效", default=True)
    gender = models.CharField("性别", max_length=8, blank=True)
    identity = models.CharField("身份", max_length=20, blank=True)
    county = models.CharField("县区", max_length=40, blank=True)
    employer = models.CharField("工作单位", max_length=100, blank=True)
    hardship_category = models.CharField("困难类别", max_length=40, blank=True)
    enrolment_level = models.CharField("建档标准", max_length=20, blank=True)
    hardship_cause = EncryptedTextField("主要致困原因", kind="text")
    size = models.PositiveSmallIntegerField("家庭人口", null=True)
    annual_income_fen = models.BigIntegerField("家庭年度总收入（分）", null=True)
    essential_expenditure_fen = models.BigIntegerField("年刚性支出（分）", null=True)
    certificate_number = models.CharField("特困职工优惠证编号", max_length=40, blank=True)
    certificate_review = models.CharField("优惠证审核", max_length=16, choices=Review.choices, blank=True)
    certificate_reviewed_in = models.CharField("审核的半年", max_length=6, blank=True)
    card = EncryptedTextField("惠工卡号", kind="card")
    card_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField("手机号码", kind="phone")
    phone_index = models.CharField(max_length=64, blank=True)
    zero_employment = models.BooleanField("零就业家庭", null=True)
    file_status = models.CharField("档案状态", max_length=20, blank=True)
    imported = EncryptedTextField("上次导入", kind="json")
    imported_digest = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="建档单位工会"
    )
    details = EncryptedTextField("档案表的其他项", kind="json")
    lacking = models.CharField("待补的项", max_length=1200, blank=True)
    complete_by = models.DateField("补齐期限", null=True)
    moving_to = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="转往"
    )
    keep_until = models.DateField("原件保存到", null=True)

    class Meta:
        verbose_name = "困难职工家庭"
        verbose_name_plural = verbose_name
        ordering = ("file_number",)
        indexes = (
            # Lists of files that wait walk one of these in their order, and read the wide rows of one page alone.
            models.Index(fields=("status", "file_number", "id", "federation"), name="registry_file_of_status"),
            models.Index(
                fields=("complete_by", "file_number", "status", "federation"),
                name="registry_file_to_complete",
                condition=models.Q(lacking__gt=""),
            ),
            models.Index(
                fields=("keep_until", "file_number", "federation"),
                name="registry_file_kept_until",
                condition=models.Q(keep_until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.file_number

    @property
    def is_enrolled(self) -> bool:
        """Whether the file stands (在档): one that was closed or left is no ground for aid."""
        return self.file_status.startswith("在档")


class Member(models.Model):
    """One of the worker's family as the file names them. A member who is gone from the file is kept and marked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("序号")
    name = models.CharField("姓名", max_length=50)
    relationship = models.CharField("与户主关系", max_length=20, blank=True)
    id_number = EncryptedTextField("身份证号码", kind="resident_id")
    id_number_index = models.CharField(max_length=64, blank=True, db_index=True)
    id_number_valid = models.BooleanField("身份证号码有效", default=True)
    education_level = models.CharField("当前学历", max_length=24, blank=True)
    school = models.CharField("就读学校", max_length=100, blank=True)
    entry_year = models.PositiveSmallIntegerField("入学年份", null=True)
    length_years = models.PositiveSmallIntegerField("学制（年）", null=True)
    occupation = models.CharField("就业状况", max_length=20, blank=True)
    is_in_file = models.BooleanField("仍在档案里", default=True)
    details = EncryptedTextField("档案表的其他项", kind="json")
    from_merge = models.UUIDField("并档带来的", null=True)
    """The merge that made this row; undoing that takes it out again. Every other member stays for ever."""

    class Meta:
        verbose_name = "家庭成员"
        verbose_name_plural = verbose_name
        ordering = ("household", "position")
        constraints = (
            models.UniqueConstraint(fields=("household", "position"), name="a_household_numbers_its_members_once"),
        )

    def __str__(self) -> str:
        return f"{self.household_id} {self.position}"
