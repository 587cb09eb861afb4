"""一户一档: one person is the worker of one file, and nobody of an enrolled family heads another one."""

from huigong.audit import actions as audit
from huigong.registry import words
from huigong.registry.lifecycle import ENROLLED, EXITED, MERGED, MOVING, TURNED_DOWN
from huigong.registry.models import Household, Member
from huigong.values.sentence import SaidError, Sentence

TAKEN_OFF = {"status": EXITED, "file_status__startswith": TURNED_DOWN}


def refuse_second_file(household: Household) -> None:
    """Raises SaidError where the worker has a file already, or stands in one. Two who ask at once ask one after the other.

    A file that was taken off before it was enrolled is nobody's file.
    """
    index = household.id_number_index
    if not index:
        raise SaidError(
            Sentence("file_unidentified", "建档要有职工的身份证号。", "A file needs the worker's identity number.")
        )
    audit.take_turn()
    others = Household.objects.exclude(pk=household.pk).exclude(status=MERGED).exclude(**TAKEN_OFF)
    others = others.select_related("federation")
    other = others.filter(id_number_index=index).first()
    if other is None:
        standing = Member.objects.filter(id_number_index=index, is_in_file=True).exclude(household__status=MERGED)
        standing = standing.exclude(**{f"household__{name}": value for name, value in TAKEN_OFF.items()})
        found = standing.exclude(household=household.pk).select_related("household__federation").first()
        other = found.household if found else None
    if other is not None:
        raise _one_each(other)


def refuse_other_head(household: Household) -> None:
    """Raises SaidError where the worker of a file that stands is a member of this one: such files are merged first.

    A file that is no more than begun may name her: that she is of the family is true, and the list of doubles shows both.
    """
    audit.take_turn()
    family = household.members.filter(is_in_file=True).exclude(relationship__in=words.CHILD)
    indexes = {household.id_number_index, *family.values_list("id_number_index", flat=True)} - {""}
    standing = Household.objects.filter(id_number_index__in=indexes, status__in=(ENROLLED, MOVING))
    other = standing.exclude(pk=household.pk).select_related("federation").first()
    if other is not None:
        raise _one_each(other)


def _one_each(other: Household) -> SaidError:
    where = other.federation.name
    return SaidError(
        Sentence(
            "file_exists",
            f"此人已有档案，归{where}管；一户一档，请联系{where}，不重复建档。",
            f"This person is on file already, with {where}: one household, one file; ask them.",
        )
    )
