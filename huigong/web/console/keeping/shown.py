"""Legal holds, what is over and what stands in its way, as the page shows them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.documents.actions import Kept
from huigong.documents.models import Document, Erasure, LegalHold
from huigong.documents.queries import standing_holds
from huigong.figures.retention import ENGLISH, files_over, papers_for, vouchers_over
from huigong.organisations.models import Officer
from huigong.registry.lifecycle import ERASED
from huigong.registry.models import FileEntry, Household
from huigong.registry.queries import households_for
from huigong.web.console import words
from huigong.web.console.words import said

MOST = 50
_LAST = 20


@dataclass(frozen=True, slots=True)
class HoldShown:
    """A legal hold; `mine`: whoever reads set it, and another person lifts it."""

    one: LegalHold
    what: str
    file: Household | None
    who: str
    lifted_by: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Over:
    """A file whose time is over: its papers that go with it, and the holds that stand in the way."""

    file: Household
    papers: int
    against: Sequence[LegalHold]


@dataclass(frozen=True, slots=True)
class PaperOver:
    paper: Document
    rule: str
    until: date | None
    against: Sequence[LegalHold]


@dataclass(frozen=True, slots=True)
class Gone:
    """What was erased: a file by its number, a paper by its name and digest."""

    what: str
    rule: str
    at: datetime
    who: str


def holds_for(officer: Officer) -> QuerySet[LegalHold]:
    """The legal holds on files and papers in an officer's scope, those that were lifted too."""
    papers, files = papers_for(officer), households_for(officer)
    mine = Q(document__in=papers.values("pk")) | Q(file_number__in=files.order_by().values("file_number"))
    return LegalHold.objects.filter(mine).select_related("document").order_by("-at")


def standing_shown(officer: Officer) -> list[HoldShown]:
    return _shown(holds_for(officer).filter(lifted_by="")[:MOST], officer)


def lifted_shown(officer: Officer) -> list[HoldShown]:
    return _shown(holds_for(officer).exclude(lifted_by="").order_by("-lifted_at")[:_LAST], officer)


def files_shown(officer: Officer, *, today: date) -> list[Over]:
    """The files that were over first, each with what keeps it or a paper of it back; the page of one file looks at all."""
    files = list(files_over(officer, today=today)[:MOST])
    papers = defaultdict[UUID, set[UUID]](set)
    kept = FileEntry.objects.filter(household__in=files, paper__isnull=False, paper__erasure=None)
    for file, paper in kept.values_list("household", "paper"):
        papers[file].add(paper)
    numbers, everything = [one.file_number for one in files], set[UUID]().union(*papers.values())
    holds = LegalHold.objects.filter(Q(file_number__in=numbers) | Q(document__in=everything), lifted_by="")
    against = list(holds)
    return [
        Over(
            one,
            len(papers[one.pk]),
            [hold for hold in against if hold.file_number == one.file_number or hold.document_id in papers[one.pk]],
        )
        for one in files
    ]


def papers_shown(officer: Officer, *, today: date) -> list[PaperOver]:
    return [_paper(one, kept) for one, kept in vouchers_over(officer, today=today, most=MOST)]


def gone_shown(officer: Officer) -> list[Gone]:
    """What was erased last in the officer's scope: files, and papers of them and of campaigns."""
    files = households_for(officer).filter(status=ERASED).order_by("-status_since")[:_LAST]
    erased = Erasure.objects.filter(document__in=papers_for(officer, erased=True).values("pk"))
    papers = erased.select_related("document").order_by("-at")[:_LAST]
    names = words.people(one.erased_by for one in papers)
    gone = [Gone(one.file_number, said("档案到期", "file over"), one.status_since, "") for one in files]
    gone += [
        Gone(f"{one.document.name} {one.document.sha256[:12]}", rule_said(one.rule), one.at, names[one.erased_by])
        for one in papers
    ]
    return sorted(gone, key=lambda one: one.at, reverse=True)[:_LAST]


def rule_said(rule: str) -> str:
    return said(rule, ENGLISH.get(rule, rule))


def _paper(paper: Document, kept: Kept) -> PaperOver:
    return PaperOver(paper, rule_said(kept.rule), kept.until, list(standing_holds(paper, kept.files)))


def _shown(holds: Iterable[LegalHold], officer: Officer) -> list[HoldShown]:
    found = list(holds)
    numbers = {one.file_number for one in found} - {""}
    files = {one.file_number: one for one in households_for(officer).filter(file_number__in=numbers)}
    names = words.people({one.set_by for one in found} | {one.lifted_by for one in found if one.lifted_by})
    return [
        HoldShown(
            one,
            one.file_number or (one.document.name if one.document else ""),
            files.get(one.file_number),
            names[one.set_by],
            names.get(one.lifted_by, ""),
            one.set_by == officer.username,
        )
        for one in found
    ]
