"""A published circular is frozen: decisions are replayed from it for ever. What was said under it is not rewritten either."""

from huigong.audit.guards import append_only

GUARDS = (
    *append_only("circulars_circularversion"),
    *append_only("circulars_parameter"),
    *append_only("circulars_calendarday"),
    *append_only("circulars_implementationplan"),
)
