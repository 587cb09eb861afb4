"""Who is where, and who may act. What an officer sees is the subtree of the organisation that the officer serves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huigong.organisations.models import (
    AidCentre,
    Appointment,
    HandOver,
    Invitation,
    Officer,
    Organisation,
    SecondFactor,
    SignedSheet,
    UnitChange,
)
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import without_spaces


def within(organisation: Organisation) -> QuerySet[Organisation]:
    """The organisation and everything below it."""
    return Organisation.objects.filter(path__startswith=organisation.path)


def scope_of(officer: Officer) -> QuerySet[Organisation]:
    """The organisations whose rows an officer may see; none for somebody who left."""
    return within(officer.organisation) if officer.is_active else Organisation.objects.none()


def serves_all(officer: Officer) -> bool:
    """Whether everything here is in the officer's scope: the one top of the tree is. Then nobody has to ask the tree."""
    if not officer.is_active or officer.organisation.parent_id is not None:
        return False
    return not Organisation.objects.filter(parent=None).exclude(pk=officer.organisation_id).exists()


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


@dataclass(frozen=True, slots=True)
class Standing:
    """A role that is held on a day, and the organisation in which it is held."""

    role: str
    organisation: Organisation


def standings_of(officer: Officer, *, on: date) -> list[Standing]:
    """Every role of an officer on a day with its organisation; none for somebody who left.

    The organisation that the officer serves is among them as a rule: it is handed on, so that nobody asks for it again.
    """
    if not officer.is_active:
        return []
    held = [
        Standing(one.role, one.organisation)
        for one in _standing(on).filter(officer=officer).select_related("organisation")
    ]
    for one in held:
        if one.organisation.pk == officer.organisation_id:
            officer.organisation = one.organisation
    return held


def holding(officer: Officer, *, on: date) -> list[Appointment]:
    """The officer's periods that run on a day."""
    return list(_standing(on).filter(officer=officer).select_related("organisation", "officer", "deputy_for"))


def stands_in_for(officer: Officer, *, on: date) -> list[str]:
    """The sign-in names of those whose roles the officer holds for them on a day."""
    held = _standing(on).filter(officer=officer, deputy_for__isnull=False)
    return list(held.values_list("deputy_for__username", flat=True).distinct())


def serving_among(usernames: Iterable[str]) -> set[str]:
    """Those of these sign-in names whose officers have not left."""
    return set(Officer.objects.filter(username__in=set(usernames), is_active=True).values_list("username", flat=True))


def holders_around(role: str, officer: Officer, *, on: date) -> list[Officer]:
    """Who holds a role on a day in an officer's scope or above it: all who might see what the officer sees."""
    around = Q(organisation__in=scope_of(officer)) | Q(organisation__in=above(officer.organisation))
    held = _standing(on).filter(around, role=role, officer__is_active=True).select_related("officer__organisation")
    people = {one.officer_id: one.officer for one in held}
    return sorted(people.values(), key=lambda one: (one.organisation.path, one.username))


_HANDS = 4  # successors in a row whose work is still found: an office keeps no form open longer than that


def handed_to(officer: Officer) -> QuerySet[HandOver, str]:
    """The sign-in names of everybody whose work came to the officer by hand-overs, as a part of another question."""
    wanted, step = Q(successor=officer), "successor"
    for _hand in range(_HANDS - 1):
        step = f"successor__handed_over__{step}"
        wanted |= Q(**{step: officer})
    return HandOver.objects.filter(wanted).values_list("leaver__username", flat=True)


def acts_for(officer: Officer) -> list[str]:
    """The officer's own sign-in name, and those of everybody whose work was handed over to the officer."""
    return [officer.username, *handed_to(officer).order_by("on", "number")]


def name_on(unit: Organisation, day: date) -> str:
    """What a unit was called on a day: a paper of that day keeps the name of its day."""
    later = unit.changes.filter(on__gt=day, what=UnitChange.What.RENAMED).order_by("on", "number").first()
    return later.name_before if later else unit.name


def competent_federation(unit: Organisation) -> Organisation:
    """The federation whose aid centre is competent for a unit: by place where that is laid down, else the one above."""
    here: Organisation | None = unit
    while here is not None:
        if here.competent_centre:
            return here.competent_centre.federation
        if here.kind == Organisation.Kind.FEDERATION:
            return here
        here = here.parent
    raise AssertionError("every organisation hangs under a federation")


