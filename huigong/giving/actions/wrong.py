"""What refuses that an entry is taken back: it was already, or nobody says why."""

from huigong.giving.models import Appropriation, Donation
from huigong.values.sentence import SaidError, Sentence


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
