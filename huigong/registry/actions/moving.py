"""A file moves to another union: sent, called back, taken over or declined. Until it is taken it stands where it was."""

from django.db import transaction

from huigong.organisations.models import Organisation
from huigong.registry.actions.edit import locked_file
from huigong.registry.actions.entering import Done, enter, move
from huigong.registry.lifecycle import ENROLLED, MOVING
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError, Sentence

Kind = FileEntry.Kind


@transaction.atomic
def send_to(household: Household, to: Organisation, done: Done, *, version: int) -> None:
    """Hand the file to another union. Until that takes it the file stands here, and the family loses nothing."""
    locked = locked_file(household, version=version)
    if to.kind != Organisation.Kind.FEDERATION or to.pk == locked.federation_id:
        raise SaidError(
            Sentence("no_place_to_move", "请选另一个总工会接收。", "Choose another federation to receive the file.")
        )
    locked.moving_to = to
    enter(locked, Kind.MOVE_OUT, done, to=to)
    move(locked, MOVING, done)


@transaction.atomic
def take_over(household: Household, done: Done, *, version: int) -> None:
    """The receiving union takes the file, with everything that is in it."""
    locked = locked_file(household, version=version)
    to = _receiver(locked)
    enter(locked, Kind.MOVE_IN, done, to=to)
    locked.federation, locked.unit, locked.moving_to = to, None, None
    locked.county = to.name.removesuffix("总工会")
    move(locked, ENROLLED, done)


@transaction.atomic
def decline(household: Household, done: Done, *, version: int) -> None:
    """The receiving union does not take the file, and says why: it stays where it was."""
    locked = locked_file(household, version=version)
    if not done.note:
        raise SaidError(
            Sentence("declined_wordless", "不接收要写原因，让转出方知道。", "Say why the file is not taken.")
        )
    _stay(locked, Kind.DECLINED, done)


@transaction.atomic
def call_back(household: Household, done: Done, *, version: int) -> None:
    """The sending union takes back what it sent, while nobody has taken it over."""
    _stay(locked_file(household, version=version), Kind.CALLED_BACK, done)


def _stay(household: Household, kind: str, done: Done) -> None:
    enter(household, kind, done, to=_receiver(household))
    household.moving_to = None
    move(household, ENROLLED, done)


def _receiver(household: Household) -> Organisation:
    if household.moving_to is None:
        raise SaidError(Sentence("file_not_moving", "这份档案没有在转出。", "This file is not moving."))
    return household.moving_to
