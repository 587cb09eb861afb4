"""A paper that is kept is never altered, deleted or replaced: its row says what was handed in, for as long as history does.

Retention ends at its content: where the time of originals is over, its data key is destroyed and the file opens no more.
"""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("documents_document"),
    *append_only("documents_erasure"),
    Guard("documents_legalhold_no_delete", "documents_legalhold", "DELETE"),
)
