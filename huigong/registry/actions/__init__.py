"""Keep household files: import them, amend them, record aid, keep the school register."""

from huigong.registry.actions.aid import Aid, give_all
from huigong.registry.actions.amend import amend, amend_member
from huigong.registry.actions.import_workbook import Imported, import_workbook
from huigong.registry.actions.prefill import prefill
from huigong.registry.actions.schools import keep_schools
from huigong.registry.comparing import Kept

__all__ = ["Aid", "Imported", "Kept", "amend", "amend_member", "give_all", "import_workbook", "keep_schools", "prefill"]
