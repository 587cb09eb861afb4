"""Take forms in, mend and take their rows, note papers."""

from huigong.intake.actions.papers import PaperLine, note_papers
from huigong.intake.actions.receive import form_reference, receive, row_reference
from huigong.intake.actions.rows import accept_rows, confirm_repair, mend_cell, name_unit, undo_accept
from huigong.intake.actions.submit import mark_submitted

__all__ = [
    "PaperLine",
    "accept_rows",
    "confirm_repair",
    "form_reference",
    "mark_submitted",
    "mend_cell",
    "name_unit",
    "note_papers",
    "receive",
    "row_reference",
    "undo_accept",
]
