"""Keep household files: import them, amend them, record aid, keep the school register."""

from huigong.registry.actions.aid import Aid, give_all
from huigong.registry.actions.amend import amend, amend_member
from huigong.registry.actions.codes import keep_codes
from huigong.registry.actions.edit import StaleFileError, draft, edit, edit_member, take_out
from huigong.registry.actions.import_workbook import Imported, import_workbook
from huigong.registry.actions.prefill import prefill
from huigong.registry.actions.schools import keep_schools
from huigong.registry.actions.telling import tell_elsewhere
from huigong.registry.comparing import Kept

__all__ = [
    "Aid",
    "Imported",
    "Kept",
    "StaleFileError",
    "amend",
    "amend_member",
    "draft",
    "edit",
    "edit_member",
    "give_all",
    "import_workbook",
    "keep_codes",
    "keep_schools",
    "prefill",
    "take_out",
    "tell_elsewhere",
]
