"""答复码: eight letters that the page shows once to whoever objects, by which they read the answer, with a name or without."""

from huigong.grievances.models import Grievance
from huigong.vault import blind


def code_of(grievance: Grievance) -> str:
    return blind.letters("grievance", grievance.number)


def is_right(grievance: Grievance, code: str) -> bool:
    return blind.are_letters(code, "grievance", grievance.number)
