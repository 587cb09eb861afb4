"""What a registry workbook says, as plain data: households, their members, and every cell that could not be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from huigong.values.sentence import Sentence

ERROR, LOOK = "error", "look"


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One wrong cell. `severity` is error (the value is left out) or look (kept and marked)."""

    cell: str
    kind: str
    severity: str
    sentence: Sentence

    def as_json(self) -> dict[str, str]:
        return {
            "cell": self.cell,
            "kind": self.kind,
            "severity": self.severity,
            "zh": self.sentence.zh,
            "en": self.sentence.en,
        }


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A family member as the file names one. `unread` names fields that could not be read: they say nothing."""

    name: str
    relationship: str = ""
    id_number: str = ""
    education_level: str = ""
    school: str = ""
    entry_year: int | None = None
    length_years: int | None = None
    occupation: str = ""
    unread: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the file form that have no column, by name; only those that the workbook states."""

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _OF_A_MEMBER}


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household file as the workbook says it; money in fen. `unread` names fields that could not be read or have no column."""

    file_number: str
    worker_name: str
    id_number: str = ""
    gender: str = ""
    identity: str = ""
    county: str = ""
    employer: str = ""
    hardship_category: str = ""
    enrolment_level: str = ""
    hardship_cause: str = ""
    size: int | None = None
    annual_income_fen: int | None = None
    essential_expenditure_fen: int | None = None
    certificate_number: str = ""
    certificate_review: str = ""
    certificate_reviewed_in: str = ""
    card: str = ""
    phone: str = ""
    zero_employment: bool | None = None
    file_status: str = ""
    members: tuple[MemberRow, ...] = ()
    unread: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """The fields of the household itself by name, without its members."""
        return {name: getattr(self, name) for name in _OF_A_HOUSEHOLD}

    def everything(self) -> dict[str, Any]:
        """All that the workbook says of the file, its members and what could not be read of them."""
        members = [member.values() | {"unread": member.unread} | _told(member.details) for member in self.members]
        own = {"file_number": self.file_number, "members": members, "unread": self.unread}
        return self.values() | own | _told(self.details)


def _told(details: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing where there are none, so that a workbook without them reads as it always did."""
    return {"details": dict(details)} if details else {}


_OF_A_MEMBER = tuple(one.name for one in fields(MemberRow) if one.name not in {"unread", "details"})
_OF_A_HOUSEHOLD = tuple(
    one.name for one in fields(HouseholdRow) if one.name not in {"members", "unread", "file_number", "details"}
)


@dataclass(frozen=True, slots=True)
class RegistryReading:
    """A whole workbook as read."""

    households: Sequence[HouseholdRow]
    problems: Sequence[CellProblem] = ()

    @property
    def members(self) -> int:
        return sum(len(household.members) for household in self.households)

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == ERROR for problem in self.problems)
