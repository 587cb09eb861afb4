"""A public notice, one verb a function: draft and publish it, say where it hung, take it down, write down that it was reachable."""

from huigong.publicnotices.actions.checking import check
from huigong.publicnotices.actions.posting import (
    Statement,
    confirm_statement,
    enter_statement,
    post_up,
    speak_for,
    take_down,
)
from huigong.publicnotices.actions.publishing import Draft, Placed, draft, publish

__all__ = [
    "Draft",
    "Placed",
    "Statement",
    "check",
    "confirm_statement",
    "draft",
    "enter_statement",
    "post_up",
    "publish",
    "speak_for",
    "take_down",
]
