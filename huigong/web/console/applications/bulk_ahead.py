"""What verifying in bulk would do: the cases of a list that are all green as they stand now, their money, and the places after."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from huigong.casework import queries as casework
from huigong.casework.sampling import drawn
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.models import Officer
from huigong.quotas import queries as quotas
from huigong.rules.circular import Circular
from huigong.rules.deciding import decide_all
from huigong.rules.sentences import NOT_MET
from huigong.runs.steps import Progress, quiet
from huigong.studentaid import actions, queries
from huigong.studentaid.actions.decide import Gathered
from huigong.studentaid.cases import Surroundings, surroundings
from huigong.studentaid.lifecycle import ELIGIBLE
from huigong.studentaid.models import Application
from huigong.web.console.applications.filters import Asked, narrowed, ordered

AT_A_TIME = 400
_DRAWN = 3


@dataclass(frozen=True, slots=True)
class Places:
    """One federation: its places, how many are held, and how many of the bulk stand for those that are left."""

    name: str
    places: int
    held: int
    here: int
    fen: int

    @property
    def after(self) -> int:
        return self.places - self.held - self.here

    @property
    def beyond(self) -> int:
        return max(0, -self.after)


@dataclass(frozen=True, slots=True)
class Bulk:
    """The all-green cases, each with the digest of its facts; `aside` counts the others that wait, by why they stay out."""

    cases: Sequence[Application]
    digests: dict[str, str]
    federations: Sequence[Places]
    aside: Counter[str]

    @property
    def count(self) -> int:
        return len(self.cases)

    @property
    def fen(self) -> int:
        return sum(one.fen for one in self.federations)

    @property
    def seen(self) -> str:
        return hashlib.sha256(repr(sorted(self.digests.items())).encode()).hexdigest()[:24]

    @property
    def drawn(self) -> dict[str, str]:
        """Three to open first, by a digest of what was seen: nobody chooses them, and an auditor draws the same."""
        return {one: self.digests[one] for one in drawn(self.digests, seed=self.seen, size=_DRAWN)}


def bulk_of(officer: Officer, campaign: Campaign, asked: Asked, *, at: datetime, progress: Progress = quiet) -> Bulk:
    """Gathers the facts of the eligible, unverified cases of a list as they stand now. Nothing is written."""
    rows = ordered(narrowed(queries.applications_for(officer, campaign), asked), asked).filter(status=ELIGIBLE)
    wanted = list(rows.filter(Q(verified_by="") | ~Q(verified_digest=F("facts_digest"))).values_list("pk", flat=True))
    circular, around = circular_of(campaign), surroundings(campaign)
    cases: list[Application] = []
    aside: Counter[str] = Counter()
    for start in range(0, len(wanted), AT_A_TIME):
        found = parted(wanted[start : start + AT_A_TIME])
        stays_out = _stays_out(found, officer, at)
        for one, why in _sorted_out(actions.gather(found, around), circular):
            if why or one.reference in stays_out:
                aside[why or stays_out[one.reference]] += 1
            else:
                cases.append(one)
        progress("looking", min(start + AT_A_TIME, len(wanted)), len(wanted))
    digests = {one.reference: one.facts_digest for one in cases}
    return Bulk(cases, digests, _places(campaign, circular, cases), aside)


def parted(wanted: Sequence[UUID]) -> list[Application]:
    """Some of the cases, with what gathering their facts reads."""
    own = Application.objects.filter(pk__in=wanted).select_related("campaign", "federation", "household")
    return list(own.defer("household__imported").order_by("reference"))


def _stays_out(found: Sequence[Application], officer: Officer, at: datetime) -> dict[str, str]:
    """Why a colleague's work keeps a case out, whatever the rules say of it: in hand, asked to supply, in doubt at the desk."""
    references = [one.reference for one in found]
    held = casework.locked_by_others(references, officer=officer, at=at)
    told, doubted = (
        casework.unanswered(references),
        casework.against({one.reference: one.facts_digest for one in found}),
    )
    return dict.fromkeys(held, "locked") | dict.fromkeys(told, "told") | dict.fromkeys(doubted, "doubted")


def _sorted_out(gathered: Sequence[Gathered], circular: Circular) -> Iterable[tuple[Application, str]]:
    """Each case with why it is not all green; nothing where it is. What its page shows is what stands now, or it is not.

    A look that nobody can have (no card on the form to compare) keeps no case out; one that found a difference does.
    """
    answers = decide_all(circular, [one.facts for one in gathered])
    for one, answer in zip(gathered, answers, strict=True):
        if one.digest != one.application.facts_digest:
            yield one.application, "changed"
        elif answer.verdict != ELIGIBLE or any(finding.outcome == NOT_MET for finding in answer.findings):
            yield one.application, "open"
        else:
            yield one.application, ""


def again(cases: Sequence[Application], around: Surroundings, digests: dict[str, str]) -> tuple[list[Gathered], bool]:
    """The same cases gathered anew under their locks, and whether they are what was seen."""
    keys = [one.pk for one in cases]
    list(Application.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    gathered = actions.gather(parted(keys), around)
    return gathered, {one.application.reference: one.digest for one in gathered} == digests


def _places(campaign: Campaign, circular: Circular, cases: Sequence[Application]) -> list[Places]:
    """The federations whose places the bulk draws on."""
    source = circular.quota.fund_source if circular.quota else ""
    places, held = quotas.places_of(campaign, fund_source=source), queries.places_used(campaign)
    own: dict[str, list[Application]] = {}
    for one in cases:
        own.setdefault(one.federation.code, []).append(one)
    return [
        Places(
            rows[0].federation.name,
            places.get(code, 0),
            held[code],
            len(rows),
            sum(one.amount_fen or 0 for one in rows),
        )
        for code, rows in sorted(own.items())
    ]
