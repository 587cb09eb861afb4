"""What is done to a case at the desk, one verb a function."""

from huigong.casework.actions.assigning import assign, hand_on, undo_assignment
from huigong.casework.actions.bulks import note_bulk, undo_bulk
from huigong.casework.actions.checks import check
from huigong.casework.actions.lists import drop_list, hand_lists, like_it, save_list
from huigong.casework.actions.locks import release, take
from huigong.casework.actions.looks import draw, give
from huigong.casework.actions.notices import Wanted, answer, say_once
from huigong.casework.actions.once import do_once
from huigong.casework.actions.scans import add_scan
from huigong.casework.actions.slips import give_back, receive_original

__all__ = [
    "Wanted",
    "add_scan",
    "answer",
    "assign",
    "check",
    "do_once",
    "draw",
    "drop_list",
    "give",
    "give_back",
    "hand_lists",
    "hand_on",
    "like_it",
    "note_bulk",
    "receive_original",
    "release",
    "save_list",
    "say_once",
    "take",
    "undo_assignment",
    "undo_bulk",
]
