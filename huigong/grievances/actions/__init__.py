"""An objection or appeal, one verb a function: record it (its case is held), give it to somebody, answer it."""

from huigong.grievances.actions.answering import Answer, refuse, uphold
from huigong.grievances.actions.assigning import assign, hand_on, lift_unless_open
from huigong.grievances.actions.recording import Told, record

__all__ = ["Answer", "Told", "assign", "hand_on", "lift_unless_open", "record", "refuse", "uphold"]
