"""An import in which too many new files are of people who have one stops and asks: mostly it is last year's list renumbered."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.circulars import parameters
from huigong.organisations.models import Organisation
from huigong.registry.lifecycle import MERGED
from huigong.registry.models import Household
from huigong.registry.rows import HouseholdRow
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

PARAMETER = "import_match_percent"
UNLESS_SAID = 20
"""Percent where no standard of the place says otherwise."""
_FEW = 5  # so few people may well have moved or been filed twice
_AT_A_TIME = 500


@transaction.atomic
def refuse_implausible(
    rows: Sequence[HouseholdRow], city: Organisation, *, looked_at: str, officer: str, at: datetime
) -> None:
    """Raises SaidError where more of the new files than the city's standard are of workers on file under another number."""
    fresh, already = _already(rows)
    standing = parameters.standing(PARAMETER, city, on=timezone.localdate(at))
    percent = standing.value if standing else UNLESS_SAID
    if len(already) < _FEW or len(already) * 100 <= fresh * percent:
        return
    if not looked_at.strip():
        few = "、".join(already[:3])
        raise SaidError(
            Sentence(
                "import_implausible",
                f"这份档案表里 {fresh} 户是新编号，其中 {len(already)} 户的职工已另有档案（如 {few}），超过 {percent}%，一户也没有收。"
                "多半是去年的表换了编号，或两个县的表混了。看过确实要收，请写明谁看过、为什么，再导一次。",
                f"Of {fresh} households with new numbers {len(already)} are of workers on file already (such as {few}), more "
                f"than {percent} %: nothing was taken. If somebody looked and it is right, say who and why and import again.",
            )
        )
    told = {"fresh": fresh, "already": len(already), "percent": percent, "word": blind.digest("looked at", looked_at)}
    audit.record("import.looked_at", subject=f"registry:{city.code}", officer=officer, at=at, payload=told)


def _already(rows: Sequence[HouseholdRow]) -> tuple[int, list[str]]:
    """How many rows bear a new file number, and under which numbers of these the worker has another file."""
    numbers = [row.file_number for row in rows]
    known = set[str]()
    for start in range(0, len(numbers), _AT_A_TIME):
        part = numbers[start : start + _AT_A_TIME]
        known |= set(Household.objects.filter(file_number__in=part).values_list("file_number", flat=True))
    fresh = {
        blind.index("resident_id", row.id_number): row.file_number
        for row in rows
        if row.file_number not in known and row.id_number
    }
    indexes, filed = list(fresh), set[str]()
    for start in range(0, len(indexes), _AT_A_TIME):
        files = Household.objects.filter(id_number_index__in=indexes[start : start + _AT_A_TIME]).exclude(status=MERGED)
        filed |= set(files.values_list("id_number_index", flat=True))
    return sum(number not in known for number in numbers), sorted(fresh[index] for index in filed)
