"""Carry applications along the way, one verb a function: submit, settle, verify, decide, share, publish, approve, release, and pay again what came back."""

from huigong.studentaid.actions.again import confirm_payee, pay_again
from huigong.studentaid.actions.aid_made_good import make_aid_good
from huigong.studentaid.actions.approval_forms import (
    prepare_approval,
    ready_elsewhere,
    ready_to_approve,
    sign_approval,
    sign_from_paper,
)
from huigong.studentaid.actions.approve import CollectiveDecision, approve
from huigong.studentaid.actions.asking_anew import ask_anew
from huigong.studentaid.actions.assigning import give_cases, hand_cases, share_cases
from huigong.studentaid.actions.decide import decide, gather
from huigong.studentaid.actions.forgetting import forget_names
from huigong.studentaid.actions.handing_out import hand_out
from huigong.studentaid.actions.objections import answer_grievance, assign_grievance, hand_grievances
from huigong.studentaid.actions.other_needs import confirm_other_need
from huigong.studentaid.actions.payees import confirm_changed_payee
from huigong.studentaid.actions.places import allot_places, move_places
from huigong.studentaid.actions.publish import draft_notice, publish
from huigong.studentaid.actions.recovering import CameIn, GivenUp, recover, write_off
from huigong.studentaid.actions.release import release
from huigong.studentaid.actions.revoking import revoke_for_another_fund, revoke_met_already
from huigong.studentaid.actions.sending_back import send_back
from huigong.studentaid.actions.settle import settle
from huigong.studentaid.actions.settle_signed import decide_anew, settle_signed
from huigong.studentaid.actions.share import share
from huigong.studentaid.actions.submit import submit
from huigong.studentaid.actions.taking_back import take_batch_back
from huigong.studentaid.actions.verify import FrozenError, unverify, verify

__all__ = [
    "CameIn",
    "CollectiveDecision",
    "FrozenError",
    "GivenUp",
    "allot_places",
    "answer_grievance",
    "approve",
    "ask_anew",
    "assign_grievance",
    "confirm_changed_payee",
    "confirm_other_need",
    "confirm_payee",
    "decide",
    "decide_anew",
    "draft_notice",
    "forget_names",
    "gather",
    "give_cases",
    "hand_cases",
    "hand_grievances",
    "hand_out",
    "make_aid_good",
    "move_places",
    "pay_again",
    "prepare_approval",
    "publish",
    "ready_elsewhere",
    "ready_to_approve",
    "recover",
    "release",
    "revoke_for_another_fund",
    "revoke_met_already",
    "send_back",
    "settle",
    "settle_signed",
    "share",
    "share_cases",
    "sign_approval",
    "sign_from_paper",
    "submit",
    "take_batch_back",
    "unverify",
    "verify",
    "write_off",
]
