"""What a frozen return tells: its sums, the indicators over them, the people behind a number, what it corrected and whose names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huigong.circulars.queries import circular_of
from huigong.employment import kept_names
from huigong.employment.models import StatisticalReturn
from huigong.organisations.models import Organisation
from huigong.rules.employed import GROUPS, Share, counts, shares


@dataclass(frozen=True, slots=True)
class Correction:
    """One number that a return changed, or the names behind it: where, which, what it was and is, who came in and who went."""

    office: str
    group: str
    was: int
    now: int
    came: Sequence[str] = ()
    gone: Sequence[str] = ()


def total(frozen: StatisticalReturn) -> dict[str, int]:
    found = Counter[str]()
    for line in frozen.figures.values():
        found.update(line)
    return {**counts(()), **found}


def shares_of(frozen: StatisticalReturn) -> list[Share]:
    """The circular's indicators over a frozen return; the reading that held when it was frozen first."""
    found = shares(circular_of(frozen.campaign), total(frozen))
    return sorted(found, key=lambda one: one.indicator.name != frozen.reading)


def corrections(frozen: StatisticalReturn) -> list[Correction]:
    """原数/现数: what this return changed of the one that it corrects; nothing for a first one."""
    if frozen.corrects is None:
        return []
    before, now = frozen.corrects.figures, frozen.figures
    came, gone = _moved(kept_names.by_case(frozen.corrects.cases), kept_names.by_case(frozen.cases))
    moved = came.keys() | gone.keys()
    return [
        Correction(
            code,
            name,
            before.get(code, {}).get(name, 0),
            now.get(code, {}).get(name, 0),
            sorted(came.get((code, name), ())),
            sorted(gone.get((code, name), ())),
        )
        for code in sorted({*before, *now})
        for name in GROUPS
        if (code, name) in moved or before.get(code, {}).get(name, 0) != now.get(code, {}).get(name, 0)
    ]


_Stood = Mapping[str, tuple[str, frozenset[str]]]
_Names = dict[tuple[str, str], list[str]]


def _moved(before: _Stood, now: _Stood) -> tuple[_Names, _Names]:
    """By office and group, who stands there now and did not, and who did and does not."""
    came, gone, nothing = _Names(), _Names(), ("", frozenset[str]())
    for reference in before.keys() | now.keys():
        (was_at, was), (is_at, stands) = before.get(reference, nothing), now.get(reference, nothing)
        if (was_at, was) == (is_at, stands):
            continue
        for found, office, names in ((came, is_at, stands), (gone, was_at, was)):
            for name in names if was_at != is_at else names - (was & stands):
                found.setdefault((office, name), []).append(reference)
    return came, gone


def names_in(frozen: StatisticalReturn, group: str, *, office: str = "") -> list[str]:
    """The case references behind a frozen number, in order."""
    return by_group(frozen, [group], office=office)[group]


def by_group(frozen: StatisticalReturn, groups: Iterable[str], *, office: str = "") -> dict[str, list[str]]:
    """The case references of each of these groups, each in order."""
    found = {group: list[str]() for group in groups}
    for code, names, references in kept_names.told(frozen.cases):
        if office in {"", code}:
            for name in found.keys() & names:
                found[name] += references
    return {group: sorted(references) for group, references in found.items()}


def names_of(codes: Mapping[str, object]) -> dict[str, str]:
    return dict(Organisation.objects.filter(code__in=list(codes)).values_list("code", "name"))
