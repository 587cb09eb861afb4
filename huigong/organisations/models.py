"""One tree of unions with explicit kinds, the aid centres beside it, and the people who act for them.

Organisation codes are their own: park and industrial unions have no division code.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from huigong.values.uuid7 import uuid7


class Organisation(models.Model):
    """A federation or a union. `path` is the chain of codes from the root, so that a subtree is one comparison."""

    class Kind(models.TextChoices):
        FEDERATION = "federation", "总工会"
        INDUSTRIAL_UNION = "industrial_union", "产业（系统）工会"
        GRASSROOTS_UNION = "grassroots_union", "基层工会"
        DIRECTLY_RUN_UNION = "directly_run_union", "直管基层工会"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=24, choices=Kind.choices)
    level = models.CharField("层级", max_length=16)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    competent_centre = models.ForeignKey(
        "AidCentre", on_delete=models.PROTECT, null=True, related_name="competent_for", verbose_name="归口帮扶中心"
    )
    """By place (属地), where that is not the centre of the federation above; it may lie outside the line of command."""
    path = models.CharField(max_length=400, db_index=True)

    class Meta:
        verbose_name = "工会组织"
        verbose_name_plural = verbose_name
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name


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


class OfficerManager(BaseUserManager["Officer"]):
    """Finds an officer by sign-in name; officers are made by `organisations.actions.add_officer`."""

    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(username=username)


class Officer(AbstractBaseUser):
    """Somebody who acts for an organisation. What may be done follows from appointments, never from the name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=50)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="officers")
    is_active = models.BooleanField("在职", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = OfficerManager()

    class Meta:
        verbose_name = "经办人"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def has_perms(self, *_: Any) -> bool:
        """Django's own permissions are not used: permission is one table of roles (web.permissions)."""
        return False


class Appointment(models.Model):
    """A role of an officer in an organisation between two days (the last included; none: open).

    Whoever is appointed again after an end has a second row: periods that are over stay as they were.
    """

    class Role(models.TextChoices):
        PREPARER = "preparer", "填表人"
        AID_CENTRE = "aid_centre", "帮扶中心经办"
        VERIFIER = "verifier", "审核"
        APPROVER = "approver", "审批"
        FINANCE = "finance", "财务"
        AUDITOR = "auditor", "经审"
        ADMINISTRATOR = "administrator", "系统管理员"
        SECURITY = "security", "安全管理员"
        LOG_AUDITOR = "log_auditor", "审计管理员"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="appointments")
    valid_from = models.DateField("任职起")
    valid_until = models.DateField("任职止", null=True)

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("officer", "role", "organisation"),
                condition=models.Q(valid_until=None),
                name="an_officer_holds_an_open_role_once_per_organisation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.officer} {self.get_role_display()}"


class OneTimeSignIn(models.Model):
    """A way in that works once: only the digest of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "一次性登录"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return str(self.officer)
