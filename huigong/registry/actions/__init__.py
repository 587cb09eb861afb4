"""Keep household files: import them, amend them, record aid, keep the school register."""

from huigong.registry.actions.aid import Aid, give_all, lock_files, take_aid_back
from huigong.registry.actions.aid_elsewhere import give_from_elsewhere, strike_out
from huigong.registry.actions.amend import amend, amend_member
from huigong.registry.actions.assess import adopt, assess
from huigong.registry.actions.codes import keep_codes, lift_end
from huigong.registry.actions.departing import TURN_DOWNS, leave, note_destroyed, open_again, turn_down
from huigong.registry.actions.dumping import keep_dump, take_theirs
from huigong.registry.actions.edit import StaleFileError, draft, edit, edit_member, take_out
from huigong.registry.actions.enrolling import enrol, put_on_notice, set_level
from huigong.registry.actions.entering import Done
from huigong.registry.actions.erasing import erase_file, erase_keys
from huigong.registry.actions.import_workbook import Imported, import_workbook
from huigong.registry.actions.keying import note_keyed
from huigong.registry.actions.life import check, confirm_unchanged, note, put_back, report, review_certificate, visit
from huigong.registry.actions.likening import look_for_likenesses, open_likeness_again, say_of_likenesses
from huigong.registry.actions.merging import merge, say_of, take_apart
from huigong.registry.actions.moving import call_back, decline, send_to, take_over
from huigong.registry.actions.plan import close, hand_measures, plan, put_into_group
from huigong.registry.actions.prefill import prefill
from huigong.registry.actions.schools import keep_schools
from huigong.registry.actions.signed import enrol_signed
from huigong.registry.actions.surveying import freeze, take_back
from huigong.registry.actions.telling import tell_elsewhere
from huigong.registry.comparing import Kept

__all__ = [
    "TURN_DOWNS",
    "Aid",
    "Done",
    "Imported",
    "Kept",
    "StaleFileError",
    "adopt",
    "amend",
    "amend_member",
    "assess",
    "call_back",
    "check",
    "close",
    "confirm_unchanged",
    "decline",
    "draft",
    "edit",
    "edit_member",
    "enrol",
    "enrol_signed",
    "erase_file",
    "erase_keys",
    "freeze",
    "give_all",
    "give_from_elsewhere",
    "hand_measures",
    "import_workbook",
    "keep_codes",
    "keep_dump",
    "keep_schools",
    "leave",
    "lift_end",
    "lock_files",
    "look_for_likenesses",
    "merge",
    "note",
    "note_destroyed",
    "note_keyed",
    "open_again",
    "open_likeness_again",
    "plan",
    "prefill",
    "put_back",
    "put_into_group",
    "put_on_notice",
    "report",
    "review_certificate",
    "say_of",
    "say_of_likenesses",
    "send_to",
    "set_level",
    "strike_out",
    "take_aid_back",
    "take_apart",
    "take_back",
    "take_out",
    "take_over",
    "take_theirs",
    "tell_elsewhere",
    "turn_down",
    "visit",
]
