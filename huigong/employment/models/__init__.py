"""The tables of 阳光就业: graduates and what is done for them, employers and openings, rounds, frozen returns."""

from huigong.employment.models.graduates import Graduate
from huigong.employment.models.openings import Employer, Opening
from huigong.employment.models.outcomes import FollowUp, Outcome, StartUp
from huigong.employment.models.returns import StatisticalReturn
from huigong.employment.models.rounds import Proposal, Round
from huigong.employment.models.work import Contact, Service

__all__ = [
    "Contact",
    "Employer",
    "FollowUp",
    "Graduate",
    "Opening",
    "Outcome",
    "Proposal",
    "Round",
    "Service",
    "StartUp",
    "StatisticalReturn",
]
