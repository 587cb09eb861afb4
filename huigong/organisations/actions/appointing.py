"""Appoint officers, and end it: roles between two days, the administrators kept apart."""

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from pypinyin import lazy_pinyin

from huigong.audit import actions as audit
from huigong.organisations.columns import APPOINTMENT, OFFICER
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.values import names
from huigong.values.sentence import SaidError, Sentence

ADMINISTRATORS = frozenset({"administrator", "security", "log_auditor"})
"""系统、安全、审计三员 of 等保: three people, none of whom works on cases."""
_IN_TURN = frozenset({"verifier", "approver", "finance"})
"""Verify, approve, pay: each is another person's, for whatever case (decision 473)."""
_CASEWORK = _IN_TURN | {"preparer", "aid_centre"}


class KeptApartError(SaidError):
    """Two roles were to meet in one person that are kept apart."""


@transaction.atomic
def add_officer(
    name: str, *, role: str, organisation: Organisation, until: date | None = None, by: str, at: datetime
) -> Officer:
    """An officer of that name in that organisation, appointed to the role from today on; who holds it already is left alone."""
    if not names.normalise(name):
        raise SaidError(Sentence("officer_nameless", "请写明姓名。", "Say the officer's name."))
    officer = Officer.objects.filter(name=names.normalise(name), organisation=organisation, is_active=True).first()
    if officer is None:
        officer = Officer(username=free_username(name), name=names.normalise(name), organisation=organisation)
        officer.set_unusable_password()
        officer.save()
    appoint(officer, role=role, organisation=organisation, until=until, by=by, at=at)
    return officer


@transaction.atomic
def appoint(
    officer: Officer, *, role: str, organisation: Organisation, until: date | None = None, by: str, at: datetime
) -> Appointment | None:
    """A role from today on, to a last day where one is given; None where it is held already.

    Raises KeptApartError where one person would hold roles that are kept apart (`refuse_together`), and
    SaidError for a last day that is over.
    """
    refuse_over(until, today=timezone.localdate(at))
    refuse_together(officer, role, on=timezone.localdate(at))
    if until:
        period = _until(officer, role, organisation, timezone.localdate(at), until)
    else:
        period = _appoint(officer, role, organisation, timezone.localdate(at))
    if period:
        audit.record("officer.appointed", subject=officer.username, officer=by, at=at, payload=told_of(period))
    return period


@transaction.atomic
def end(appointment: Appointment, *, last_day: date, by: str, at: datetime) -> Appointment:
    """The last day of a role. Raises SaidError for a day before it began, or after an end that stands."""
    kept = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if last_day < kept.valid_from or (kept.valid_until and last_day > kept.valid_until):
        raise SaidError(
            Sentence(
                "appointment_day",
                f"任职止要在 {kept.valid_from} 和 {kept.valid_until or '今后'} 之间；延期请另行任命。",
                f"The last day lies between {kept.valid_from} and {kept.valid_until or 'later'}; appoint anew to go on.",
            )
        )
    kept.valid_until = last_day
    kept.save(update_fields=["valid_until"])
    audit.record("officer.dismissed", subject=kept.officer.username, officer=by, at=at, payload=told_of(kept))
    return kept


def told_of(period: Appointment) -> dict[str, str]:
    """What history holds of a period: the columns of the officer and of the period, and where and from when."""
    return {
        "role": period.role,
        "organisation": period.organisation.code,
        "from": period.valid_from.isoformat(),
        "columns": OFFICER.told(period.officer),
        "appointment": APPOINTMENT.told(period),
    }


def refuse_over(until: date | None, *, today: date) -> None:
    """Raises SaidError for a last day before today: nobody would ever hold the role."""
    if until and until < today:
        raise SaidError(
            Sentence(
                "appointment_over",
                f"任职止 {until} 已经过了，没有办。请写今天或以后的一天；长期任职的空着。",
                f"The last day {until} is over: nothing was done. Write today or later, or leave it empty.",
            )
        )


def refuse_together(officer: Officer, role: str, *, on: date) -> None:
    """Raises KeptApartError for roles that no one person may hold at a time: the administrators, verify and approve and pay, audit."""
    held = {one.role for one in officer.appointments.all() if one.valid_until is None or one.valid_until >= on}
    apart = held & kept_apart_from(role)
    if apart:
        words = "、".join(str(Appointment.Role(one).label) for one in sorted(apart))
        raise KeptApartError(
            Sentence(
                "kept_apart",
                f"{officer.name}已任“{words}”，不能再任“{Appointment.Role(role).label}”："
                "三个管理员（系统、安全、审计）各由一人担任，也不经办业务；审核、审批、财务各由不同的人担任；审计不经办业务。"
                "请另选一人，或者先给原来的角色写任职止。",
                f"{officer.name} is {', '.join(sorted(apart))} already and cannot be {role} too: the three administrators "
                "are three people and work on no case; who verifies, who approves and who pays are different people; who "
                "audits works on no case. Choose somebody else, or end the other role first.",
            )
        )


def kept_apart_from(role: str) -> frozenset[str]:
    """The roles that nobody may hold beside this one."""
    others = frozenset(Appointment.Role.values) - {role}
    if role in ADMINISTRATORS:
        return others
    apart = ADMINISTRATORS | (_CASEWORK if role == "auditor" else {"auditor"})
    return apart | (_IN_TURN - {role} if role in _IN_TURN else frozenset())


def _until(officer: Officer, role: str, organisation: Organisation, day: date, until: date) -> Appointment | None:
    """A period with a last day; none where the role is held as long anyway."""
    Officer.objects.select_for_update().get(pk=officer.pk)
    periods = Appointment.objects.filter(officer=officer, role=role, organisation=organisation)
    standing = periods.filter(Q(valid_until=None) | Q(valid_until__gte=day)).order_by("valid_from").last()
    if standing and (standing.valid_until is None or standing.valid_until >= until):
        return None
    begin = standing.valid_until + timedelta(days=1) if standing and standing.valid_until else day
    return Appointment.objects.create(
        officer=officer, role=role, organisation=organisation, valid_from=begin, valid_until=until
    )


def _appoint(officer: Officer, role: str, organisation: Organisation, day: date) -> Appointment | None:
    """The period that is new or begins earlier now; none where the officer holds the role on that day with no end in sight.

    A period that ends later is gone on with from the day after; one that was to begin later begins now.
    """
    Officer.objects.select_for_update().get(pk=officer.pk)  # two callers at once make one period
    periods = Appointment.objects.filter(officer=officer, role=role, organisation=organisation)
    ending = periods.filter(valid_from__lte=day, valid_until__gte=day).order_by("-valid_until").first()
    begin = ending.valid_until + timedelta(days=1) if ending and ending.valid_until else day
    standing = periods.filter(valid_until=None).first()
    if standing is None:
        return Appointment.objects.create(officer=officer, role=role, organisation=organisation, valid_from=begin)
    if standing.valid_from <= begin:
        return None
    standing.valid_from = begin
    standing.save(update_fields=["valid_from"])
    return standing


def free_username(name: str) -> str:
    """The name in pinyin with a number where it is taken."""
    plain = re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(names.normalise(name))).lower()) or "officer"
    taken = set(Officer.objects.filter(username__startswith=plain).values_list("username", flat=True))
    return next(
        candidate
        for number in range(1, len(taken) + 3)
        if (candidate := plain if number == 1 else f"{plain}{number}") not in taken
    )
