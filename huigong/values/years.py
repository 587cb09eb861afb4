"""保管年限: a day so many years on, as the terms for which papers are kept are counted."""

from datetime import date


def years_on(day: date, years: int) -> date:
    """29 February of a year without one is 1 March: never a day too early."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
