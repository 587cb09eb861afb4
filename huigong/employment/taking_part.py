"""Who and what takes part in a round, and which of them are not brought together again."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from huigong.employment.lifecycle import DROPPED, IN_HAND, NOT_TAKEN, ON_OFFER, SENT, TAKEN, WAITS
from huigong.employment.models import Graduate, Opening, Outcome, Proposal
from huigong.organisations.models import Organisation

OFFERED = frozenset({"post", "traineeship", "internship", "public_post"})
"""Kinds that somebody can be proposed for; training and fairs are offered to everybody who needs them."""


def participants(federation: Organisation, *, today: date) -> tuple[list[Graduate], list[Opening], list[int]]:
    """Everybody in hand whom no employer has before them or took, and what is on offer with a place left; in a fixed order."""
    people = Graduate.objects.filter(federation__path__startswith=federation.path, status__in=IN_HAND)
    openings = Opening.objects.filter(
        federation__path__startswith=federation.path, status=ON_OFFER, valid_until__gte=today, kind__in=OFFERED
    )
    offered = list(openings.order_by("reference"))
    # What waits below is dropped when the round is made; another office's round keeps its places until it is decided.
    held = Q(status__in=(SENT, TAKEN)) | Q(status=WAITS) & ~Q(round__federation__path__startswith=federation.path)
    used = Counter(Proposal.objects.filter(held, opening__in=openings).values_list("opening", flat=True))
    free = [max(0, one.places - used[one.pk]) for one in offered]
    with_places = [(one, places) for one, places in zip(offered, free, strict=True) if places]
    chosen = people.exclude(pk__in=engaged().values("graduate")).order_by("reference")
    return list(chosen), [one for one, _ in with_places], [places for _, places in with_places]


def engaged(graduate: Graduate | None = None) -> QuerySet[Proposal]:
    """Proposals that an employer has before them, or took and no outcome was noted since: nobody is proposed beside them."""
    since = Outcome.objects.filter(graduate=OuterRef("graduate"), at__gte=OuterRef("status_since"))
    rows = Proposal.objects.filter(Q(status=SENT) | Q(Q(status=TAKEN), ~Exists(since)))
    return rows.filter(graduate=graduate) if graduate else rows


def apart(people: Sequence[Graduate], openings: Sequence[Opening]) -> list[tuple[int, int]]:
    """Pairs that an employer or an officer said no to, by their places in the lists: they are not proposed again."""
    who = {one.pk: place for place, one in enumerate(people)}
    what = {one.pk: place for place, one in enumerate(openings)}
    said_no = Proposal.objects.filter(opening__in=list(what), status__in=(NOT_TAKEN, DROPPED))
    pairs = said_no.values_list("graduate", "opening")
    return sorted({(who[one], what[other]) for one, other in pairs if one in who})
