"""Answer with clauses. One that is not upheld frees its case; one that is upheld leaves the hold to whoever takes the case back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.circulars.queries import circular_of
from huigong.grievances.actions.assigning import lift_unless_open
from huigong.grievances.columns import GRIEVANCE
from huigong.grievances.lifecycle import NEXT, NOT_UPHELD, UPHELD
from huigong.grievances.models import Grievance
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence

_LONGEST = 200
"""Signs that the clauses of an answer may take, as the column holds them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What whoever objected is told, and the clauses that it rests on."""

    words: str
    clauses: Sequence[str]


@transaction.atomic
def refuse(grievance: Grievance, answer: Answer, *, officer: Officer, at: datetime) -> Grievance:
    """It is not upheld: the case goes on, unless another objection to it is open. Raises SaidError as `uphold` does."""
    kept = _answer(grievance, answer, NOT_UPHELD, officer=officer, at=at)
    if kept.kind == Grievance.Kind.OBJECTION:
        lift_unless_open(kept.case_reference, officer=officer.username, at=at)
    return kept


@transaction.atomic
def uphold(grievance: Grievance, answer: Answer, *, officer: Officer, at: datetime) -> Grievance:
    """It is right. Raises SaidError for another than the one it was given to, without words, without a clause that exists."""
    return _answer(grievance, answer, UPHELD, officer=officer, at=at)


def _answer(grievance: Grievance, answer: Answer, to: str, *, officer: Officer, at: datetime) -> Grievance:
    kept = Grievance.objects.select_for_update(of=("self",)).select_related("campaign__version").get(pk=grievance.pk)
    _refuse(kept, answer, officer)
    cited = list(dict.fromkeys(answer.clauses))  # each once, in the order that was given
    kept.clauses, kept.answer = "、".join(cited), answer.words.strip()
    kept.answered_by, kept.answered_at = officer.username, at
    told = {"clauses": cited, "columns": GRIEVANCE.told(kept)}
    lifecycle.advance_all(
        [lifecycle.Move(kept, to, kept.number, "grievance.answered", told)],
        next_table=NEXT,
        officer=officer.username,
        at=at,
        also=("clauses", "answer", "answered_by", "answered_at"),
    )
    return kept


def _refuse(kept: Grievance, answer: Answer, officer: Officer) -> None:
    if kept.assigned_to != officer.username:
        raise SaidError(
            Sentence(
                "grievance_of_another",
                "这一件交给了别人办（或还没有交办），由承办人答复。",
                "It was given to somebody else, or to nobody yet: whoever it was given to answers.",
            )
        )
    known = {one.id for one in circular_of(kept.campaign).clauses if one.force == "rule"}
    unknown = [one for one in answer.clauses if one not in known]
    if not answer.clauses or unknown or not answer.words.strip():
        told = f"通知里没有这一条：{unknown[0][:20]}。" if unknown else ""
        raise SaidError(
            Sentence(
                "answer_without_clause",
                f"{told}答复要写明白，并引通知里的条款，例如 二(四)。",
                "An answer says why, and cites clauses of the circular.",
            )
        )
    if len("、".join(dict.fromkeys(answer.clauses))) > _LONGEST:
        raise SaidError(
            Sentence(
                "answer_of_too_many_clauses",
                "还没有答复：引的条款太多，写不下。请只引这一件依据的几条。",
                "Not answered: too many clauses to write down. Cite those that this one rests on.",
            )
        )
