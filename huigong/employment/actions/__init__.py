"""Take graduates in, plan and serve, note what became of them, keep employers and openings, match, freeze the figures."""

from huigong.employment.actions.contacts import Promise, note_contact
from huigong.employment.actions.following import follow_up
from huigong.employment.actions.freezing import freeze
from huigong.employment.actions.openings import (
    EmployerLine,
    OpeningLine,
    close_opening,
    confirm_by_code,
    confirm_opening,
    expire,
    keep_employer,
    keep_opening,
    opening_of_code,
)
from huigong.employment.actions.outcomes import Became, confirm, lose, note_outcome, prove
from huigong.employment.actions.planning import Plan, answer_question, keep_plan
from huigong.employment.actions.rounds import answer, propose, send
from huigong.employment.actions.serving import serve, serve_somebody
from huigong.employment.actions.starting import plan_start_up, support_start_up
from huigong.employment.actions.taking_in import Line, TakenIn, say_same, take_in
from huigong.employment.codes import code_of, code_of_opening

__all__ = [
    "Became",
    "EmployerLine",
    "Line",
    "OpeningLine",
    "Plan",
    "Promise",
    "TakenIn",
    "answer",
    "answer_question",
    "close_opening",
    "code_of",
    "code_of_opening",
    "confirm",
    "confirm_by_code",
    "confirm_opening",
    "expire",
    "follow_up",
    "freeze",
    "keep_employer",
    "keep_opening",
    "keep_plan",
    "lose",
    "note_contact",
    "note_outcome",
    "opening_of_code",
    "plan_start_up",
    "propose",
    "prove",
    "say_same",
    "send",
    "serve",
    "serve_somebody",
    "support_start_up",
    "take_in",
]
