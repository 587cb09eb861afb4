"""Carry applications along the way, one verb a function: submit, settle, verify, decide, share, publish, approve, release, and pay again what came back."""

from huigong.studentaid.actions.again import confirm_payee, pay_again
from huigong.studentaid.actions.approve import CollectiveDecision, approve
from huigong.studentaid.actions.approve_signed import approve_signed
from huigong.studentaid.actions.decide import decide, gather
from huigong.studentaid.actions.places import move_places
from huigong.studentaid.actions.publish import draft_notice, publish
from huigong.studentaid.actions.release import release
from huigong.studentaid.actions.settle import settle
from huigong.studentaid.actions.share import share
from huigong.studentaid.actions.submit import submit
from huigong.studentaid.actions.verify import FrozenError, unverify, verify

__all__ = [
    "CollectiveDecision",
    "FrozenError",
    "approve",
    "approve_signed",
    "confirm_payee",
    "decide",
    "draft_notice",
    "gather",
    "move_places",
    "pay_again",
    "publish",
    "release",
    "settle",
    "share",
    "submit",
    "unverify",
    "verify",
]
