"""Applications, the rows that they came from, decisions, awards, revocations, recoveries, write-offs, settlements."""

from collections.abc import Collection, Iterator

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.figures.books.looking import (
    Look,
    Now,
    Pairs,
    beside,
    is_forgotten,
    last,
    payload,
    recorded,
    said,
    stands,
    together,
)
from huigong.intake.actions import row_reference
from huigong.ledger import queries as ledger
from huigong.studentaid import lifecycle
from huigong.studentaid.actions.approve import award_told
from huigong.studentaid.columns import DECIDED, OPENED, PART, RECOVERY, REVOCATION, SETTLEMENT, WRITE_OFF
from huigong.studentaid.digests import decision_digest
from huigong.studentaid.models import (
    Application,
    Award,
    Decision,
    PartRecovery,
    Recovery,
    Revocation,
    Settlement,
    Submission,
    WriteOff,
)
from huigong.values.names import GONE
from huigong.vault import actions as vault

_ZH, _EN = "申请", "Application"
_AT_A_TIME = 500
_PARTS = PartRecovery.objects.select_related("revocation__award__application")
# What takes a verification back, and with it the rank.
_TAKEN_BACK = ("application.unverified", "application.reopened")


def applications() -> Iterator[Look]:
    opened, moved = last("application.submitted"), last(*lifecycle.MOVED)
    decided = last("application.submitted", "application.decided")
    ranked = last("application.submitted", "application.decided", "application.ranked", *_TAKEN_BACK)
    verified, seen = last("application.verified", *_TAKEN_BACK), set[str]()
    for one in Application.objects.order_by("reference").iterator(chunk_size=_AT_A_TIME):
        key = one.reference
        seen.add(key)
        looks = (
            (opened, Now(key, key, _verified(one, verified.get(key)), ((OPENED, "columns", (one,)),))),
            (moved, Now(key, key, stands(one.status, one.status_since))),
            (decided, Now(key, key, sealed=((DECIDED, "decided", (one,)),))),
            (ranked, Now(key, key, payload(rank=one.rank))),
        )
        for number, (told, now) in enumerate(looks):
            yield Look(key, _ZH, _EN, now, told.get(key), again=number > 0)
    for key in sorted(opened.keys() - seen):
        yield Look(key, _ZH, _EN, None, opened[key])


def _verified(one: Application, told: Told | None) -> Pairs:
    """Who verified, and which facts: nobody and none where no event says so, or one takes it back."""
    stands = told is not None and told.action == "application.verified"
    who, what = (told.actor, told.payload["facts"]) if told and stands else ("", "")
    return said(("verified_by", one.verified_by, who), ("verified_digest", one.verified_digest, what))


def submissions() -> Iterator[Look]:
    told = last("application.submitted", "application.merged", key=lambda one: one.payload["row"])

    def rows() -> Iterator[Now]:
        for one in Submission.objects.select_related("application", "row__form__campaign").defer("row__content"):
            reference, key = one.application.reference, row_reference(one.row.form, one.row.number)
            yield Now(key, reference, _sent(reference, one.is_first))

    return beside(told, rows(), "报送", "Submission")


def _sent(reference: str, is_first: bool) -> Pairs:  # noqa: FBT001  the column itself
    return lambda told: [
        ("reference", reference, told.subject),
        ("is_first", is_first, told.action == "application.submitted"),
    ]


def decisions() -> Iterator[Look]:
    """Every decision, by its number: its digest is made again from the facts and outcomes that stand in the row, but where the
    family's key was erased in its time: then the digests that stand beside them are held.
    """
    erased = {told.payload["key"] for told in audit.told_of("file.key_erased")}
    first, chosen = dict[object, Told](), Decision.objects.order_by("application__reference", "number")
    for event in audit.told_of("application.decided"):
        first.setdefault((event.subject, event.payload.get("number")), event)
    vault.warm(chosen.order_by().values_list("data_key_id", flat=True))

    def rows() -> Iterator[Now]:
        for one in chosen.select_related("application", "version").iterator(chunk_size=_AT_A_TIME):
            yield Now((one.application.reference, one.number), one.application.reference, _decided(one, erased))

    return beside(first, rows(), "认定", "Decision")


