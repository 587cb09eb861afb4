"""Count graduates for the figures of a campaign: what stands alike is counted in one statement and asked once (rules.employed).

Who belongs to a campaign: graduates of its year, and earlier ones who were not settled when it began, as far back as the
place's rule goes. Pages count as things stand now; a return of an earlier day leaves out what came after it (freezing).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huigong.circulars import parameters
from huigong.circulars.models import Campaign
from huigong.employment.evidence import proves
from huigong.employment.kept_names import Values
from huigong.employment.models import Graduate, Outcome
from huigong.organisations.models import Organisation
from huigong.rules.employed import SETTLED, Counted, counts, groups_of

YEARS_BACK = 2
"""择业期: where a place has set nothing, graduates of two earlier years count (decision 600)."""
_COLUMNS = ("zero_employment", "needs_help", "outcome", "by_aid", "proven")


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one office, and of those services that go with them."""

    federation: Organisation
    counted: Mapping[str, int]
    alike: Counter[Counted]


def years_back(place: Organisation, *, on: date) -> int:
    found = parameters.standing("graduate_years", place, on=on)
    return found.value if found else YEARS_BACK


def of_campaign(campaign: Campaign, place: Organisation) -> QuerySet[Graduate]:
    """Everybody below a place who belongs to the campaign."""
    this_year, earlier = _belongs(campaign, place)
    return _below(place).filter(this_year | earlier)


def halves(campaign: Campaign, place: Organisation) -> list[QuerySet[Graduate]]:
    """The same people, those of the year and the earlier ones apart, who are asked one question more.

    Within an OR that question is asked row by row, on one core.
    """
    rows = _below(place)
    return [rows.filter(half) for half in _belongs(campaign, place)]


def _belongs(campaign: Campaign, place: Organisation) -> tuple[Q, Q]:
    """Graduates of the year, and earlier ones who were not settled when it began."""
    year = campaign.year
    earliest = date(year - years_back(place, on=campaign.first_day), 1, 1)
    before = date(year, 1, 1)
    settled_before = Outcome.objects.filter(
        graduate=OuterRef("pk"), kind__in=SETTLED, ended_on=None, on__lt=campaign.first_day
    )
    this_year = Q(graduates_on__gte=before, graduates_on__lt=date(year + 1, 1, 1))
    earlier = Q(graduates_on__gte=earliest, graduates_on__lt=before) & Q(~Exists(settled_before))
    return this_year, earlier


def _below(place: Organisation) -> QuerySet[Graduate]:
    """Of the whole tree all, else by the federations' own ids, so that an index leads to them and no row joins the tree."""
    if place.parent_id is None:
        return Graduate.objects.all()
    kind = Organisation.Kind.FEDERATION
    homes = list(Organisation.objects.filter(path__startswith=place.path, kind=kind).values_list("pk", flat=True))
    return (
        Graduate.objects.filter(federation=homes[0])
        if len(homes) == 1
        else Graduate.objects.filter(federation__in=homes)
    )


def alike(rows: QuerySet[Graduate]) -> dict[UUID, Counter[Counted]]:
    """By federation, how many stand alike in all that a figure looks at."""
    found = dict[UUID, Counter[Counted]]()
    for line in rows.order_by().values_list("federation", *_COLUMNS).annotate(number=Count("*")):
        found.setdefault(line[0], Counter())[Counted(*line[1:-1])] += line[-1]
    return found


def lines(campaign: Campaign, place: Organisation) -> list[Line]:
    """The figures of every office below a place that has graduates, in the order of codes."""
    by_office = dict[UUID, Counter[Counted]]()
    for half in halves(campaign, place):
        for key, found in alike(half).items():
            by_office.setdefault(key, Counter()).update(found)
    offices = Organisation.objects.filter(pk__in=by_office).order_by("code")
    return [Line(one, counts(by_office[one.pk].items()), by_office[one.pk]) for one in offices]


def together(those: Sequence[Line]) -> dict[str, int]:
    total = Counter[str]()
    for line in those:
        total.update(line.counted)
    return {**counts(()), **total}


def named(
    rows: QuerySet[Graduate], group: str, *, but: str = "", among: Iterable[Counted] | None = None
) -> QuerySet[Graduate]:
    """The people behind a number: those who stand in a group, but for those who stand in another one.

    The same question as the number, asked of each combination; `among` are the combinations where they are known already.
    """
    known = among if among is not None else (Counted(**line) for line in rows.order_by().values(*_COLUMNS).distinct())
    wanted = Q(pk__in=())
    for one in known:
        groups = groups_of(one)
        if group in groups and but not in groups:
            wanted |= Q(**{name: getattr(one, name) for name in _COLUMNS})
    return rows.filter(wanted)


def cases(rows: QuerySet[Graduate]) -> Iterator[tuple[str, str, str, Values]]:
    """Every case with its office, its status and what figures look at, as the rows lie: an order would sort a province."""
    told = rows.order_by().values_list("reference", "federation__code", "status", *_COLUMNS)
    for row in told.iterator(chunk_size=5_000):
        yield row[0], row[1], row[2], row[3:]


def stood_otherwise(rows: QuerySet[Graduate], *, on: date) -> dict[str, tuple[str, bool, bool]]:
    """Whose outcome or evidence changed after a day: outcome, by aid and proven as they stood on it, by case."""
    later = Q(on__gt=on) | Q(ended_on__gt=on) | Q(evidence_on__gt=on)
    moved = Outcome.objects.filter(later, graduate__in=rows.order_by()).values("graduate")
    changed = Outcome.objects.filter(graduate__in=moved).order_by("graduate", "number").select_related("graduate")
    found = dict[str, tuple[str, bool, bool]]()
    for one in changed:
        found.setdefault(one.graduate.reference, ("", False, False))
        if one.on <= on and (one.ended_on is None or one.ended_on > on):
            shown = proves(one.kind, one.evidence) and one.evidence_on is not None and one.evidence_on <= on
            found[one.graduate.reference] = (one.kind, one.by_aid, shown)
    return found
