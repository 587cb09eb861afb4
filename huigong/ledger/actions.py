"""Post transfers: the one writer of money. A reference that was posted already is not posted again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.ledger.columns import ACCOUNT
from huigong.ledger.models import Account, Transfer
from huigong.ledger.queries import balance_of
from huigong.organisations.models import Organisation
from huigong.values import money
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """A transfer to be, by account codes. `of` is the reference of the transfer that a post, void or reversal settles."""

    reference: str
    debit: str
    credit: str
    fen: Fen
    code: str
    kind: str = "single"
    of: str = ""


class RefusedTransferError(SaidError):
    """An overdraft, an unknown account, a second settlement, or a reference that was used for something else."""


@transaction.atomic
def open_account(
    code: str, name: str, *, federation: Organisation, may_be_overdrawn: str = "no", officer: str, at: datetime
) -> None:
    """The account of that code, opened where it is new. `may_be_overdrawn` is `yes` for where money comes from."""
    account, new = Account.objects.get_or_create(
        code=code, defaults={"name": name, "federation": federation, "may_be_overdrawn": may_be_overdrawn == "yes"}
    )
    if new:
        told = {"overdraft": may_be_overdrawn, "columns": ACCOUNT.told(account)}
        audit.record("account.opened", subject=code, officer=officer, at=at, payload=told)


def post(entry: Entry, *, officer: str, at: datetime) -> None:
    """Post one transfer; see post_all."""
    post_all([entry], officer=officer, at=at)


@transaction.atomic
def post_all(entries: Sequence[Entry], *, officer: str, at: datetime) -> int:
    """Post many transfers under a lock on their accounts; returns how many are new.

    The same reference with the same content was done already and is left alone; with other content it is refused, as is
    an overdraft. Raises RefusedTransferError; then nothing of the call is posted.
    """
    wanted = {entry.reference: entry for entry in entries}
    assert len(wanted) == len(entries), "a call names a reference once"
    accounts = _locked({code for entry in entries for code in (entry.debit, entry.credit)})
    done = _by_reference(list(wanted))
    for reference, row in done.items():
        _refuse_other_content(wanted[reference], row)
    fresh = [entry for entry in entries if entry.reference not in done]
    settled = _by_reference(sorted({entry.of for entry in fresh if entry.of}))
    _refuse_second_settlement(fresh, settled)
    rows = [_row(entry, accounts, settled, at) for entry in fresh]
    Transfer.objects.bulk_create(rows, batch_size=1000)
    for account in {entry.debit: accounts[entry.debit] for entry in fresh}.values():
        _refuse_overdraft(account)
    audit.record_all(audit.Entry("transfer.posted", entry.reference, officer, at, payload_of(entry)) for entry in fresh)
    return len(fresh)


def keep_back(codes: Collection[str]) -> None:
    """Lock accounts before the chain's head is taken, in the order of every posting; what is not open yet is passed over."""
    list(Account.objects.select_for_update().filter(code__in=codes).order_by("code"))


def payload_of(entry: Entry) -> dict[str, str | int]:
    """What the event of a transfer tells: everything that the row holds, so that an altered row shows."""
    return {
        "debit": entry.debit,
        "credit": entry.credit,
        "fen": entry.fen,
        "kind": entry.kind,
        "of": entry.of,
        "code": entry.code,
    }


def _locked(codes: set[str]) -> dict[str, Account]:
    accounts = {
        account.code: account for account in Account.objects.select_for_update().filter(code__in=codes).order_by("code")
    }
    if unknown := sorted(codes - accounts.keys()):
        raise RefusedTransferError(
            Sentence(
                "account_unknown",
                f"没有账户 {unknown[0]}，请先开户。",
                f"There is no account {unknown[0]}: open it first.",
            )
        )
    return accounts


def _by_reference(references: list[str]) -> dict[str, Transfer]:
    found: dict[str, Transfer] = {}
    for start in range(0, len(references), 500):
        rows = Transfer.objects.filter(reference__in=references[start : start + 500]).select_related(
            "debit", "credit", "of"
        )
        found.update({row.reference: row for row in rows})
    return found


