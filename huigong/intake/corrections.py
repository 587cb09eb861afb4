"""A corrected copy and what it corrects: which form's annotated copy came back, which rows are the same student's."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from huigong.annexes.readings import FormReading
from huigong.circulars.models import Campaign
from huigong.intake.lifecycle import REPLACED
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations.models import Organisation

_MARK = 16  # hex digits of the original's digest that an annotated copy carries
_NAME = 255


def corrected(campaign: Campaign, reading: FormReading, unit: Organisation | None) -> FormReceived | None:
    """The form whose annotated copy came back. The mark is the sender's word only, so another unit's form is not it."""
    mark = reading.annotated_from or ""
    if len(mark) < _MARK or reading.stopped:
        return None
    found = FormReceived.objects.filter(campaign=campaign, sha256__startswith=mark).select_related("unit").first()
    if found is None or (unit and found.unit and unit.pk != found.unit.pk):
        return None
    return found


def family_of(form: FormReceived) -> list[FormReceived]:
    """The first form of a chain of corrections and every copy that corrects it or one of its copies."""
    first = form
    while first.corrects:
        first = first.corrects
    family, newest = [first], [first]
    while newest:
        newest = list(FormReceived.objects.filter(corrects__in=newest))
        family += newest
    return family


def name_for(campaign: Campaign, name: str, corrects: FormReceived | None, rows: Sequence[FormRow]) -> str:
    """The name under which a form stands in its campaign.

    Papers are noted by form name and row. So a second file of the same name is called “名单 (2).xlsx”, and has the papers of
    nobody; only a corrected copy keeps the name of what it corrects, as long as each row still speaks of the same student.
    """
    name = name[-_NAME:]
    taken = set(FormReceived.objects.filter(campaign=campaign).values_list("name", flat=True))
    if name not in taken or (corrects and corrects.name == name and _rows_stand(corrects, rows)):
        return name
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)
    numbered = (f"{stem[: _NAME - len(suffix) - 6]} ({number}){suffix}" for number in range(2, len(taken) + 3))
    return next(candidate for candidate in numbered if candidate not in taken)


def pairs(rows: Sequence[FormRow], earlier: Sequence[FormRow]) -> Mapping[int, int]:
    """For rows of a corrected copy the number that the same student had before: by identity number, else by name."""
    by_index = {row.student_index: row.number for row in earlier if row.student_index}
    by_name: dict[str, set[int]] = {}
    for row in earlier:
        by_name.setdefault(row.student_name, set()).add(row.number)
    found = {}
    for row in rows:
        numbers = by_name.get(row.student_name, set())
        if row.student_index in by_index:
            found[row.number] = by_index[row.student_index]
        elif row.number in numbers:
            found[row.number] = row.number
        elif row.student_name and len(numbers) == 1:
            found[row.number] = next(iter(numbers))
    return found


def standing(corrects: FormReceived, rows: Sequence[FormRow]) -> dict[int, FormRow]:
    """For rows of a corrected copy the same student's row, as it stands now in the chain of copies."""
    found: dict[int, FormRow] = {}
    for form in sorted(family_of(corrects), key=lambda one: one.received_at, reverse=True):
        earlier = {row.number: row for row in form.rows.exclude(status=REPLACED)}
        for number, before in pairs(rows, list(earlier.values())).items():
            found.setdefault(number, earlier[before])
    return found


def replaced(rows: Sequence[FormRow], earlier: Sequence[FormRow]) -> frozenset[int]:
    """Numbers of the earlier rows that a copy speaks of: the same student's, or what stood in the place of somebody new.

    A row that the copy leaves out is not among them: whoever sends the mended rows only has not taken back the others.
    """
    found = pairs(rows, earlier)
    told = frozenset(found.values())
    return told | {row.number for row in rows if row.number not in found}


def _rows_stand(corrects: FormReceived, rows: Sequence[FormRow]) -> bool:
    earlier = list(corrects.rows.all())
    last = max((row.number for row in earlier), default=0)
    found = pairs(rows, earlier)
    return all(found.get(row.number) == row.number for row in rows if row.number <= last)
