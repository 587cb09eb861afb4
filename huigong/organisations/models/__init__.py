"""Organisations and people: the tree of units, who acts for them, and what was signed on paper."""

from huigong.organisations.models.acts import HandOver, SignedSheet
from huigong.organisations.models.factors import SecondFactor
from huigong.organisations.models.people import Appointment, Invitation, Officer, OfficerManager, OneTimeSignIn
from huigong.organisations.models.units import AidCentre, Organisation, UnitChange

__all__ = [
    "AidCentre",
    "Appointment",
    "HandOver",
    "Invitation",
    "Officer",
    "OfficerManager",
    "OneTimeSignIn",
    "Organisation",
    "SecondFactor",
    "SignedSheet",
    "UnitChange",
]
