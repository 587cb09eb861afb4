"""Donations, one verb a function: take one in."""

from huigong.giving.actions.taking import Gift, take_in

__all__ = ["Gift", "take_in"]
