"""The whole way in one call: a folder in, a finished campaign out. What needs a person, a paper or a date stops it.

Every step is a committed transaction (or one a form), so a run that was killed goes on where it stood; a run over a
finished campaign changes nothing and writes the same files.
"""

from dataclasses import dataclass
from datetime import date, datetime

from huigong.circulars.calendar import working_calendar
from huigong.circulars.models import Campaign
from huigong.figures.standing import SkippedFile, Standing
from huigong.intake import actions as intake
from huigong.rules.circular import Circular
from huigong.runs import founding, paper_lines, reach, settling, steps, stops, tables
from huigong.runs.inputs import SYSTEM, Inputs
from huigong.runs.people import Cast, cast
from huigong.runs.steps import Progress, quiet
from huigong.runs.stops import StopError
from huigong.studentaid import actions as studentaid
from huigong.studentaid import queries as cases
from huigong.studentaid.actions import CollectiveDecision
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE
from huigong.values.sentence import Sentence


@dataclass(frozen=True)
class Finished:
    """A run's end: how the campaign stands, where the run stopped (None: it went all the way) and why."""

    standing: Standing
    stopped_at: str | None
    why: Sentence | None


def run(inputs: Inputs, *, at: datetime, progress: Progress = quiet) -> Finished:
    """Do the whole way. Raises SaidError where the input is wrong or contradicts a campaign that exists."""
    circular = founding.load(inputs)
    campaign = founding.found(inputs, circular, at=at)
    skipped, remarks = _take_in(inputs, campaign, at=at, progress=progress)
    people = cast(inputs.people, campaign, as_of=inputs.days.as_of, at=at)
    stopped: StopError | None = None
    try:
        _carry(inputs, campaign, circular, people, at=at, progress=progress)
    except StopError as stop:
        stopped = stop
    remarks += reach.left_alone(campaign, people, on=inputs.days.as_of)
    standing = Standing(campaign, tuple(skipped), tuple(remarks))
    return Finished(standing, stopped.at if stopped else None, stopped.sentence if stopped else None)


def _take_in(
    inputs: Inputs, campaign: Campaign, *, at: datetime, progress: Progress
) -> tuple[list[SkippedFile], list[Sentence]]:
    """Forms, papers, cases, settlements; returns the files that gave no form and the remarks about lines of tables."""
    remarks: list[Sentence] = []
    skipped = steps.receive(
        campaign,
        inputs.forms,
        here=founding.desk_of(inputs, campaign),
        received_on=inputs.days.received,
        workers=inputs.workers,
        officer=SYSTEM,
        at=at,
        progress=progress,
    )
    if inputs.papers is not None:
        read = tables.papers(inputs.papers)
        found = paper_lines.sort_out(campaign, read, table=inputs.papers.name, folder=inputs.forms)
        intake.note_papers(campaign, found.lines, officer=SYSTEM, at=at)
        remarks = found.remarks
    steps.submit(campaign, officer=SYSTEM, at=at, progress=progress)
    if inputs.settlements is not None:
        settling.settle(campaign, tables.settlements(inputs.settlements), at=at)
    return skipped, remarks


def _carry(
    inputs: Inputs, campaign: Campaign, circular: Circular, people: Cast, *, at: datetime, progress: Progress
) -> None:
    """From the decision to the bank; raises StopError where something is missing."""
    steps.decide(campaign, verifier=people.verifier, officer=SYSTEM, at=at, progress=progress)
    if people.verifier is None:
        raise StopError("verification", people.no_verifier)
    stops.stop_without_supplement(circular)
    studentaid.share(campaign, circular, officer=SYSTEM, at=at)
    stops.stop_without_places(inputs, campaign)
    _publish(campaign, circular, as_of=inputs.days.as_of, at=at)
    past_notice = cases.past_notice(campaign, on=inputs.days.as_of)
    if not past_notice and cases.number_of(campaign, ON_NOTICE) and not cases.number_of(campaign, APPROVED):
        raise stops.in_window(campaign)
    _spend(inputs, campaign, circular, people, at=at)
    if cases.number_of(campaign, ON_NOTICE) and cases.in_window(campaign, on=inputs.days.as_of):
        raise stops.in_window(campaign)


def _publish(campaign: Campaign, circular: Circular, *, as_of: date, at: datetime) -> None:
    """The campaign's notice begins on its own day; a later one, over who was placed since, cannot begin before today."""
    if campaign.notice_from is None:
        raise stops.no_notice_day()
    first = campaign.notice_from
    if campaign.public_notices.exists():
        first = max(first, as_of)
    studentaid.publish(campaign, circular, from_day=first, calendar=working_calendar(), officer=SYSTEM, at=at)


def _spend(inputs: Inputs, campaign: Campaign, circular: Circular, people: Cast, *, at: datetime) -> None:
    """Approve what is past its notice, and release it: three people, each another."""
    as_of = inputs.days.as_of
    if not cases.past_notice(campaign, on=as_of) and not cases.number_of(campaign, APPROVED):
        return
    if people.approver is None or people.releaser is None:
        raise StopError("approval", people.no_spenders)
    studentaid.approve(
        campaign, circular, CollectiveDecision(inputs.people.decision), officer=people.approver, on=as_of, at=at
    )
    studentaid.release(campaign, circular, officer=people.releaser, on=as_of, at=at)
    if left := reach.unapproved(campaign, people, on=as_of):
        raise StopError("approval", left)
