"""The names that a return keeps: by office, who counts alike as one text of case references.

A province has two hundred thousand of them: as so many keys of a JSON object they took a database longer than counting
them. Returns frozen before keep a number of groups for each reference, and are read as they are (decision 606).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huigong.rules.employed import GROUPS, Counted, groups_of

Values = tuple[bool, bool, str, bool, bool]
"""What figures look at, as the columns hold it."""


def keep(stood: Mapping[str, Mapping[Values, Sequence[str]]]) -> dict[str, Any]:
    """The JSON of a return, from the references of each office by what they count as; the same people make the same JSON."""
    kinds = sorted({values for of_office in stood.values() for values in of_office})
    groups = [sorted(groups_of(Counted(*values)), key=list(GROUPS).index) for values in kinds]
    offices = {
        code: [" ".join(sorted(of_office.get(values, ()))) for values in kinds]
        for code, of_office in sorted(stood.items())
    }
    return {"groups": groups, "offices": offices}


def told(cases: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str], list[str]]]:
    """Office, groups, and the references that stand in these groups there."""
    groups = [frozenset(names) for names in cases["groups"]]
    for code, texts in (cases["offices"] if "offices" in cases else _before(cases)).items():
        for names, text in zip(groups, texts, strict=True):
            if text:
                yield code, names, text.split()


def _before(cases: Mapping[str, Any]) -> dict[str, list[str]]:
    found = dict[str, list[list[str]]]()
    for reference, kind in cases["people"].items():
        code = reference.removeprefix("GE-").rsplit("-", 2)[0]
        found.setdefault(code, [[] for _ in cases["groups"]])[kind].append(reference)
    return {code: [" ".join(references) for references in kinds] for code, kinds in found.items()}


def by_case(cases: Mapping[str, Any]) -> dict[str, tuple[str, frozenset[str]]]:
    """Of each reference its office and in which groups it stands."""
    return {reference: (code, names) for code, names, references in told(cases) for reference in references}
