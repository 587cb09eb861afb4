"""Write a graduate's row and its event together: what every verb about a graduate does the same way."""

from collections.abc import Mapping
from datetime import datetime

from huigong.audit import actions as audit
from huigong.employment.calling import act_day
from huigong.employment.columns import GRADUATE
from huigong.employment.lifecycle import NEXT
from huigong.employment.models import Graduate
from huigong.lifecycle import actions as lifecycle
from huigong.values.sentence import SaidError, Sentence

Told = Mapping[str, str | int | None]


def locked(graduate: Graduate, *, version: int | None = None) -> Graduate:
    """The row under a lock. With the version that a page showed, raises SaidError where somebody wrote it since."""
    found = Graduate.objects.select_for_update(of=("self",)).select_related("federation").get(pk=graduate.pk)
    if version is not None and found.version != version:
        raise SaidError(
            Sentence(
                "graduate_changed",
                f"{found.reference} 在您打开之后有人改过，这次没有存。请刷新后再填，您填的可以先复制下来。",
                f"{found.reference} was changed since you opened it; nothing was kept. Copy what you typed and reload.",
            )
        )
    return found


def rewrite(
    graduate: Graduate, action: str, *, officer: str, at: datetime, to: str = "", told: Told | None = None
) -> None:
    """Every column of a locked graduate as it stands now, its next day to act, its event; into another status where `to` is one."""
    before, moved = graduate.status, bool(to) and to != graduate.status
    if moved:
        # The event is told last, with the columns that follow from the new status.
        lifecycle.advance_all(
            [lifecycle.Move(graduate, to, graduate.reference, "graduate.moved", {"from": before})],
            next_table=NEXT,
            officer=officer,
            at=at,
        )
    else:
        graduate.version += 1
    graduate.act_on = act_day(graduate)
    graduate.save()
    payload = {**(told or {}), "columns": GRADUATE.told(graduate)}
    audit.record(action, subject=graduate.reference, officer=officer, at=at, payload=payload)