def _refuse_other_content(entry: Entry, row: Transfer) -> None:
    kept = (row.debit.code, row.credit.code, row.fen, row.kind, row.of.reference if row.of else "", row.code)
    if kept != (entry.debit, entry.credit, entry.fen, entry.kind, entry.of, entry.code):
        raise RefusedTransferError(
            Sentence(
                "reference_used",
                f"划转 {entry.reference} 已经记过，金额、账户或用途（{row.code}）与这次（{entry.code}）不同；旧账不改，请冲回后另记。",
                f"Transfer {entry.reference} was posted with another amount, account or purpose ({row.code}, now {entry.code}); books are not rewritten: reverse it and post anew.",
            )
        )


def _refuse_second_settlement(entries: Sequence[Entry], settled: dict[str, Transfer]) -> None:
    """A pending is posted or voided once, a post reversed once. The lock on the accounts lets no other caller in between."""
    standing: dict[tuple[str, bool], str] = {}
    ids = [row.id for row in settled.values()]
    for start in range(0, len(ids), 500):
        for row in Transfer.objects.filter(of__in=ids[start : start + 500]).select_related("of"):
            standing[row.of.reference if row.of else "", row.kind == Transfer.Kind.REVERSAL] = row.reference
    for entry in entries:
        if not entry.of:
            continue
        first = standing.setdefault((entry.of, entry.kind == Transfer.Kind.REVERSAL), entry.reference)
        if first != entry.reference:
            raise RefusedTransferError(
                Sentence(
                    "settled_already",
                    f"划转 {entry.of} 已由 {first} 结清，{entry.reference} 没有记。结清了的不再结清；付出后退回的请另记冲回。",
                    f"Transfer {entry.of} was settled by {first}; {entry.reference} was not posted. What bounced after payment is taken back by a reversal.",
                )
            )


def _refuse_overdraft(account: Account) -> None:
    if account.may_be_overdrawn:
        return
    left = balance_of(account).available
    if left < 0:
        raise RefusedTransferError(
            Sentence(
                "overdraft",
                f"账户 {account.name} 还差 {money.for_people(-left)} 元，这次划转没有记。请先落实资金。",
                f"Account {account.name} lacks {money.for_people(-left)} yuan; nothing was posted. Provide funds first.",
            )
        )


def _row(entry: Entry, accounts: dict[str, Account], settled: dict[str, Transfer], at: datetime) -> Transfer:
    of = settled.get(entry.of)
    if entry.of and of is None:
        raise RefusedTransferError(
            Sentence(
                "settles_nothing", f"找不到要结清的划转 {entry.of}。", f"There is no transfer {entry.of} to settle."
            )
        )
    if of is not None:
        _refuse_other_settlement(entry, accounts, of)
    return Transfer(
        reference=entry.reference,
        debit=accounts[entry.debit],
        credit=accounts[entry.credit],
        fen=entry.fen,
        kind=entry.kind,
        of=of,
        code=entry.code,
        at=at,
    )


def _refuse_other_settlement(entry: Entry, accounts: dict[str, Account], of: Transfer) -> None:
    """A post or void settles a pending between the same accounts; a reversal takes back a post or single; all in full."""
    sides = (accounts[entry.debit].id, accounts[entry.credit].id)
    back = entry.kind == "reversal"
    fits = of.kind in {"post", "single"} if back else of.kind == "pending"
    if (
        not fits
        or entry.fen != of.fen
        or sides != ((of.credit_id, of.debit_id) if back else (of.debit_id, of.credit_id))
    ):
        raise RefusedTransferError(
            Sentence(
                "settles_otherwise",
                f"{entry.reference} 与要结清的 {entry.of} 的金额、账户或种类不符，没有记。请照原划转核对。",
                f"{entry.reference} differs from {entry.of} in amount, accounts or kind; nothing was posted. Compare with the original transfer.",
            )
        )
