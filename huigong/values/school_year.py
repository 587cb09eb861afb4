"""School years in China run from September to August; a year is named by the calendar year in which it begins."""


def is_freshman(*, admitted_year: int, campaign_year: int) -> bool:
    """Admitted in the summer of the campaign: begins in its autumn (新生). Everybody admitted earlier is continuing (历届生)."""
    return admitted_year >= campaign_year


def graduates_in(*, entry_year: int, length_years: int) -> int:
    """The calendar year in which somebody who entered then, for so many years, leaves school (入学年份 + 学制)."""
    return entry_year + length_years
