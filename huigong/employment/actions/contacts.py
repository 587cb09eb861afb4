"""Write down a call: whether the person was reached, what was said, and what was promised for which day by whom."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment.columns import CONTACT
from huigong.employment.lifecycle import OPEN, PLANNED, UNREACHABLE
from huigong.employment.models import Contact, Graduate
from huigong.employment.writing import locked, rewrite
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence

REACHED = frozenset({Contact.Answer.SPOKE, Contact.Answer.RELATIVE})
GIVE_UP_AFTER = 3
"""So many calls in a row without an answer, and the case says that the person is not reached; it is tried again."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, until when, and who keeps it."""

    what: str
    due: date
    owner: Officer


@transaction.atomic
def note_contact(
    graduate: Graduate,
    channel: str,
    answer: str,
    *,
    on: date,
    note: str = "",
    promise: Promise | None = None,
    officer: str,
    at: datetime,
) -> Contact:
    """One contact. Whoever was reached is in hand; a promise takes the place of the one before, none leaves it kept."""
    found = locked(graduate)
    if on > timezone.localdate(at):
        raise SaidError(Sentence("contact_in_future", f"{on} 还没到；联系了再记。", f"{on} has not come yet."))
    if promise and promise.due < on:
        raise SaidError(
            Sentence(
                "promise_in_past",
                "答应的日期在联系之前，请改一下。",
                "The promise is due before the call: correct the day.",
            )
        )
    contact = Contact(
        graduate=found,
        data_key_id=found.data_key_id,
        channel=channel,
        answer=answer,
        on=on,
        note=note.strip()[:1000] or None,
        by=officer,
        at=at,
    )
    contact.save(force_insert=True)
    told = {"contact": str(contact.pk), "answer": answer, "columns": CONTACT.told(contact)}
    audit.record("graduate.called", subject=found.reference, officer=officer, at=at, payload=told)
    newest, found.last_contact_on = on >= (found.last_contact_on or on), max(on, found.last_contact_on or on)
    if newest:  # what is noted late says nothing of the calls after it
        found.unanswered = 0 if answer in REACHED else found.unanswered + 1
    if answer in REACHED:
        found.spoke_on = max(on, found.spoke_on or on)
    found.promise, found.promise_due = (promise.what.strip()[:500], promise.due) if promise else (None, None)
    found.promise_owner = promise.owner if promise else None
    rewrite(found, "graduate.noted", officer=officer, at=at, to=_leads_to(found, answer))
    return contact


def _leads_to(graduate: Graduate, answer: str) -> str:
    if answer in REACHED:
        return PLANNED if graduate.status in {OPEN, UNREACHABLE} else ""
    gives_up = graduate.status in {OPEN, PLANNED} and graduate.unanswered >= GIVE_UP_AFTER
    return UNREACHABLE if gives_up else ""
