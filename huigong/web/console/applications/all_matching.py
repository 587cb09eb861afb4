"""符合条件的全部: the unfinished cases of a list, sealed as they were counted, so that what is done is what was seen.

The seal holds the filters, how many cases they left and a digest of which. Another list of the same length is another
list: it is told, and nothing is done (decision 318).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.studentaid import queries
from huigong.studentaid.lifecycle import UNFINISHED
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.applications.filters import Asked, asked, narrowed, ordered

AT_MOST = 5000
_GOOD_FOR = timedelta(hours=8)
"""A sign-in lasts no longer."""


class ListChangedError(SaidError):
    """What matches now is not what the page counted."""


@dataclass(frozen=True, slots=True)
class Matching:
    """How many unfinished cases match, and their seal: empty where there are none, or more than are done at once."""

    count: int
    sealed: str

    @property
    def too_many(self) -> bool:
        return self.count > AT_MOST


def matching(officer: Officer, campaign: Campaign, wanted: Asked, counts: Mapping[str, int]) -> Matching:
    """`counts` are the list's own, by status: a list that is too long is not read."""
    told = (
        n for status, n in counts.items() if status in UNFINISHED and (not wanted.status or status in wanted.status)
    )
    count = sum(told)
    if not 0 < count <= AT_MOST:
        return Matching(count, "")
    seen = list(_found(officer, campaign, wanted).values_list("reference", flat=True))
    sealed = [wanted.query.removeprefix("?"), len(seen), _digest(seen)]
    return Matching(len(seen), signing.dumps(sealed, salt=_salt(officer, campaign)))


def sealed_cases(officer: Officer, campaign: Campaign, seal: str) -> list[Application]:
    """Exactly the cases that were counted, locked. Raises ListChangedError. To be called within a transaction."""
    try:
        query, count, digest = signing.loads(seal, salt=_salt(officer, campaign), max_age=_GOOD_FOR)
    except signing.BadSignature:
        raise ListChangedError(
            Sentence(
                "list_seal_over",
                "还没有办：这份名单放得太久了，请重新打开看一遍。",
                "Not done: this list was opened too long ago. Please open it again.",
            )
        ) from None
    found = _found(officer, campaign, asked(QueryDict(query)))
    keys = list(found.values_list("pk", flat=True)[: AT_MOST + 1])
    list(Application.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    cases = list(found[: AT_MOST + 1])
    if _digest(one.reference for one in cases) != digest:
        raise _changed(count, len(cases))
    return cases


def _found(officer: Officer, campaign: Campaign, wanted: Asked) -> QuerySet[Application]:
    mine = queries.applications_for(officer, campaign)
    return ordered(narrowed(mine, wanted), wanted).filter(status__in=UNFINISHED)


def _changed(before: int, now: int) -> ListChangedError:
    same = before == now
    return ListChangedError(
        Sentence(
            "list_changed",
            f"一件也没有办：符合条件的还是 {now} 件，但有的换了，请再看一遍。"
            if same
            else f"一件也没有办：您看到的是 {before} 件，现在符合条件的是 {now} 件，请再看一遍。",
            f"Nothing was done: {now} match as before, but not the same ones. Please look again."
            if same
            else f"Nothing was done: you saw {before}, and {now} match now. Please look again.",
            {"before": before, "now": now},
        )
    )


def _digest(references: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(references)).encode()).hexdigest()[:24]


def _salt(officer: Officer, campaign: Campaign) -> str:
    return f"all-that-match:{officer.username}:{campaign.code}"
