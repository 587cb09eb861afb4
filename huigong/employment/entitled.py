"""What the state's employment policies ask of a graduate, as far as the case tells it; what it does not tell is not known."""

from datetime import date

from huigong.employment.evidence import SOCIAL_INSURANCE
from huigong.employment.models import Employer, Graduate, Outcome
from huigong.employment.words import TESTED
from huigong.rules.facts import Facts
from huigong.rules.policies import Claim, claims_for

_SEEKING = "seeking"


def claims_of(graduate: Graduate, standing: Outcome | None, *, on: date) -> list[Claim]:
    """Which policies of a day the graduate may claim, which hang on something unknown, and which are closed by what."""
    return claims_for(facts_of(graduate, standing, on=on), on=on)


def facts_of(graduate: Graduate, standing: Outcome | None, *, on: date) -> Facts:
    works = graduate.outcome == Outcome.Kind.EMPLOYED
    employer = standing.employer if standing and works else None
    insured = bool(standing and standing.evidence == SOCIAL_INSURANCE)
    return {
        "in_graduation_year": graduate.graduates_on.year == on.year,
        "months_since_graduation": _months(graduate.graduates_on, on),
        "destination": graduate.outcome or _SEEKING,
        "registered_in_assistance": graduate.registered,
        "has_skill_certificate": True if TESTED & set(graduate.skills) else None,
        "works_for_small_firm": (employer.nature == Employer.Nature.SMALL if employer else None) if works else False,
        "employer_pays_insurance": (insured or None) if works else False,
        "zero_employment": graduate.zero_employment,
        **graduate.confirmed,
    }


def _months(since: date, on: date) -> int | None:
    """Months that have begun since a day: the last day of the twelfth is still within twelve. None before it."""
    if on < since:
        return None
    return (on.year - since.year) * 12 + on.month - since.month + (on.day > since.day)
