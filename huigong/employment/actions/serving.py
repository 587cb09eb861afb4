"""Write down a service as the circular names it; at the window also for somebody who is on no list and is only counted."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment.columns import SERVICE
from huigong.employment.lifecycle import OPEN, PLANNED
from huigong.employment.models import Graduate, Opening, Service
from huigong.employment.queries import left, taken_up
from huigong.employment.writing import locked, rewrite
from huigong.organisations.models import Organisation
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def serve(
    graduate: Graduate,
    kind: str,
    *,
    on: date,
    at_window: bool = False,
    opening: Opening | None = None,
    note: str = "",
    officer: str,
    at: datetime,
) -> Service:
    """One service to a graduate, which also was a contact with them. Raises SaidError where a training has no place left."""
    found = locked(graduate)
    _refuse_full(opening, found)
    service = Service(
        federation=found.federation,
        graduate=found,
        opening=opening,
        data_key_id=found.data_key_id,
        kind=kind,
        at_window=at_window,
        on=on,
        note=note.strip()[:1000] or None,
        by=officer,
        at=at,
    )
    _write(service, found.reference, officer=officer, at=at)
    found.last_contact_on, found.unanswered = max(on, found.last_contact_on or on), 0
    found.spoke_on = max(on, found.spoke_on or on)
    found.needs = [need for need in found.needs if need != kind]
    rewrite(found, "graduate.noted", officer=officer, at=at, to=PLANNED if found.status == OPEN else "")
    return service


@transaction.atomic
def serve_somebody(federation: Organisation, kind: str, *, on: date, officer: str, at: datetime) -> Service:
    """A visit at the window by somebody who is on no list: nothing is kept of them but that they came, and for what."""
    service = Service(federation=federation, kind=kind, at_window=True, on=on, by=officer, at=at)
    _write(service, federation.code, officer=officer, at=at)
    return service


def _refuse_full(opening: Opening | None, graduate: Graduate) -> None:
    """The last place of a training goes to one person; whoever has a place may come again."""
    if opening is None or opening.kind != Opening.Kind.TRAINING:
        return
    held = Opening.objects.select_for_update().get(pk=opening.pk)
    if left(held) < 1 and not taken_up(held).filter(pk=graduate.pk).exists():
        raise SaidError(
            Sentence(
                "training_full",
                f"“{held.title}”的 {held.places} 个名额已经报满。请另选一班，或请单位加名额。",
                f"All {held.places} places of “{held.title}” are taken: choose another course, or ask for more places.",
            )
        )


def _write(service: Service, subject: str, *, officer: str, at: datetime) -> None:
    if service.on > timezone.localdate(at):
        raise SaidError(
            Sentence("service_in_future", f"{service.on} 还没到；办了再记。", f"{service.on} has not come yet.")
        )
    service.save(force_insert=True)
    told = {"service": str(service.pk), "kind": service.kind, "columns": SERVICE.told(service)}
    audit.record("service.given", subject=subject, officer=officer, at=at, payload=told)
