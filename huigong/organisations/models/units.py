"""One tree of unions with explicit kinds and levels, the aid centres beside it, and what became of each unit.

Codes are the tree's own, and a level is never read out of them: park and industrial unions have no division code.
"""

from django.db import models

from huigong.values.uuid7 import uuid7


class Organisation(models.Model):
    """A federation or a union. `path` is the chain of codes from the root, so that a subtree is one comparison."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", "总工会"
        PARK_UNION = "park_union", "园区工会"
        INDUSTRIAL_UNION = "industrial_union", "产业（系统）工会"
        GRASSROOTS_UNION = "grassroots_union", "基层工会"
        DIRECTLY_RUN_UNION = "directly_run_union", "直管基层工会"

    class Level(models.TextChoices):
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        GRASSROOTS = "grassroots", "基层"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=24, choices=Kind.choices)
    level = models.CharField("层级", max_length=16, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    competent_centre = models.ForeignKey(
        "AidCentre", on_delete=models.PROTECT, null=True, related_name="competent_for", verbose_name="归口帮扶中心"
    )
    """By place (属地), where that is not the centre of the federation above; it may lie outside the line of command."""
    path = models.CharField(max_length=400, db_index=True)
    closed_on = models.DateField("撤并日期", null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", verbose_name="并入"
    )

    class Meta:
        verbose_name = "工会组织"
        verbose_name_plural = verbose_name
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_above(cls, level: str, other: str) -> bool:
        """Whether a level stands above another; the levels are named from the top down."""
        return cls.Level.values.index(level) < cls.Level.values.index(other)


class AidCentre(models.Model):
    """The aid centre of a federation: where units hand in, by place and not always by the line of command."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    federation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="aid_centre")
    name = models.CharField(max_length=100)
    telephone = models.CharField("电话", max_length=40, blank=True)
    """The desk's, told to officers of other offices who ask about a family that is filed here; nobody's own."""

    class Meta:
        verbose_name = "帮扶中心"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name


class UnitChange(models.Model):
    """沿革: what a unit was until a day. A paper of an earlier day shows what the unit was called on that day."""

    class What(models.TextChoices):
        RENAMED = "renamed", "更名"
        MOVED = "moved", "改隶"
        MERGED = "merged", "并入"
        CENTRE = "centre", "改归口"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveSmallIntegerField("第几次")
    what = models.CharField("变更", max_length=12, choices=What.choices)
    on = models.DateField("自哪天起")
    paper = models.CharField("依据", max_length=120)
    name_before = models.CharField("原名称", max_length=100)
    parent_before = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="原上级"
    )

    class Meta:
        verbose_name = "单位沿革"
        verbose_name_plural = verbose_name
        ordering = ("organisation", "number")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "number"), name="changes_of_a_unit_are_numbered"),
        )

    def __str__(self) -> str:
        return f"{self.name_before} {self.get_what_display()}"
