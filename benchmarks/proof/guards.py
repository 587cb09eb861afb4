"""Take one guard of the product out, for as long as this process lives: a proof that still holds then proves nothing.

`python3 dev.py bench money double --without known-reference` must end with exit code 1; tests/ways/test_proofs.py holds that.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from hypothesis import Phase

from benchmarks.proof import runs
from huigong.audit import chain, verification
from huigong.casework import actions as casework
from huigong.ledger import actions as ledger
from huigong.payments import actions as payments
from huigong.payments.actions import releasing, replying, taking
from huigong.quotas.actions import moving
from huigong.quotas.models import Allotment
from huigong.registry.actions import edit
from huigong.registry.models import Household
from huigong.studentaid.actions import handing_out

_DAWDLE = 0.03


def take_out(proof: str, guard: str) -> None:
    """Raises KeyError for a guard that the proof does not have. What is found is not made smaller: that it is is all."""
    runs.PHASES = [Phase.generate]
    _OUT[proof, guard]()


def _forget_who_was_paid() -> None:
    releasing.paid = lambda _: set()


def _forget_holds() -> None:
    replying.hold = lambda *_, **__: None


def _let_everybody_overdraw() -> None:
    ledger._refuse_overdraft = lambda _: None


def _commit_in_the_middle() -> None:
    """The money of a reply is committed before its payments are: what one transaction guards against."""
    whole = replying._post

    def post(*words: Any, **named: Any) -> None:
        whole(*words, **named)
        connection.connection.commit()
        time.sleep(_DAWDLE)

    replying._post = post


def _forget_references() -> None:
    ledger._by_reference = lambda _: {}


def _forget_forms() -> None:
    """A form that was sent before does it again."""
    casework.do_once = lambda _number, do, **_: (do(), None)


def _take_places_without_asking() -> None:
    moving._take = lambda giver, _, **change: Allotment.objects.filter(pk=giver.pk).update(**change)


def _forget_versions() -> None:
    locked = edit.locked_file
    edit.locked_file = lambda seen, **_: locked(seen, version=Household.objects.get(pk=seen.pk).version)


def _forget_checkpoints() -> None:
    verify = verification.verify
    verification.verify = lambda **_: verify()


def _forget_times() -> None:
    """A digest that does not tell when: found by nobody who re-dates an event."""
    whole = chain.body
    chain.body = lambda *, at, **told: whole(
        at=at.replace(year=2017, month=1, day=1, hour=0, minute=0, second=0), **told
    )


def _release_in_several_transactions() -> None:
    payments.release = payments.release.__wrapped__  # type: ignore[attr-defined]


def _ask_nothing_again() -> None:
    """A batch leaves as it was made, whatever was found since."""
    handing_out._hold_what_changed = lambda *_, **__: []


def _hand_out_what_is_held() -> None:
    taking._refuse_held = lambda _: None
    handing_out.held = lambda _: set()


_OUT: dict[tuple[str, str], Callable[[], None]] = {
    ("machine", "paid"): _forget_who_was_paid,
    ("machine", "hold"): _forget_holds,
    ("machine", "overdraft"): _let_everybody_overdraw,
    ("machine", "one-transaction"): _release_in_several_transactions,
    ("way", "asked-again"): _ask_nothing_again,
    ("way", "holds"): _hand_out_what_is_held,
    ("kills", "one-transaction"): _commit_in_the_middle,
    ("double", "known-reference"): _forget_references,
    ("pages", "once"): _forget_forms,
    ("calls", "one-transaction"): _commit_in_the_middle,
    ("places", "condition"): _take_places_without_asking,
    ("edits", "version"): _forget_versions,
    ("tampering", "checkpoints"): _forget_checkpoints,
    ("tampering", "time"): _forget_times,
}
