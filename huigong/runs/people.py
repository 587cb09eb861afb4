"""Who acts in a run: officers by name and role, each another. Who cannot act is told, and the run stops before that step."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.organisations.models import Officer
from huigong.organisations.queries import officer_named
from huigong.runs import impossible
from huigong.runs.inputs import People
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Cast:
    """The officers of a run. Approver and releaser are both there, or neither acts; then `no_spenders` says why."""

    verifier: Officer | None
    approver: Officer | None
    releaser: Officer | None
    no_verifier: Sentence
    no_spenders: Sentence


def cast(people: People, campaign: Campaign, *, as_of: date, at: datetime) -> Cast:
    """Look up the named officers. A name that does not fit is no error: its step is not done."""
    verifier, no_verifier = _find(people.verified_by, "verifier", "--verified-by", campaign, at)
    approver, no_approver = _find(people.approved_by, "approver", "--approved-by", campaign, at)
    releaser, no_releaser = _find(people.released_by, "finance", "--released-by", campaign, at)
    missing = [said for said in (_no_minutes(people, as_of), no_approver, no_releaser) if said is not None]
    found = [one for one in (verifier, approver, releaser) if one is not None]
    if len({one.pk for one in found}) < len(found):
        missing.append(
            Sentence(
                "same_hands",
                "审核、审批、发放要是三个不同的人。",
                "Verification, approval and release have to be three different people.",
            )
        )
    if missing:
        approver = releaser = None
    return Cast(
        verifier,
        approver,
        releaser,
        no_verifier or Sentence("verified", "", ""),
        Sentence(
            "not_approved",
            f"停在审批前：{''.join(said.zh for said in missing)}",
            f"Stopped before approval: {' '.join(said.en for said in missing)}",
        ),
    )


def _find(
    name: str, role: str, option: str, campaign: Campaign, at: datetime
) -> tuple[Officer | None, Sentence | None]:
    if not name:
        return None, Sentence("nobody_named", f"没有写 {option}。", f"{option} names nobody.")
    try:
        return officer_named(name, role=role, within=campaign.federation, on=timezone.localdate(at)), None
    except SaidError as error:
        return None, error.sentence


def _no_minutes(people: People, as_of: date) -> Sentence | None:
    if people.decision:
        return impossible.of_minutes(people.decision, as_of=as_of)
    return Sentence(
        "no_minutes",
        "没有集体研究的纪要号和日期（--decision）。",
        "There are no minutes of a collective decision (--decision).",
    )
