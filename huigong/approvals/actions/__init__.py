"""Approval forms, one verb a function: lay bands down, prepare, write into a box, from paper, finish, take back."""

from huigong.approvals.actions.bands import BandRow, lay_bands
from huigong.approvals.actions.on_paper import PaperBox, confirm_paper, enter_paper, reject_paper
from huigong.approvals.actions.opining import Given, opine
from huigong.approvals.actions.preparing import Asked, Minutes, prepare, withdraw
from huigong.approvals.actions.settling import decline, finish

__all__ = [
    "Asked",
    "BandRow",
    "Given",
    "Minutes",
    "PaperBox",
    "confirm_paper",
    "decline",
    "enter_paper",
    "finish",
    "lay_bands",
    "opine",
    "prepare",
    "reject_paper",
    "withdraw",
]
