"""What each step would do if it were done now: asked by the pages before a person says yes. Nothing here is written.

`seen` is a digest of everything that a step would act on. A page sends back the one that it showed, so that nobody vouches
for what came after.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.intake.lifecycle import ACCEPTED
from huigong.intake.models import FormReceived, FormRow
from huigong.publicnotices.actions import Draft
from huigong.quotas import queries as quotas
from huigong.rules.circular import Circular
from huigong.rules.deciding import Decision, Finding, decide_all
from huigong.rules.sentences import NOT_MET
from huigong.runs.steps import Progress, quiet
from huigong.studentaid import actions as studentaid
from huigong.studentaid.cases import Surroundings, surroundings
from huigong.studentaid.lifecycle import ELIGIBLE, OPEN, PLACED, SUBMITTED, TIED, VERIFIED, WAITING
from huigong.studentaid.models import Application, Settlement
from huigong.studentaid.queries import places_used
from huigong.studentaid.turns import turns
from huigong.values.working_days import WorkingCalendar

_CASES_AT_A_TIME = 400
_DRAWN = 3


@dataclass(frozen=True, slots=True)
class Awaiting:
    """How many rows or cases wait for each step, counted from what is stored."""

    submit: int
    verify: int
    share: int


def awaiting(campaign: Campaign) -> Awaiting:
    """Two questions, however many cases there are. Files that changed since show only when facts are gathered."""
    stands = Q(verified_digest=F("facts_digest")) & ~Q(verified_by="")
    unheard = Q(status__in=OPEN) & (~stands | Q(status__in=(SUBMITTED, VERIFIED)))
    settled = Settlement.objects.filter(application__campaign=campaign, about=Settlement.About.TIE).values(
        "application"
    )
    in_order = Q(status=ELIGIBLE) | (Q(status=TIED) & Q(pk__in=settled))
    told = Application.objects.filter(campaign=campaign).aggregate(
        verify=Count("pk", unheard), share=Count("pk", in_order & stands & Q(amount_fen__isnull=False))
    )
    rows = FormRow.objects.filter(form__campaign=campaign, status=ACCEPTED, form__unit__isnull=False)
    return Awaiting(rows.count(), told["verify"], told["share"])


@dataclass(frozen=True, slots=True)
class Submitting:
    """Forms whose taken rows would become cases; each form says how many (`taken`)."""

    forms: Sequence[FormReceived]
    rows: Sequence[int]
    """How many taken rows each form has."""
    seen: str

    @property
    def count(self) -> int:
        return sum(self.rows)


def submitting(campaign: Campaign) -> Submitting:
    taken = Count("rows", Q(rows__status=ACCEPTED))
    forms = list(
        FormReceived.objects.filter(campaign=campaign, unit__isnull=False)
        .annotate(taken=taken)
        .filter(taken__gt=0)
        .select_related("unit")
        .order_by("unit__path", "sha256")
    )
    told = [(str(form.pk), form.taken) for form in forms]
    return Submitting(forms, [number for _, number in told], _seen(told))


@dataclass(frozen=True, slots=True)
class Vouched:
    """A case whose facts would be vouched for: what the circular says on them, and what to look at once."""

    application: Application
    verdict: str
    looks: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Verifying:
    """The cases whose facts nobody vouched for as they stand, and three of them to open first."""

    cases: Sequence[Vouched]
    seen: str

    @property
    def count(self) -> int:
        return len(self.cases)

    @property
    def verdicts(self) -> Mapping[str, int]:
        return Counter(case.verdict for case in self.cases)

    @property
    def looks(self) -> Sequence[Vouched]:
        return [case for case in self.cases if case.looks]

    @property
    def drawn(self) -> Sequence[Vouched]:
        """Drawn by a digest of what was seen: nobody chooses them, and an auditor draws the same."""
        return sorted(self.cases, key=lambda case: _seen([self.seen, case.application.reference]))[:_DRAWN]


def verifying(campaign: Campaign, *, progress: Progress = quiet) -> Verifying:
    """Gathers the facts of every open case as they stand now, and decides them without writing."""
    circular, around = circular_of(campaign), surroundings(campaign)
    own = Application.objects.filter(campaign=campaign, status__in=OPEN).order_by("reference")
    wanted = list(own.values_list("pk", flat=True))
    cases: list[Vouched] = []
    told: list[tuple[str, str]] = []
    for start in range(0, len(wanted), _CASES_AT_A_TIME):
        part = own.filter(pk__in=wanted[start : start + _CASES_AT_A_TIME]).select_related("campaign", "federation")
        for case, digest in _vouched(list(part), circular, around):
            cases.append(case)
            told.append((case.application.reference, digest))
        progress("looking", min(start + _CASES_AT_A_TIME, len(wanted)), len(wanted))
    return Verifying(cases, _seen(told))


def _vouched(
    applications: Sequence[Application], circular: Circular, around: Surroundings
) -> Iterable[tuple[Vouched, str]]:
    """Those among them that nobody vouched for as they stand, each with the digest of its facts."""
    gathered = [
        one
        for one in studentaid.gather(applications, around)
        if one.application.status in {SUBMITTED, VERIFIED}
        or not one.application.verified_by
        or one.application.verified_digest != one.digest
    ]
    answers = decide_all(circular, [one.facts for one in gathered])
    for one, answer in zip(gathered, answers, strict=True):
        yield Vouched(one.application, answer.verdict, _looks(answer)), one.digest


def _looks(answer: Decision) -> list[Finding]:
    return [one for one in answer.findings if one.means == "look" and one.outcome == NOT_MET]


@dataclass(frozen=True, slots=True)
class Shared:
    """One federation: its places and how many of them are held, and what its queue would get."""

    code: str
    name: str
    places: int
    held: int
    outcomes: Mapping[str, int]

    @property
    def left(self) -> int:
        return max(0, self.places - self.held)

    @property
    def queue(self) -> int:
        return sum(self.outcomes.values())

    @property
    def placed(self) -> int:
        return self.outcomes.get(PLACED, 0)

    @property
    def waiting(self) -> int:
        return self.outcomes.get(WAITING, 0)

    @property
    def tied(self) -> int:
        return self.outcomes.get(TIED, 0)


@dataclass(frozen=True, slots=True)
class Sharing:
    """Federation by federation; `count` is how many cases would move."""

    federations: Sequence[Shared]
    count: int
    seen: str


def sharing(campaign: Campaign, circular: Circular) -> Sharing:
    assert circular.quota is not None, "asked only where steps.lacking finds nothing"
    planned = turns(campaign, circular)
    places = quotas.places_of(campaign, fund_source=circular.quota.fund_source)
    held = places_used(campaign)
    allotments = campaign.allotments.select_related("organisation")
    names = {row.organisation.code: row.organisation.name for row in allotments}
    names |= {turn.application.federation.code: turn.application.federation.name for turn in planned}
    outcomes: dict[str, Counter[str]] = {code: Counter() for code in names}
    for turn in planned:
        outcomes[turn.application.federation.code][turn.status] += 1
    return Sharing(
        [Shared(code, names[code], places.get(code, 0), held[code], outcomes[code]) for code in sorted(names)],
        sum(turn.moves for turn in planned),
        _seen([(turn.application.reference, turn.status, turn.rank) for turn in planned]),
    )


@dataclass(frozen=True, slots=True)
class Publishing:
    """The notice that would hang, with its lines in the order in which it lists them."""

    draft: Draft
    seen: str

    @property
    def count(self) -> int:
        return len(self.draft.lines)


def publishing(campaign: Campaign, circular: Circular, *, from_day: date, calendar: WorkingCalendar) -> Publishing:
    """Raises SaidError where the circular lays down no length, or the calendar has no such year."""
    draft = studentaid.draft_notice(campaign, circular, from_day=from_day, calendar=calendar)
    lines = sorted(draft.lines, key=lambda line: (line.county, line.number))
    told = [(line.number, line.worker, line.fen) for line in lines]
    return Publishing(Draft(draft.notice, lines), _seen([draft.notice.first_day.isoformat(), *told]))


def _seen(told: Sequence[object]) -> str:
    return hashlib.sha256(repr(list(told)).encode()).hexdigest()[:24]
