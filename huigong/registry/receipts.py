"""回执码: a short code on the paper that a family keeps, by which they say once a year that nothing changed.

It is made of the file and the year under the house's own key: no table keeps it, and nobody can make one up.
"""

import hmac

from huigong.registry.models import Household
from huigong.vault import blind

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I and no O, which are read as figures
_LENGTH = 8


def code_of(household: Household, *, year: int) -> str:
    number = int(blind.digest("receipt", household.file_number, year), 16)
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def is_right(household: Household, code: str, *, year: int) -> bool:
    said = "".join(code.split()).replace("-", "").upper()
    return hmac.compare_digest(said.encode(), code_of(household, year=year).encode())
