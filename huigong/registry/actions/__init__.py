"""Keep household files: import them, amend them, record aid, keep the school register."""

from huigong.registry.actions.aid import Aid, give_all
from huigong.registry.actions.amend import amend
from huigong.registry.actions.import_workbook import Imported, Kept, import_workbook
from huigong.registry.actions.schools import keep_schools

__all__ = ["Aid", "Imported", "Kept", "amend", "give_all", "import_workbook", "keep_schools"]
