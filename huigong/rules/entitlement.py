"""What an eligible application is worth under the circular, and the clause that says so. Eligibility is another question."""

from dataclasses import dataclass

from huigong.rules.circular import Circular
from huigong.rules.facts import Facts, in_words
from huigong.values import money
from huigong.values.money import Fen
from huigong.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Entitlement:
    """An amount and why. `fen` is None where no amount is laid down (a supplement has to bring it)."""

    fen: Fen | None
    clause: str
    sentence: Sentence


def entitlement(circular: Circular, facts: Facts) -> Entitlement:
    level, kind = facts.get("education_level"), facts.get("student_kind")
    for amount in circular.amounts:
        if level in amount.levels and amount.student_kind in {"", kind}:
            zh, en = in_words("education_level", level)
            words = money.for_people(amount.fen)
            return Entitlement(
                amount.fen,
                amount.clause,
                Sentence(
                    "amount",
                    f"{zh}每人{words}元（{circular.printed(amount.clause)}）。",
                    f"{en}: {words} yuan each ({amount.clause}).",
                    {"fen": amount.fen},
                ),
            )
    return Entitlement(
        None,
        "",
        Sentence(
            "no_amount",
            "通知没有定这个阶段的金额，要等补充通知。",
            "The circular lays down no amount for this level; a supplement has to.",
        ),
    )
