"""创业: a start-up has a plan; the union's money for it is a transfer of the ledger; its outcome counts like any other."""

from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.employment.columns import START_UP
from huigong.employment.models import Graduate, Outcome, StartUp
from huigong.employment.writing import locked
from huigong.ledger import actions as ledger
from huigong.organisations.hands import refuse_other_role, refuse_same_hands
from huigong.organisations.models import Appointment, Officer
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

SOURCE = "union_fund"
"""工会经费: earmarked fiscal money pays no start-up."""


@transaction.atomic
def plan_start_up(graduate: Graduate, project: str, plan: str, *, on: date, officer: str, at: datetime) -> StartUp:
    """The plan of a graduate's own business; there is one, and it may be written anew until money was given."""
    found = locked(graduate)
    if not project.strip() or not plan.strip():
        raise SaidError(
            Sentence("start_up_wordless", "请写项目的名称和计划。", "Write what the project is called and its plan.")
        )
    start_up = StartUp.objects.select_for_update().filter(graduate=found).first()
    if start_up and start_up.fen:
        raise SaidError(
            Sentence(
                "start_up_paid", "资金已经给了，计划不再改。", "Money was given: the plan is not changed any more."
            )
        )
    start_up = start_up or StartUp(graduate=found, data_key_id=found.data_key_id)
    if start_up.outcome_id is None:  # who opened before the plan was written runs under that outcome
        start_up.outcome = found.outcomes.filter(ended_on=None, kind=Outcome.Kind.SELF_EMPLOYED).first()
    start_up.project, start_up.plan, start_up.planned_on, start_up.by = (
        project.strip()[:80],
        plan.strip()[:2000],
        on,
        officer,
    )
    start_up.save()
    _tell("start_up.planned", start_up, officer=officer, at=at)
    return start_up


@transaction.atomic
def support_start_up(start_up: StartUp, *, fen: Fen, officer: Officer, at: datetime) -> None:
    """Money for the start-up, once, by an approver who did not write its plan."""
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    found = StartUp.objects.select_for_update(of=("self",)).select_related("graduate__federation").get(pk=start_up.pk)
    refuse_same_hands(officer, [found.by], what="写", what_en="wrote the plan of")
    if fen <= 0 or found.fen:
        raise SaidError(
            Sentence(
                "support_unfit",
                "金额要大于 0，一个项目给一次。",
                "The amount is more than nothing, and a project is given it once.",
            )
        )
    graduate = found.graduate
    federation = graduate.federation
    accounts = (f"fund:{SOURCE}:{federation.code}", f"startups:{federation.code}")
    by = officer.username
    for code, name, over in ((accounts[0], "工会经费", "yes"), (accounts[1], "创业扶持", "no")):
        ledger.open_account(code, name, federation=federation, may_be_overdrawn=over, officer=by, at=at)
    found.fen, found.transfer_reference = fen, f"{graduate.reference}:start_up:1:single"
    entry = ledger.Entry(found.transfer_reference, accounts[0], accounts[1], fen, "start_up")
    ledger.post(entry, officer=by, at=at)
    found.save(update_fields=["fen", "transfer_reference"])
    _tell("start_up.supported", found, officer=by, at=at)


def open_start_up(outcome: Outcome, *, officer: str, at: datetime) -> None:
    """The outcome under which a planned business runs; nothing where none was planned."""
    start_up = StartUp.objects.select_for_update().filter(graduate=outcome.graduate).first()
    if start_up is not None:
        start_up.outcome = outcome
        start_up.save(update_fields=["outcome"])
        _tell("start_up.opened", start_up, officer=officer, at=at)


def _tell(action: str, start_up: StartUp, *, officer: str, at: datetime) -> None:
    told = {"start_up": str(start_up.pk), "fen": start_up.fen, "columns": START_UP.told(start_up)}
    audit.record(action, subject=start_up.graduate.reference, officer=officer, at=at, payload=told)
