"""装得下吗: whether an award fits the bank's file as the campaign is paid now: its card, its payee's name, its amount."""

from collections.abc import Mapping

from huigong.circulars.models import Campaign
from huigong.payments import bank_files
from huigong.payments.bank_files import BankProfile
from huigong.payments.models import Hold
from huigong.payments.profiles import profile_from
from huigong.payments.queries import agreement_of
from huigong.values import bank_card

UNFIT: Mapping[str, tuple[str, str]] = {
    Hold.Reason.CARD_INVALID: (
        "请在档案里写上或改对本人的惠工卡号",
        "write the worker's own card into the file, or mend it",
    ),
    Hold.Reason.NAME_NOT_CARRIED: (
        "请在档案里按银行开户的写法写姓名，或约定能写这个字的银行格式",
        "write the name in the file as the bank keeps it, or agree on a bank profile that carries it",
    ),
    Hold.Reason.AMOUNT_NOT_CARRIED: (
        "请约定写得下角分的银行格式",
        "agree on a bank profile that carries the fen",
    ),
}
"""What keeps an award out of a bank's file, and what mends it."""


def profile_now(campaign: Campaign) -> BankProfile:
    """How the campaign's files are written now."""
    agreement = agreement_of(campaign)
    return profile_from(agreement.profile) if agreement else bank_files.default_profile()


def unfit(profile: BankProfile, *, card: str, name: str, fen: int) -> Hold.Reason | None:
    """The first reason for which a bank would not take it in a file of this profile."""
    if not bank_card.is_valid(card):
        return Hold.Reason.CARD_INVALID
    if not bank_files.carries(profile, name):
        return Hold.Reason.NAME_NOT_CARRIED
    return None if bank_files.carries_amount(profile, fen) else Hold.Reason.AMOUNT_NOT_CARRIED
