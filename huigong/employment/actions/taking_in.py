"""Take graduates in, from the household files or from a list: one person once, whoever names them again is told where they are."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment import doubting
from huigong.employment.calling import act_day
from huigong.employment.columns import GRADUATE, OUTCOME
from huigong.employment.doubting import Doubt
from huigong.employment.evidence import SURVEY
from huigong.employment.lifecycle import OPEN, SETTLED
from huigong.employment.models import Graduate, Outcome
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.registry.models import Household, Member
from huigong.rules.employed import SETTLED as SETTLED_KINDS
from huigong.values.case_reference import GRADUATE_EMPLOYMENT, CaseReference
from huigong.vault import actions as vault
from huigong.vault import blind

_AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One person to be taken in. `found` is the outcome that the survey found already, empty for who needs help."""

    name: str
    id_number: str
    federation: Organisation
    graduates_on: date
    source: str
    household: Household | None = None
    member: Member | None = None
    unit: Organisation | None = None
    zero_employment: bool = False
    gender: str = ""
    phone: str = ""
    school: str = ""
    major: str = ""
    level: str = ""
    found: str = ""
    wanted_work: Sequence[str] = ()
    wanted_places: Sequence[str] = ()
    skills: Sequence[str] = ()

    @property
    def person_index(self) -> str:
        return blind.index("resident_id", self.id_number)


@dataclass(slots=True)
class TakenIn:
    """What taking in did: new cases, those who stood here already, those whom another union has, those to look at."""

    fresh: list[Graduate] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)
    """Name of the person, and the union that has the case."""
    doubtful: list[Doubt] = field(default_factory=list)
    """Who probably stands under another number: no case, until a person said that they are two."""
    repeated: list[str] = field(default_factory=list)
    """Names of those who stood in the list more than once: the first row counts, one of a zero-employment household first."""


@transaction.atomic
def take_in(lines: Iterable[Line], *, apart: Collection[str] = (), officer: str, at: datetime) -> TakenIn:
    """Zero-employment households first. Whoever stands already is left as they are, here and at another union.

    Whoever probably stands under another number is left to a person; `apart` are the numbers (by their keys) of those of
    whom the officer says that they are somebody else.
    """
    wanted, done = dict[str, Line](), TakenIn()
    for line in sorted(lines, key=lambda line: not line.zero_employment):
        if wanted.setdefault(line.person_index, line) is not line:
            done.repeated.append(line.name)
    federations = _federations(list(wanted.values()))  # locked before it is asked who stands
    standing = _standing(wanted)
    for index, one in standing.items():
        if one.federation_id == wanted[index].federation.pk:
            done.same.append(one.reference)
        else:
            done.elsewhere.append((wanted[index].name, one.federation.name))
    fresh = _beyond_doubt([line for index, line in wanted.items() if index not in standing], wanted, apart, done)
    numbers = _Numbers(federations, year=timezone.localdate(at).year)
    without = [line for line in fresh if line.household is None]
    own_keys = iter(vault.new_data_keys(len(without)))
    outcomes = list[Outcome]()
    for line in fresh:
        key = line.household.data_key_id if line.household else next(own_keys).pk
        one = _graduate(line, numbers.following(line.federation), key, at)
        done.fresh.append(one)
        if line.found:
            outcomes.append(_found(one, line.found, officer, at))
    Graduate.objects.bulk_create(done.fresh, batch_size=_AT_A_TIME)
    Outcome.objects.bulk_create(outcomes, batch_size=_AT_A_TIME)
    audit.record_all(_told(done.fresh, outcomes, officer=officer, at=at))
    return done


def _beyond_doubt(lines: Sequence[Line], present: Collection[str], apart: Collection[str], done: TakenIn) -> list[Line]:
    """Those of whom nobody stands who may be they. Whom an officer once said to be one who stands, is the same for good."""
    found = doubting.doubts(lines, present=present)
    same = doubting.said_same(found.values())
    done.same += [found[index].reference for index in sorted(same)]
    done.doubtful = [one for index, one in found.items() if index not in same and index not in apart]
    return [line for line in lines if line.person_index not in found or line.person_index in apart]


