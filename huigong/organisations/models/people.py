"""The people who act for organisations: by appointment, between two days, and in their own name."""

from typing import Any, ClassVar

from django.contrib.auth import hashers
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from huigong.organisations.models.units import Organisation
from huigong.values.uuid7 import uuid7


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

    left_on = models.DateField("离任日期", null=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = OfficerManager()

    class Meta:
        verbose_name = "经办人"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Django would hash anew in silence when its work factor rises; here a password changes only by an action."""
        return hashers.check_password(raw_password, self.password)

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
    deputy_for = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="deputies", verbose_name="代谁"
    )
    """Whoever stands in for somebody acts in their own name, and only until the last day."""

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = verbose_name
        constraints = (
            models.UniqueConstraint(
                fields=("officer", "role", "organisation"),
                condition=models.Q(valid_until=None),
                name="an_officer_holds_an_open_role_once_per_organisation",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for=None) | models.Q(valid_until__isnull=False),
                name="a_deputy_has_a_last_day",
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


class Invitation(models.Model):
    """邀请码: lets one person in once, into a fixed role of a fixed organisation. Only the digest of the code is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_digest = models.CharField(max_length=64, unique=True)
    role = models.CharField("角色", max_length=16, choices=Appointment.Role.choices)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="单位")
    until = models.DateField("任职止", null=True)
    issued_by = models.CharField("发出人", max_length=64)
    issued_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("有效至")
    used_at = models.DateTimeField("使用时间", null=True)
    used_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="使用人")

    class Meta:
        verbose_name = "邀请码"
        verbose_name_plural = verbose_name
        ordering = ("-issued_at", "-id")

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_role_display()}"