def placed_under(organisation: Organisation) -> Q:
    """Which units lie by place (属地) under the aid centres of an organisation and of those below it, as a part of a question."""
    placed = list(
        Organisation.objects.filter(competent_centre__isnull=False).values_list(
            "path", "competent_centre__federation__path"
        )
    )
    found = Q(pk__in=[])
    for path, centre in placed:
        if centre.startswith(organisation.path):
            nearer = [other for other, _ in placed if other != path and other.startswith(path)]
            here = Q(path__startswith=path)
            for other in nearer:  # they have a centre of their own, and their own line if it is here too
                here &= ~Q(path__startswith=other)
            found |= here
    return found


def has_role(officer: Officer, role: str, *, on: date) -> bool:
    return role in roles_of(officer, on=on)


def officer_named(name: str, *, role: str, within: Organisation, on: date) -> Officer:
    """The active officer of that name (or sign-in name) who holds the role on a day, in an organisation or below it.

    Raises SaidError where there is none, more than one, or only one who does not hold the role on that day.
    """
    named = Officer.objects.filter(
        Q(name=name) | Q(username=name), is_active=True, organisation__path__startswith=within.path
    )
    fitting = named.filter(id__in=_standing(on).filter(role=role).values("officer"))
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
                f"“{name}”在 {on} 这天没有“{title}”的任职。可先运行 huigong officers add {name} --role {role}。",
                f"“{name}” is not appointed {role} on {on}: huigong officers add {name} --role {role}.",
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


UNIT_ENDINGS = ("工会联合会", "工会委员会", "工会")


def unit_named(city: Organisation, text: str) -> Organisation | None:
    """The one unit below a city of that name, as it stands or without its last word 工会; None for none or several."""
    wanted = without_spaces(text)
    if not wanted:
        return None
    standing = within(city).filter(closed_on=None)
    named = [(key, without_spaces(name)) for key, name in standing.values_list("pk", "name")]
    found = [key for key, name in named if name == wanted] or _once_named(city, wanted)
    if not found:
        short = without_ending(wanted)
        found = [key for key, name in named if without_ending(name) == short]
    return Organisation.objects.get(pk=found[0]) if len(found) == 1 else None


def _once_named(city: Organisation, wanted: str) -> list[UUID]:
    """Units that were once called so: a renamed one, or the one into which a merged unit went."""
    before = UnitChange.objects.filter(organisation__path__startswith=city.path, what=UnitChange.What.RENAMED)
    renamed = {
        row.organisation.merged_into_id or row.organisation_id
        for row in before.select_related("organisation")
        if without_spaces(row.name_before) == wanted
    }
    merged = within(city).filter(closed_on__isnull=False).values_list("name", "merged_into")
    return [key for key in renamed | {into for name, into in merged if without_spaces(name) == wanted} if key]


def without_ending(name: str) -> str:
    """The employer behind a union's name: 藤县糖业有限公司 for 藤县糖业有限公司工会."""
    return next((name.removesuffix(ending) for ending in UNIT_ENDINGS if name.endswith(ending)), name)


def plain_unit(name: str) -> str:
    """A unit's name as it is compared: without spaces, and without the ending that says 工会."""
    return without_ending(without_spaces(name))


def first_officer_named(name: str, *, roles: Iterable[str], within: Organisation, on: date) -> Officer | None:
    """The officer of that name who holds the first of these roles that anybody of the name holds; None for nobody."""
    for role in roles:
        try:
            return officer_named(name, role=role, within=within, on=on)
        except SaidError:
            continue
    return None


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """The names behind sign-in names; what is no officer's is left out."""
    return dict(Officer.objects.filter(username__in=list(usernames)).values_list("username", "name"))


def federation_codes(officer: Officer) -> list[str]:
    """The codes of the federations in an officer's scope."""
    return list(scope_of(officer).filter(kind=Organisation.Kind.FEDERATION).values_list("code", flat=True))


def centre_of(federation: Organisation) -> AidCentre | None:
    """The aid centre beside a federation, for a page that is read whether there is one or not."""
    return AidCentre.objects.filter(federation=federation).first()


def federations_beside(federation: Organisation) -> QuerySet[Organisation]:
    """The other federations of the same installation: where a file may be moved to."""
    top = "/" + federation.path.split("/")[1] + "/"
    return Organisation.objects.filter(path__startswith=top, kind=Organisation.Kind.FEDERATION).exclude(
        pk=federation.pk
    )


