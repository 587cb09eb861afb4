"""Money out, one verb a function: hold and lift, agree with a bank, release, take the file."""

from huigong.payments.actions.agreeing import agree
from huigong.payments.actions.holding import hold, lift
from huigong.payments.actions.releasing import Order, release
from huigong.payments.actions.taking import allow_again, take_file

__all__ = ["Order", "agree", "allow_again", "hold", "lift", "release", "take_file"]
