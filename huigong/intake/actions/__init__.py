"""Take forms in, mend and take their rows, note papers."""

from huigong.intake.actions.drafts import drop_draft, hand_drafts, keep_draft
from huigong.intake.actions.naming import name_headings
from huigong.intake.actions.papers import PaperLine, note_papers
from huigong.intake.actions.receive import receive
from huigong.intake.actions.rows import accept_rows, confirm_repair, mend_cells, undo_accept
from huigong.intake.actions.stamped import STAMP_COMPARED, compare_stamped, stamped_anew
from huigong.intake.actions.submit import mark_submitted
from huigong.intake.actions.units import form_reference, name_unit, recognise, row_reference

__all__ = [
    "STAMP_COMPARED",
    "PaperLine",
    "accept_rows",
    "compare_stamped",
    "confirm_repair",
    "drop_draft",
    "form_reference",
    "hand_drafts",
    "keep_draft",
    "mark_submitted",
    "mend_cells",
    "name_headings",
    "name_unit",
    "note_papers",
    "receive",
    "recognise",
    "row_reference",
    "stamped_anew",
    "undo_accept",
]