def tree(officer: Officer, *, named: str = "", only_unserved: str = "") -> QuerySet[Organisation]:
    """The units of an officer's scope in the order of the tree, each with how many stand below and how many serve there."""
    found = unserved(officer) if only_unserved else scope_of(officer)
    if named:
        found = found.filter(Q(name__contains=named) | Q(code__contains=named))
    return found.annotate(
        below=Count("children", Q(children__closed_on=None), distinct=True),
        serving=Count("officers", Q(officers__is_active=True), distinct=True),
    ).order_by("path")


def unserved(officer: Officer) -> QuerySet[Organisation]:
    """Units of somebody's scope, not closed, in which nobody serves: nobody there can hand in or answer."""
    serving = Officer.objects.filter(organisation=OuterRef("pk"), is_active=True)
    return scope_of(officer).filter(~Exists(serving), closed_on=None)


def above(unit: Organisation) -> list[Organisation]:
    """The chain of command above a unit, from the top."""
    steps = unit.path.strip("/").split("/")
    paths = ["/" + "/".join(steps[:number]) + "/" for number in range(1, len(steps))]
    return list(Organisation.objects.filter(path__in=paths).order_by("path"))


def unit_with_surroundings(pk: UUID) -> Organisation:
    return Organisation.objects.select_related("parent", "competent_centre__federation", "merged_into").get(pk=pk)


def serving_at(unit: Organisation, *, on: date) -> QuerySet[Appointment]:
    """Who is appointed at a unit on a day."""
    return _standing(on).filter(organisation=unit, officer__is_active=True).select_related("officer")


def people_for(officer: Officer, *, named: str = "", role: str = "") -> QuerySet[Officer]:
    """The officers of somebody's scope, those who left last."""
    found = Officer.objects.filter(organisation__in=scope_of(officer)).select_related("organisation")
    if named:
        found = found.filter(
            Q(name__contains=named) | Q(username__contains=named) | Q(organisation__name__contains=named)
        )
    if role:
        found = found.filter(appointments__role=role, appointments__valid_until=None).distinct()
    return found.order_by("-is_active", "organisation__path", "username")


def roles_of_people(people: Iterable[Officer], *, on: date) -> dict[UUID, list[Appointment]]:
    """The periods that run on a day, by officer: one question for a page."""
    found = dict[UUID, list[Appointment]]()
    for one in _standing(on).filter(officer__in=list(people)).select_related("deputy_for").order_by("role"):
        found.setdefault(one.officer_id, []).append(one)
    return found


def ending_soon(officer: Officer, *, on: date, within_days: int = 30) -> list[Appointment]:
    """Roles in somebody's scope that end within so many days, the next first."""
    last = on + timedelta(days=within_days)
    found = Appointment.objects.filter(organisation__in=scope_of(officer), valid_until__range=(on, last))
    return list(found.select_related("officer", "organisation").order_by("valid_until", "officer__username"))


def open_invitations(officer: Officer, *, at: datetime) -> list[Invitation]:
    """Invitations into somebody's scope that nobody used yet and that still let in."""
    found = Invitation.objects.filter(organisation__in=scope_of(officer), used_at=None, expires_at__gt=at)
    return list(found.select_related("organisation"))


def hand_over_of(officer: Officer) -> HandOver | None:
    mine = HandOver.objects.select_related("leaver__organisation", "successor", "witness")
    return mine.filter(leaver=officer).first()


def also_holding(period: Appointment, *, on: date) -> list[Officer]:
    """Others who hold the same role in the same organisation, or in one above it, on a day."""
    others = _standing(on).filter(role=period.role, officer__is_active=True).exclude(officer=period.officer_id)
    found = others.select_related("officer", "organisation")
    return [one.officer for one in found if period.organisation.path.startswith(one.organisation.path)]


def holders_of(role: str, organisation: Organisation, *, on: date) -> list[Officer]:
    """Who holds a role in an organisation on a day."""
    found = _standing(on).filter(role=role, organisation=organisation, officer__is_active=True)
    return [one.officer for one in found.select_related("officer").order_by("officer__username")]


def sheets_about(reference: str) -> QuerySet[SignedSheet]:
    return SignedSheet.objects.filter(reference=reference).select_related("leader")


def factor_of(officer: Officer) -> SecondFactor | None:
    """The second factor that is in force."""
    return SecondFactor.objects.filter(officer=officer, withdrawn_at=None).first()
