"""回执码: a short code on the paper that a family keeps, by which they say once a year that nothing changed."""

from huigong.registry.models import Household
from huigong.vault import blind


def code_of(household: Household, *, year: int) -> str:
    return blind.letters("receipt", household.file_number, year)


def is_right(household: Household, code: str, *, year: int) -> bool:
    return blind.are_letters(code, "receipt", household.file_number, year)