def _decided(one: Decision, erased: Collection[str]) -> Pairs:
    def pairs(told: Told) -> Iterator[tuple[str, object, object]]:
        event = told.payload
        yield "decision", one.digest, event.get("decision")
        yield "circular", one.version.digest, event.get("circular")
        yield "to", one.verdict, event.get("to")
        yield "fen", one.amount_fen or 0, event.get("fen")
        yield "at", one.at, told.at
        if str(one.data_key_id) in erased:
            return
        facts, outcomes = one.facts, one.outcomes
        made = decision_digest(one.version.digest, one.vocabulary, _text(facts), _text(outcomes))
        yield "facts", made, event.get("decision")

    return pairs


def _text(secret: object) -> str:
    return secret.plain() if secret is not None else ""  # type: ignore[attr-defined]


def awards() -> Iterator[Look]:
    erased = {told.payload["key"] for told in audit.told_of("file.key_erased")}
    rows = (
        Now(
            (one.application.reference, one.transfer_reference),
            one.application.reference,
            together(payload(**_awarded(one, erased)), recorded(at=one.at, approved_by=one.approved_by)),
        )
        for one in Award.objects.select_related("application__household").order_by("application__reference")
    )
    told = last("application.approved", key=lambda one: (one.subject, one.payload["transfer"]))
    return beside(told, rows, "资助", "Award")


def _awarded(one: Award, erased: Collection[str]) -> dict[str, str | int]:
    """What its event tells; not of the payee, whose name went with the family's key."""
    told = award_told(one)
    if one.payee_name == GONE and is_forgotten(one.application, erased):
        del told["payee"]
    return told


def revocations() -> Iterator[Look]:
    told = last("award.revoked", key=lambda one: one.payload["revocation_id"])
    rows = (
        Now(str(one.pk), one.award.application.reference, sealed=((REVOCATION, "revocation", (one,)),))
        for one in Revocation.objects.select_related("award__application")
    )
    return beside(told, rows, "撤销批准", "Revocation of")


def recoveries() -> Iterator[Look]:
    told = last("award.recovered", key=lambda one: one.payload["recovery_id"])
    rows = (
        Now(str(one.pk), one.revocation.award.application.reference, sealed=((RECOVERY, "recovery", (one,)),))
        for one in Recovery.objects.select_related("revocation__award__application")
    )
    return beside(told, rows, "追回", "Recovery of")


def parts() -> Iterator[Look]:
    """Each part that came back, beside its event and beside the ledger."""
    told, chosen = last("award.part_recovered", key=lambda one: one.payload["part_id"]), list(_PARTS.all())
    moved = ledger.named([one.transfer_reference for one in chosen])

    def rows() -> Iterator[Now]:
        for one in chosen:
            line = moved.get(one.transfer_reference)
            pairs = said(("ledger", one.fen, line.fen if line else None))
            yield Now(str(one.pk), one.revocation.award.application.reference, pairs, ((PART, "part", (one,)),))

    return beside(told, rows(), "部分追回", "Part recovered of")


def write_offs() -> Iterator[Look]:
    told = last("award.written_off", key=lambda one: one.payload["write_off_id"])
    rows = (
        Now(str(one.pk), one.revocation.award.application.reference, sealed=((WRITE_OFF, "write_off", (one,)),))
        for one in WriteOff.objects.select_related("revocation__award__application")
    )
    return beside(told, rows, "核销", "Write-off of")


def settlements() -> Iterator[Look]:
    told = last("case.settled", key=lambda one: (one.subject, one.payload["about"]))
    rows = (
        Now(
            (one.application.reference, one.about),
            one.application.reference,
            recorded(at=one.at, settled_by=one.settled_by),
            ((SETTLEMENT, "columns", (one,)),),
        )
        for one in Settlement.objects.select_related("application").order_by("application__reference", "about")
    )
    return beside(told, rows, "裁定", "Settlement")


TABLES = (applications, submissions, decisions, awards, revocations, recoveries, parts, write_offs, settlements)
