"""Ask about graduates and openings: scoped by who asks; nothing is written here."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.circulars import queries as circulars
from huigong.circulars.models import Campaign
from huigong.employment import fitting
from huigong.employment.fitting import Fit
from huigong.employment.lifecycle import IN_HAND, ON_OFFER, TAKEN
from huigong.employment.models import (
    Employer,
    Graduate,
    Opening,
    Outcome,
    Proposal,
    Round,
    Service,
    StartUp,
    StatisticalReturn,
)
from huigong.employment.taking_part import engaged
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import scope_of, serves_all
from huigong.rules.circular import Indicator
from huigong.rules.employed import counts, shares


def graduates_for(officer: Officer) -> QuerySet[Graduate]:
    """The graduates of the federations and units in an officer's scope."""
    return Graduate.objects.filter(_seen_by(officer)).select_related("federation")


def _seen_by(officer: Officer) -> Q:
    """Whoever serves the top of the tree sees all, and asks for no tree; others by ids, so that no row joins it."""
    if serves_all(officer):
        return Q()
    told = list(scope_of(officer).values_list("pk", "kind"))
    homes = [pk for pk, kind in told if kind == Organisation.Kind.FEDERATION]
    mine = Q(federation=homes[0]) if len(homes) == 1 else Q(federation__in=homes)
    return mine if homes else Q(unit__in=[pk for pk, _ in told])


def graduate_for(officer: Officer, pk: UUID) -> Graduate | None:
    found = graduates_for(officer).select_related("household", "unit", "promise_owner")
    return found.filter(pk=pk).first()


def start_ups_for(officer: Officer) -> QuerySet[StartUp]:
    """The start-ups of graduates in an officer's scope."""
    return StartUp.objects.filter(graduate__in=Graduate.objects.filter(_seen_by(officer)))


def to_call(officer: Officer, *, today: date) -> QuerySet[Graduate]:
    """Whom to call today: zero-employment households first, then whoever waits longest."""
    mine = graduates_for(officer).filter(act_on__lte=today)
    return mine.order_by("-zero_employment", "act_on", "reference")


def openings_for(officer: Officer) -> QuerySet[Opening]:
    """What is offered below an officer's organisation, and above it: a county's graduates go to the city's employers."""
    above = officer.organisation.path.strip("/").split("/")
    seen = Q(federation__in=scope_of(officer)) | Q(federation__code__in=above)
    return Opening.objects.filter(seen).select_related("employer", "federation")


def on_offer(officer: Officer, *, today: date) -> QuerySet[Opening]:
    return openings_for(officer).filter(status=ON_OFFER, valid_until__gte=today)


def employers_for(officer: Officer) -> QuerySet[Employer]:
    """Employers are known to every office of the installation: an opening of one is no secret of another."""
    return Employer.objects.all() if officer.is_active else Employer.objects.none()


def suggestions(officer: Officer, graduate: Graduate, *, today: date, most: int = 3) -> list[Fit]:
    """The openings that fit best; where fewer fit than are asked for, those that miss by least follow."""
    offered = list(on_offer(officer, today=today))
    trainings = trainings_of(offered)
    fits = [fitting.fit(graduate, one, trainings) for one in offered if one.kind not in {"training", "fair"}]
    return sorted(fits, key=lambda one: (len(one.misses), -one.points, one.opening.reference))[:most]


def trainings_of(offered: Iterable[Opening]) -> list[Opening]:
    """Of what is on offer, the courses that teach a certificate."""
    return [one for one in offered if one.teaches]


def standing_outcome(graduate: Graduate) -> Outcome | None:
    return graduate.outcomes.filter(ended_on=None).select_related("employer").first()


def campaigns_for(officer: Officer) -> list[Campaign]:
    """Campaigns whose circular says what employment is to reach, the newest first."""
    found = circulars.campaigns_for(officer)
    return [one for one in found if any(indicators_of(one))]


def indicators_of(campaign: Campaign) -> list[Indicator]:
    """What the campaign's circular says that employment is to reach."""
    return [one.indicator for one in shares(circulars.circular_of(campaign), counts(()))]


def rounds_for(officer: Officer) -> QuerySet[Round]:
    return (
        Round.objects.filter(federation__in=scope_of(officer)).select_related("federation").order_by("-at", "-number")
    )


def proposals_of(made: Round) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(round=made).select_related("graduate", "opening__employer")
    return rows.order_by("-graduate__zero_employment", "-fit", "graduate__reference")


def returns_for(officer: Officer, campaign: Campaign) -> QuerySet[StatisticalReturn]:
    mine = StatisticalReturn.objects.filter(campaign=campaign, federation__in=scope_of(officer))
    return mine.select_related("federation", "campaign__version").defer("cases").order_by("-at", "-number")


def unplaced(made: Round) -> QuerySet[Graduate]:
    """Who took part in the last round and has no opening in it."""
    rows = Graduate.objects.filter(federation__path__startswith=made.federation.path, status__in=IN_HAND)
    rows = rows.exclude(pk__in=Proposal.objects.filter(round=made).values("graduate"))
    return rows.exclude(pk__in=engaged().values("graduate")).order_by("-zero_employment", "reference")


def left(opening: Opening) -> int:
    """Places that nobody was hired for; of a training, those that nobody has taken up."""
    return opening.places - (
        taken_up(opening).count()
        if opening.kind == Opening.Kind.TRAINING
        else Proposal.objects.filter(opening=opening, status=TAKEN).count()
    )


def taken_up(opening: Opening) -> QuerySet[Graduate]:
    """Who was sent to an opening by a service, each once: to a training, a fair, a traineeship."""
    return Graduate.objects.filter(pk__in=Service.objects.filter(opening=opening).values("graduate"))


def on_the_way(opening: Opening, officer: Officer) -> QuerySet[Graduate]:
    """Of those, the graduates in an officer's scope."""
    return taken_up(opening).filter(_seen_by(officer)).order_by("-zero_employment", "reference")


def hired_for(graduate: Graduate) -> Opening | None:
    """The opening that an employer took a graduate for, until an outcome is noted."""
    taken = Proposal.objects.filter(graduate=graduate, status=TAKEN).select_related("opening__employer")
    found = taken.order_by("-status_since").first()
    if found is None or graduate.outcomes.filter(at__gte=found.status_since).exists():
        return None
    return found.opening


def was_aided(graduate: Graduate, *, until: date) -> bool:
    """Whether the union did something for a graduate until a day: a service, or money for the start-up."""
    served = Service.objects.filter(graduate=graduate, on__lte=until)
    return served.exists() or StartUp.objects.filter(graduate=graduate, fen__gt=0).exists()
