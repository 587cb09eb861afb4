"""What refuses an entry that is beyond belief; and that one is taken back: it was already, or nobody says why."""

from huigong.giving.models import Appropriation, Donation
from huigong.values import money
from huigong.values.money import Fen
from huigong.values.sentence import SaidError, Sentence

_MOST = Fen(100_000_000_00)
"""A hundred million yuan at once: more than any federation here was ever sent for aid, and what two zeros too many make."""


def refuse_beyond_belief(fen: Fen) -> None:
    """Raises SaidError for a sum that is a slip of the pen."""
    if fen > _MOST:
        raise SaidError(
            Sentence(
                "sum_beyond_belief",
                f"还没有记：{money.for_people(fen)} 元超过一笔 {money.for_people(_MOST)} 元，多半是多写了几个零。请对着银行到账单再看一遍；"
                "真有这么多的，请分几笔记。",
                f"Nothing was booked: {money.for_people(fen)} yuan is more than {money.for_people(_MOST)} at once, most likely "
                "a few zeros too many. Look at the bank's paper again; so much indeed is booked in parts.",
            )
        )


def refuse_taking_back(first: Appropriation | Donation, reason: str) -> None:
    """Raises SaidError. The caller has locked the campaign, so that no other takes it back at the same time."""
    if first.takes_back_id or type(first)._default_manager.filter(takes_back=first.pk).exists():
        raise SaidError(
            Sentence(
                "taken_back_already",
                f"{first.number} 已经冲回过，或本身就是冲回，没有再记。",
                f"{first.number} was taken back already, or takes another back: nothing was written.",
            )
        )
    if not reason.strip():
        raise SaidError(Sentence("no_reason", "还没有冲回：请写为什么。", "Nothing was taken back: please say why."))
