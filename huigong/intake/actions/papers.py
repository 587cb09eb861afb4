"""Note which papers came, for a row or for a whole form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.intake.columns import PAPER
from huigong.intake.models import Paper


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the table of papers; row 0 is the stamped sheet of the whole form."""

    form_name: str
    row_number: int
    kind: str
    original_seen: bool
    copy_kept: bool
    seen_by: str
    seen_on: date | None
    line: int = 0
    """Where it stands in its table; 0 for what was noted by hand."""


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Papers as their digest takes them."""
    return sorted(papers, key=lambda paper: (paper.form_name, paper.row_number, paper.kind))


@transaction.atomic
def note_papers(campaign: Campaign, lines: Iterable[PaperLine], *, officer: str, at: datetime) -> int:
    """Write lines that are new and correct those that changed; returns how many. The same table changes nothing."""
    known = {
        (paper.form_name, paper.row_number, paper.kind): paper for paper in Paper.objects.filter(campaign=campaign)
    }
    fresh, changed = [], []
    for line in lines:
        key = (line.form_name, line.row_number, line.kind)
        values = (line.original_seen, line.copy_kept, line.seen_by, line.seen_on)
        paper = known.get(key)
        if paper is None:
            paper = Paper(campaign=campaign, form_name=key[0], row_number=key[1], kind=key[2])
            fresh.append(paper)
            known[key] = paper
        elif (paper.original_seen, paper.copy_kept, paper.seen_by, paper.seen_on) == values:
            continue
        elif paper not in fresh:
            changed.append(paper)
        paper.original_seen, paper.copy_kept, paper.seen_by, paper.seen_on = values
    Paper.objects.bulk_create(fresh, batch_size=400)
    Paper.objects.bulk_update(changed, ["original_seen", "copy_kept", "seen_by", "seen_on"], batch_size=200)
    if fresh or changed:
        # One digest over all papers of the campaign: a table of papers says nothing of a single one.
        told = {"papers": len(fresh), "changed": len(changed), "columns": PAPER.told(*in_order(known.values()))}
        audit.record("papers.noted", subject=campaign.code, officer=officer, at=at, payload=told)
    return len(fresh) + len(changed)
