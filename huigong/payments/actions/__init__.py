"""Money out, one verb a function: hold and lift, agree with a bank, release, take the file, take in the reply."""

from huigong.payments.actions.agreeing import agree
from huigong.payments.actions.forgetting import forget_names
from huigong.payments.actions.holding import hold, lift
from huigong.payments.actions.keying import KeyedLine, discard_reading, key_reply
from huigong.payments.actions.looking import look_at_reply
from huigong.payments.actions.providing import provide, take_back
from huigong.payments.actions.recovering import recover_part, recover_payment
from huigong.payments.actions.releasing import Order, release
from huigong.payments.actions.replying import take_reply
from huigong.payments.actions.taking import allow_again, take_file, take_list
from huigong.payments.actions.undoing import undo_batch

__all__ = [
    "KeyedLine",
    "Order",
    "agree",
    "allow_again",
    "discard_reading",
    "forget_names",
    "hold",
    "key_reply",
    "lift",
    "look_at_reply",
    "provide",
    "recover_part",
    "recover_payment",
    "release",
    "take_back",
    "take_file",
    "take_list",
    "take_reply",
    "undo_batch",
]
