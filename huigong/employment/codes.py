"""确认码: a short code on a slip, by which a graduate says what became of them, and an employer that an opening is so.

It is made of the case and the number of the outcome, or of the opening, under the house's own key: no table keeps it,
nobody can make one up, and the code of a job that was lost confirms no other.
"""

from huigong.employment.models import Opening, Outcome
from huigong.vault import blind


def code_of(outcome: Outcome, *, reference: str) -> str:
    return blind.letters("outcome", reference, outcome.number)


def code_of_opening(opening: Opening) -> str:
    return blind.letters("opening", opening.reference)


def is_right(outcome: Outcome, code: str, *, reference: str) -> bool:
    return blind.are_letters(code, "outcome", reference, outcome.number)


def is_right_of_opening(opening: Opening, code: str) -> bool:
    return blind.are_letters(code, "opening", opening.reference)
