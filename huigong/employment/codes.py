"""确认码: a short code on the slip that a graduate keeps, by which they say themselves what became of them.

It is made of the case and the number of the outcome under the house's own key: no table keeps it, nobody can make one up,
and the code of a job that was lost confirms no other.
"""

import hmac

from huigong.employment.models import Outcome
from huigong.vault import blind

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which are read as figures
_LENGTH = 8


def code_of(outcome: Outcome, *, reference: str) -> str:
    number = int(blind.digest("outcome", reference, outcome.number), 16)
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def is_right(outcome: Outcome, code: str, *, reference: str) -> bool:
    said = "".join(code.split()).replace("-", "").upper()
    return hmac.compare_digest(said.encode(), code_of(outcome, reference=reference).encode())
