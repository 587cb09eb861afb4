"""到期销毁: once its time is over and nobody keeps it back, a paper's key and its file go; the row, the digest and the event stay."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.documents import storage
from huigong.documents.columns import ERASURE
from huigong.documents.models import Document, Erasure
from huigong.documents.queries import standing_holds
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a paper is kept and by which rule. `until` is None where its time has not begun, or no rule is known.

    `files`: the household files that it belongs to, which a legal hold may keep back with all their papers.
    """

    rule: str
    until: date | None
    rule_en: str = ""
    files: tuple[str, ...] = ()


@transaction.atomic
def erase(document: Document, kept: Kept, *, officer: str, at: datetime) -> Erasure:
    """Raises SaidError under a legal hold, before its day, without a rule, and twice."""
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    audit.take_turn()  # a legal hold on its file, which locks no paper, is there or waits
    refuse(locked, kept, today=timezone.localdate(at))
    made = Erasure(document=locked, rule=kept.rule, erased_by=officer, at=at)
    made.save(force_insert=True)
    told = {"erasure": str(made.pk), "sha256": locked.sha256, "columns": ERASURE.told(made)}
    audit.record("document.erased", subject=str(locked.pk), officer=officer, at=at, payload=told)
    vault.shred(locked.data_key_id)
    # A file whose key is gone is noise; it is taken away only once nothing can bring its row's erasure back.
    transaction.on_commit(lambda: storage.path_of(locked).unlink(missing_ok=True))
    return made


def refuse(document: Document, kept: Kept, *, today: date) -> None:
    """Raises SaidError with what keeps a paper: erased already, a legal hold, a time that is not over."""
    if Erasure.objects.filter(document=document).exists():
        raise SaidError(Sentence("erased_already", "这份材料已经销毁。", "This paper was erased already."))
    if hold := standing_holds(document, kept.files).first():
        raise SaidError(
            Sentence(
                "kept_back",
                f"这份材料在保全（{hold.reference}：{hold.reason}），不能销毁；要先由另一个人解除保全。",
                f"A legal hold ({hold.reference}: {hold.reason}) keeps this paper: another person lifts it first.",
            )
        )
    if kept.until is None or today <= kept.until:
        until = kept.until or "没有定日子"
        raise SaidError(
            Sentence(
                "time_not_over",
                f"保存期没有满（{kept.rule}，到 {until}），不能销毁。",
                f"Its time is not over ({kept.rule_en or kept.rule}, until {kept.until or 'no day is known'}): it is not erased.",
            )
        )