@transaction.atomic
def say_same(doubt: Doubt, *, officer: str, at: datetime) -> None:
    """An officer says that somebody of a list is the one who stands: no case is made of them, now or later."""
    told = {"person": doubt.line.person_index}
    audit.record(doubting.SAID_SAME, subject=doubt.reference, officer=officer, at=at, payload=told)


def _standing(wanted: Iterable[str]) -> dict[str, Graduate]:
    indexes, found = sorted(wanted), dict[str, Graduate]()
    for start in range(0, len(indexes), _AT_A_TIME):
        part = Graduate.objects.filter(person_index__in=indexes[start : start + _AT_A_TIME])
        found |= {one.person_index: one for one in part.select_related("federation")}
    return found


def _federations(lines: Sequence[Line]) -> list[Organisation]:
    """Locked in one order, so that two who take in at once give no number twice."""
    keys = {line.federation.pk for line in lines}
    return list(Organisation.objects.select_for_update().filter(pk__in=keys).order_by("code"))


class _Numbers:
    """Counts references within federation and year; cases are never deleted, so their number is the last one given."""

    def __init__(self, federations: Iterable[Organisation], *, year: int) -> None:
        self.year = year
        self.last = {
            one.pk: Graduate.objects.filter(reference__startswith=f"GE-{one.code}-{year}-").count()
            for one in federations
        }

    def following(self, federation: Organisation) -> str:
        self.last[federation.pk] += 1
        return str(CaseReference(GRADUATE_EMPLOYMENT, federation.code, self.year, self.last[federation.pk]))


def _graduate(line: Line, reference: str, key: UUID, at: datetime) -> Graduate:
    one = Graduate(
        reference=reference,
        federation=line.federation,
        unit=line.unit,
        household=line.household,
        member=line.member,
        data_key_id=key,
        source=line.source,
        taken_in_on=timezone.localdate(at),
        name=line.name,
        gender=line.gender,
        person_index=line.person_index,
        school=line.school,
        major=line.major,
        level=line.level,
        graduates_on=line.graduates_on,
        zero_employment=line.zero_employment,
        needs_help=not line.found,
        outcome=line.found,
        proven=line.found in SETTLED_KINDS,
        wanted_work=list(line.wanted_work),
        wanted_places=list(line.wanted_places),
        skills=list(line.skills),
    )
    one.id_number, one.phone = line.id_number, line.phone or None
    lifecycle.begin(one, SETTLED if line.found else OPEN, at=at)
    one.act_on = act_day(one)
    return one


def _found(one: Graduate, kind: str, officer: str, at: datetime) -> Outcome:
    """Who was settled when the survey came: the file says so, and no check is owed."""
    return Outcome(
        graduate=one,
        number=1,
        data_key_id=one.data_key_id,
        kind=kind,
        by_aid=False,
        on=one.taken_in_on,
        evidence=SURVEY,
        evidence_on=one.taken_in_on,
        by=officer,
        at=at,
    )


def _told(
    graduates: Sequence[Graduate], outcomes: Sequence[Outcome], *, officer: str, at: datetime
) -> Iterable[audit.Entry]:
    for one in graduates:
        told = {"to": one.status, "from_file": one.household.file_number if one.household else ""}
        payload = told | {"columns": GRADUATE.told(one)}
        yield audit.Entry("graduate.taken_in", one.reference, officer, at, payload)
    for outcome in outcomes:
        told = {"kind": outcome.kind, "outcome": str(outcome.pk), "columns": OUTCOME.told(outcome)}
        yield audit.Entry("outcome.noted", outcome.graduate.reference, officer, at, told)
