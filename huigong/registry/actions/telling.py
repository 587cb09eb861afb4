"""Tell an officer to which office elsewhere a family belongs: that it was told is history, what was typed is not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.registry.searching import Elsewhere
from huigong.vault import blind


@transaction.atomic
def tell_elsewhere(told: Iterable[Elsewhere], typed: str, *, officer: str, at: datetime) -> None:
    """Record each office that was named, and by what kind of fact; of the fact itself a keyed digest."""
    asked = blind.digest("search", typed)
    audit.record_all(
        audit.Entry("search.answered", f"search:{one.code}", officer, at, {"kind": one.kind, "asked": asked})
        for one in told
    )
