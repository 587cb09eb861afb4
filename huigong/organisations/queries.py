"""Who is where, and who may act. What an officer sees is the subtree of the organisation that the officer serves."""

from datetime import date

from django.db.models import Q, QuerySet

from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces


def within(organisation: Organisation) -> QuerySet[Organisation]:
    """The organisation and everything below it."""
    return Organisation.objects.filter(path__startswith=organisation.path)


def scope_of(officer: Officer) -> QuerySet[Organisation]:
    """The organisations whose rows an officer may see; none for somebody who left."""
    return within(officer.organisation) if officer.is_active else Organisation.objects.none()


def federation_of(organisation: Organisation) -> Organisation:
    """The nearest federation at or above an organisation: whose quota and files its cases belong to."""
    here: Organisation | None = organisation
    while here is not None and here.kind != Organisation.Kind.FEDERATION:
        here = here.parent
    assert here is not None, "every organisation hangs under a federation"
    return here


def root() -> Organisation | None:
    """The federation at the top of this installation."""
    return Organisation.objects.filter(parent=None).order_by("code").first()


def by_code(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise SaidError(
            Sentence(
                "organisation_unknown",
                f"没有编码为 {code} 的工会组织，请先导入单位表。",
                f"There is no organisation with code {code}: import the table of units first.",
            )
        )
    return found


def roles_of(officer: Officer, *, on: date) -> set[str]:
    return set(_standing(on).filter(officer=officer).values_list("role", flat=True)) if officer.is_active else set()


def has_role(officer: Officer, role: str, *, on: date) -> bool:
    return role in roles_of(officer, on=on)


def officer_named(name: str, *, role: str, within: Organisation) -> Officer:
    """The active officer of that name (or sign-in name) and role in an organisation or above or below it.

    Raises SaidError where there is none, more than one, or only one of another role.
    """
    named = Officer.objects.filter(
        Q(name=name) | Q(username=name), is_active=True, organisation__path__startswith=within.path
    )
    fitting = named.filter(appointments__role=role, appointments__valid_until=None).distinct()
    title = Appointment.Role(role).label
    if fitting.count() == 1:
        return fitting.get()
    if fitting.count() > 1:
        raise SaidError(
            Sentence(
                "officer_ambiguous",
                f"叫“{name}”的{title}不止一位，请用登录名。",
                f"More than one {role} is called “{name}”: use the sign-in name.",
            )
        )
    if named.exists():
        raise SaidError(
            Sentence(
                "officer_wrong_role",
                f"“{name}”没有“{title}”的任职。可先运行 huigong officers add {name} --role {role}。",
                f"“{name}” is not appointed {role}: huigong officers add {name} --role {role}.",
            )
        )
    raise SaidError(
        Sentence(
            "officer_unknown",
            f"没有叫“{name}”的在职经办人。可先运行 huigong officers add {name} --role {role}。",
            f"No active officer is called “{name}”: huigong officers add {name} --role {role}.",
        )
    )


def _standing(on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)


_UNIT_ENDINGS = ("工会联合会", "工会委员会", "工会")


def unit_named(city: Organisation, text: str) -> Organisation | None:
    """The one unit below a city of that name, as it stands or without its last word 工会; None for none or several."""
    wanted = without_spaces(text)
    if not wanted:
        return None
    units = [unit for unit in within(city) if without_spaces(unit.name) == wanted]
    if not units:
        short = _without_ending(wanted)
        units = [unit for unit in within(city) if _without_ending(without_spaces(unit.name)) == short]
    return units[0] if len(units) == 1 else None


def _without_ending(name: str) -> str:
    return next((name.removesuffix(ending) for ending in _UNIT_ENDINGS if name.endswith(ending)), name)
