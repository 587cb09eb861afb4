"""What is made from files so that they are found and listed quickly: nothing here is truth, all of it can be made again.

`huigong registry index` makes it from the files and says what had gone astray. Integer keys and few columns keep the
tables small: a city of 700,000 people has five million search keys.
"""

from django.db import models
from django.db.models import Q

from huigong.organisations.models import Organisation
from huigong.registry.models.households import Household, Member


class SearchKey(models.Model):
    """检索词: one half-fact by which a household, or a case that upper floors know by its reference, is found.

    Names and their sound stand as they are written; numbers as keyed digests. Bytes, because every database orders those
    in the same way, so that a beginning is a range of one index, whatever the collation.
    """

    class Kind(models.TextChoices):
        NAME = "n", "姓名"
        PINYIN = "p", "拼音"
        INITIALS = "i", "拼音首字母"
        IDENTITY = "d", "身份证号"
        IDENTITY_TAIL = "t", "身份证号后四位"
        PHONE = "f", "手机号码"
        PHONE_TAIL = "g", "手机号码后四位"
        CARD = "c", "惠工卡号"
        CARD_TAIL = "e", "惠工卡号后四位"
        CERTIFICATE = "z", "优惠证编号"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("类别", max_length=1, choices=Kind.choices)
    key = models.BinaryField("检索词", max_length=200)
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    case_reference = models.CharField("案号", max_length=40, blank=True)
    position = models.SmallIntegerField("序号", default=0)
    """Whose it is: 0 the worker's, else the member's of that position; of a case 1 is the student."""

    class Meta:
        verbose_name = "检索词"
        verbose_name_plural = verbose_name
        indexes = (
            # Everything that a search reads, so that it reads the index alone.
            models.Index(
                fields=("kind", "key", "federation", "household", "case_reference", "position"),
                name="registry_key_is_found",
            ),
            models.Index(
                fields=("household",), name="registry_keys_of_household", condition=Q(household__isnull=False)
            ),
            models.Index(fields=("case_reference",), name="registry_keys_of_case", condition=Q(case_reference__gt="")),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(household__isnull=False, case_reference="")
                | Q(household__isnull=True, case_reference__gt=""),
                name="a_search_key_leads_to_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id or self.case_reference}"


class FileMark(models.Model):
    """档案标记: what lists of files filter and sort by, one narrow row a file beside its forty wide columns."""

    household = models.OneToOneField(Household, on_delete=models.PROTECT, primary_key=True, related_name="mark")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    file_number = models.CharField("职工编号", max_length=40)
    stands = models.BooleanField("在档", default=True)
    is_complete = models.BooleanField("资料齐全", default=True)
    changed_on = models.DateField("最近更改")
    aided_on = models.DateField("最近帮扶", null=True)
    unit_name = models.CharField("单位", max_length=100, blank=True)
    """The employer without spaces and without the ending 工会: by it a unit finds its families."""

    class Meta:
        verbose_name = "档案标记"
        verbose_name_plural = verbose_name
        indexes = (
            models.Index(fields=("unit_name",), name="registry_mark_of_unit"),
            *(
                # Each holds all that a list filters by, so that a page far behind is counted off in the index alone.
                models.Index(fields=(*order, "stands", "household"), name=f"registry_mark_{name}", condition=condition)
                for name, order, condition in (
                    ("in_order", ("file_number", "federation"), None),
                    ("of_office", ("federation", "file_number"), None),
                    ("unaided", ("file_number", "federation"), Q(aided_on__isnull=True)),
                    ("lacking", ("file_number", "federation"), Q(is_complete=False)),
                    ("changed", ("changed_on", "file_number", "federation"), None),
                    # The same three of one office, whose files are few among all.
                    ("unaided_here", ("federation", "file_number"), Q(aided_on__isnull=True)),
                    ("lacking_here", ("federation", "file_number"), Q(is_complete=False)),
                    ("changed_here", ("federation", "changed_on", "file_number"), None),
                )
            ),
        )

    def __str__(self) -> str:
        return self.file_number


class ChildMark(models.Model):
    """子女标记: one narrow row for each child who may be left out: what the gap list looks through beside wide members.

    Whoever is not at school in a file that stands, and finishes nothing this year or any other, has no row.
    """

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="mark")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    federation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    person_index = models.CharField(max_length=64, blank=True)
    at_school = models.CharField("在读阶段", max_length=24, blank=True)
    """The level, of a child who studies and whose file stands."""
    leaves_in = models.PositiveSmallIntegerField("毕业年份", null=True)
    """The year in which higher schooling ends, of a child who has no work by its file."""

    class Meta:
        verbose_name = "子女标记"
        verbose_name_plural = verbose_name
        indexes = (
            # One office's, in order, with all that they are chosen by.
            models.Index(fields=("federation", "member", "at_school", "person_index"), name="registry_child_at_school"),
            models.Index(fields=("federation", "leaves_in", "member", "person_index"), name="registry_child_leaves"),
        )

    def __str__(self) -> str:
        return str(self.member_id)
