"""School years in China run from September to August; a year is named by the calendar year in which it begins."""

from datetime import date

_BEGINS = 9


def is_freshman(*, admitted_year: int, campaign_year: int) -> bool:
    """Admitted in the summer of the campaign: begins in its autumn (新生). Everybody admitted earlier is continuing (历届生)."""
    return admitted_year >= campaign_year


def graduates_in(*, entry_year: int, length_years: int) -> int:
    """The calendar year in which somebody who entered then, for so many years, leaves school (入学年份 + 学制)."""
    return entry_year + length_years


def last_finished(on: date) -> int:
    """The last calendar year whose leavers are out by a day: who leaves in summer is out when the next school year begins."""
    return on.year if on.month >= _BEGINS else on.year - 1
