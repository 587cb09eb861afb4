"""Count graduates for the figures of a campaign: what stands alike is counted in one statement and asked once (rules.employed).

Who belongs to a campaign: graduates of its year, and earlier ones who were not settled when it began, as far back as the
place's rule goes. Counted as things stand now; as they stood on a day is what a frozen return is for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from huigong.circulars import parameters
from huigong.circulars.models import Campaign
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
    year = campaign.year
    earliest = date(year - years_back(place, on=campaign.first_day), 1, 1)
    before = date(year, 1, 1)
    settled_before = Outcome.objects.filter(
        graduate=OuterRef("pk"), kind__in=SETTLED, ended_on=None, on__lt=campaign.first_day, by_aid=False
    )
    this_year = Q(graduates_on__gte=before, graduates_on__lt=date(year + 1, 1, 1))
    earlier = Q(graduates_on__gte=earliest, graduates_on__lt=before) & ~Exists(settled_before)
    rows = Graduate.objects.filter(this_year | earlier)
    return rows if place.parent_id is None else rows.filter(federation__path__startswith=place.path)


def alike(rows: QuerySet[Graduate]) -> dict[UUID, Counter[Counted]]:
    """By federation, how many stand alike in all that a figure looks at."""
    found = dict[UUID, Counter[Counted]]()
    for line in rows.order_by().values("federation", *_COLUMNS).annotate(number=Count("*")):
        key, number = line.pop("federation"), line.pop("number")
        found.setdefault(key, Counter())[Counted(**line)] += number
    return found


def lines(campaign: Campaign, place: Organisation) -> list[Line]:
    """The figures of every office below a place that has graduates, in the order of codes."""
    by_office = alike(of_campaign(campaign, place))
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


def cases(rows: QuerySet[Graduate]) -> Iterator[tuple[str, str, Counted]]:
    """Every case with its office and what figures look at, in the order of references."""
    told = rows.order_by("reference").values_list("reference", "federation__code", *_COLUMNS)
    for reference, code, *values in told.iterator(chunk_size=5_000):
        yield reference, code, Counted(*values)
