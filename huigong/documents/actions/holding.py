"""法律保全: a paper or a file that somebody may still ask for is not erased, whatever its day; another person lets it go."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.documents.columns import LEGAL_HOLD
from huigong.documents.models import Document, LegalHold
from huigong.documents.queries import is_erased
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a paper or a file is kept back, and by which paper: a lawsuit, an audit, an inspection."""

    reason: str
    reference: str


@transaction.atomic
def keep_back(document: Document, ground: Ground, *, officer: str, at: datetime) -> LegalHold:
    """From now on it is not erased. Raises SaidError without reason and reference, and for one that was erased."""
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)  # as whoever erases it does
    if is_erased(locked):
        raise SaidError(
            Sentence(
                "hold_after_erasure",
                "这份材料已经到期销毁，没有什么可保全的。",
                "This paper was erased when its time was over: there is nothing left to keep back.",
            )
        )
    return _keep(LegalHold(document=document), ground, officer=officer, at=at)


@transaction.atomic
def keep_file_back(file_number: str, ground: Ground, *, officer: str, at: datetime) -> LegalHold:
    """From now on neither a household file nor a paper of it is erased. Raises SaidError without reason and reference.

    Whether the file is still there is known to the floor above, which holds it locked (`runs.erasing.keep_file_back`).
    """
    audit.take_turn()  # a paper of it is erased before, or finds the hold
    return _keep(LegalHold(file_number=file_number), ground, officer=officer, at=at)


@transaction.atomic
def let_go(hold: LegalHold, *, officer: str, at: datetime) -> None:
    """Raises SaidError for whoever set it, and where it was lifted before."""
    kept = LegalHold.objects.select_for_update(of=("self",)).select_related("document").get(pk=hold.pk)
    if kept.lifted_by or kept.set_by == officer:
        raise SaidError(
            Sentence(
                "hold_by_same_hand",
                "保全由另一个人解除；已经解除的不再解除。",
                "A legal hold is lifted by another person, once.",
            )
        )
    kept.lifted_by, kept.lifted_at = officer, at
    kept.save(update_fields=["lifted_by", "lifted_at"])
    _tell("document.let_go", kept, officer=officer, at=at)


def _keep(made: LegalHold, ground: Ground, *, officer: str, at: datetime) -> LegalHold:
    if not ground.reason.strip() or not ground.reference.strip():
        raise SaidError(
            Sentence(
                "hold_without_ground",
                "保全要写事由和依据的文号。",
                "A legal hold says why, and by which paper.",
            )
        )
    made.reason = whole(ground.reason, 200, "事由", "the reason")
    made.reference = whole(ground.reference, 60, "文号", "the paper's number")
    made.set_by, made.at = officer, at
    made.save(force_insert=True)
    _tell("document.kept_back", made, officer=officer, at=at)
    return made


def _tell(action: str, hold: LegalHold, *, officer: str, at: datetime) -> None:
    sha256 = hold.document.sha256 if hold.document else ""
    told = {"legal_hold": str(hold.pk), "sha256": sha256, "columns": LEGAL_HOLD.told(hold)}
    audit.record(action, subject=hold.subject, officer=officer, at=at, payload=told)
