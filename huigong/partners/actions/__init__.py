"""Invite an office, answer its blinded list, learn whom both have, take a list that it sends, settle each hit, end and destroy."""

from huigong.partners.actions.answering import answer, learn
from huigong.partners.actions.closing import end, end_due
from huigong.partners.actions.inviting import MOST, Asked, invitation_of, invite, note_reply
from huigong.partners.actions.listing import take_list
from huigong.partners.actions.settling import dismiss, take

__all__ = [
    "MOST",
    "Asked",
    "answer",
    "dismiss",
    "end",
    "end_due",
    "invitation_of",
    "invite",
    "learn",
    "note_reply",
    "take",
    "take_list",
]
