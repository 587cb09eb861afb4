"""A file since it was last opened: what was entered, what the checks found against the family, what changed behind them."""

from collections.abc import Iterable, Mapping, Sequence

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.registry.file_form import FileForm
from huigong.registry.models import FileEntry, Household

Kind = FileEntry.Kind
CHECKS = (Kind.HOME_VISIT, Kind.AUTHORISATION, Kind.CIVIL_AFFAIRS)
"""What a file is checked by, each of them."""
OUTCOMES: Mapping[str, Sequence[str]] = {
    Kind.HOME_VISIT: ("属实", "有出入"),
    Kind.CIVIL_AFFAIRS: ("未享受低保，收入核对无异议", "享受低保", "收入核对有异议"),
}
"""What may come of a check."""
AGAINST = frozenset({"有出入", "收入核对有异议"})
"""Those that speak against the family. They forbid nothing: whoever goes on says why."""

FACTS = frozenset(
    [
        "worker_name",
        "id_number",
        "hardship_category",
        "health",
        "disability",
        "work_state",
        "housing",
        "floor_area",
        "single_parent",
        "own_monthly_income_fen",
        "other_annual_income_fen",
        "annual_income_fen",
        "essential_expenditure_fen",
        "sudden_cost_fen",
        "size",
        "medical_insurance",
        "helps_itself",
        "zero_employment",
        "hardship_cause",
        "second_cause",
        "third_cause",
        "fourth_cause",
        "other_cause",
    ]
)
MEMBER_FACTS = frozenset(
    [
        "name",
        "relationship",
        "id_number",
        "is_in_file",
        "own_monthly_income_fen",
        "health",
        "disability",
        "medical_insurance",
        "identity",
        "education_level",
        "entry_year",
        "length_years",
        "school",
        "occupation",
    ]
)
"""What a file is checked and hung out for: who, how poor, why. A telephone number, an address, a card is none of it."""


def since_opened(household: Household) -> list[FileEntry]:
    """The entries of this time around, in their order; where the file was opened again, that is the first of them."""
    return last_round(list(household.entries.order_by("at", "id")))


def last_round(entries: Sequence[FileEntry]) -> list[FileEntry]:
    """The same of all entries of a file, in their order."""
    first = max((place for place, one in enumerate(entries) if one.kind == Kind.REOPENED), default=0)
    return list(entries[first:])


def last_of(entries: Iterable[FileEntry], *kinds: str) -> FileEntry | None:
    return next((one for one in reversed(list(entries)) if one.kind in kinds), None)


def found_against(entries: Sequence[FileEntry]) -> list[FileEntry]:
    """The checks whose last outcome speaks against the family."""
    last = [last_of(entries, kind) for kind in OUTCOMES]
    return [one for one in last if one is not None and one.word in AGAINST]


def changed_since_checked(household: Household) -> list[str]:
    """The facts that were written since the checks were done, as paths; none where they never were."""
    checked = last_of(since_opened(household), Kind.CHECKED)
    return _changed_since(household, checked) if checked else []


def checks_that_count(household: Household) -> list[FileEntry]:
    """The last of each check that was made of what the file says: where facts were changed since the checks were done, only
    those noted after that. A check of other facts proves nothing of these.
    """
    entries = since_opened(household)
    checked = last_of(entries, Kind.CHECKED)
    if checked is not None and _changed_since(household, checked):
        entries = entries[entries.index(checked) + 1 :]
    return [one for kind in CHECKS if (one := last_of(entries, kind))]


def changed_behind(household: Household, checks: Sequence[FileEntry]) -> list[str]:
    """The facts that were written after the first of these checks and before the checks are said to be done, as paths."""
    checked = last_of(since_opened(household), Kind.CHECKED)
    first = min(checks, key=lambda one: (one.at, one.pk))
    return [] if checked is not None and first.at < checked.at else _changed_since(household, first)


def _changed_since(household: Household, entry: FileEntry) -> list[str]:
    told = audit.history(household.file_number)
    place = next((n for n, one in enumerate(told) if one.payload.get("entry") == str(entry.pk)), len(told))
    paths = {path for one in told[place:] if one.action == "household.amended" for path in _written(one)}
    return sorted(filter(is_fact, paths))


def is_fact(path: str) -> bool:
    """Whether a path of the form (`size`, `members.2.health`) is something that a file is checked for."""
    parts = path.split(".")
    return path in FACTS or path == "members" or (len(parts) == 3 and parts[2] in MEMBER_FACTS)


def in_words(paths: Iterable[str], form: FileForm) -> list[tuple[str, str]]:
    """Paths as the form calls them, each once, in both languages."""
    return list(dict.fromkeys(_word(path, form) for path in paths))


def _word(path: str, form: FileForm) -> tuple[str, str]:
    if not path.startswith("members"):
        field = form.field("household", path)
        return (field.zh, field.en) if field else (path, path)
    field = form.field("member", path.rpartition(".")[2])
    return (f"家庭成员的{field.zh}", f"{field.en} of a member") if field else ("家庭成员增减", "who is of the family")


def _written(told: Told) -> Sequence[str]:
    """What an amendment wrote; one that says nothing (a merge undone) wrote the family."""
    one = told.payload.get("field")
    return [str(one)] if one else told.payload.get("fields") or ["members"]
