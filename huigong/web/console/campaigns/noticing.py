"""公示从哪天起: the days that the page offers. A notice hangs its whole window from now on, never backwards."""

from dataclasses import dataclass
from datetime import date

from huigong.circulars.models import Campaign


@dataclass(frozen=True, slots=True)
class Days:
    """The day that the field begins with, and the earliest that it takes."""

    usual: date
    earliest: date


def days_offered(campaign: Campaign, *, today: date) -> Days:
    """Today or the campaign's own day, whichever is later.

    A campaign of the past whose notice hung on paper may name its own day once: the first notice only, and an officer
    says that it hung.
    """
    standing = campaign.notice_from
    usual = max(today, standing) if standing else today
    hung = standing is not None and today > campaign.last_day and not campaign.public_notices.exists()
    return Days(usual, standing if hung and standing else usual)


def day_asked(text: str, days: Days) -> date:
    """The day that was asked for, within what is offered."""
    try:
        return max(date.fromisoformat(text), days.earliest)
    except ValueError:
        return days.usual
