"""Ask the books: balances and the trial balance, now or as of a moment, pending and posted apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from huigong.ledger.models import Account, Transfer

RECOVERED_PART = "recovered"
"""The code of a transfer by which a part of what was paid goes back to its fund (decision 457)."""


@dataclass(frozen=True, slots=True)
class Balance:
    """Fen of one account: what was posted in and out, and what still pends in and out."""

    code: str
    name: str
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int

    @property
    def posted(self) -> int:
        """What stands on the account: credits less debits that are final."""
        return self.credits_posted - self.debits_posted

    @property
    def available(self) -> int:
        """What may still be spent: posted less what pends out."""
        return self.posted - self.debits_pending


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One transfer as reports show it."""

    reference: str
    kind: str
    debit: str
    credit: str
    fen: int
    code: str
    at: datetime
    of: str


def trial_balance(*, at: datetime | None = None) -> list[Balance]:
    """Every account with its sums; the debit and credit columns of the list are equal, pending and posted alike."""
    rows = _as_of(at)
    (out, into), (pends_out, pends_in) = _sums(rows.filter(_final())), _sums(_open(rows))
    return [
        Balance(one.code, one.name, out[one.id], into[one.id], pends_out[one.id], pends_in[one.id])
        for one in Account.objects.all()
    ]


def balance(code: str, *, at: datetime | None = None) -> Balance:
    """One account by its code, now or as of a moment, without looking at the others. Raises Account.DoesNotExist."""
    return balance_of(Account.objects.get(code=code), at=at)


def balance_of(account: Account, *, at: datetime | None = None) -> Balance:
    """The same of an account at hand: what an overdraft check asks under its lock."""
    mine = _as_of(at).filter(Q(debit=account) | Q(credit=account))
    posted, pending = _sums(mine.filter(_final())), _sums(_open(mine))
    sides = [sums[account.id] for pair in (posted, pending) for sums in pair]
    return Balance(account.code, account.name, sides[0], sides[1], sides[2], sides[3])


def transfers(*, at: datetime | None = None) -> list[TransferLine]:
    """Every transfer in the order of its reference, now or as of a moment."""
    return _lines(_as_of(at).order_by("reference"))


def named(references: Sequence[str]) -> dict[str, TransferLine]:
    """The transfers of these references."""
    parts = (references[start : start + 500] for start in range(0, len(references), 500))
    return {line.reference: line for part in parts for line in _lines(Transfer.objects.filter(reference__in=part))}


def starting(prefix: str) -> list[TransferLine]:
    """The transfers whose reference begins so."""
    return _lines(Transfer.objects.filter(reference__startswith=prefix).order_by("at", "reference"))


def _lines(rows: QuerySet[Transfer]) -> list[TransferLine]:
    return [
        TransferLine(
            row.reference,
            row.kind,
            row.debit.code,
            row.credit.code,
            row.fen,
            row.code,
            row.at,
            row.of.reference if row.of else "",
        )
        for row in rows.select_related("debit", "credit", "of")
    ]


def accounts() -> QuerySet[Account]:
    """Every account as it was opened."""
    return Account.objects.all()


def references(*, prefix: str = "") -> set[str]:
    return set(Transfer.objects.filter(reference__startswith=prefix).values_list("reference", flat=True))


def _as_of(at: datetime | None) -> QuerySet[Transfer]:
    return Transfer.objects.all() if at is None else Transfer.objects.filter(at__lte=at)


def _final() -> Q:
    return Q(kind__in=(Transfer.Kind.SINGLE, Transfer.Kind.POST, Transfer.Kind.REVERSAL))


def _open(rows: QuerySet[Transfer]) -> QuerySet[Transfer]:
    """Pending transfers that no post or void of the same rows has settled."""
    settled = rows.filter(kind__in=(Transfer.Kind.POST, Transfer.Kind.VOID)).values("of")
    return rows.filter(kind=Transfer.Kind.PENDING).exclude(id__in=settled)


def _sums(rows: QuerySet[Transfer]) -> tuple[Counter[UUID], Counter[UUID]]:
    """Fen out of each account and into each, in one question."""
    out, into = Counter[UUID](), Counter[UUID]()
    for debit, credit, fen in rows.values_list("debit", "credit").annotate(Sum("fen")).order_by():
        out[debit] += fen
        into[credit] += fen
    return out, into
