"""What reading a form gives: rows with values, the place of each, and problems in words. Plain data that crosses processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Value = str | int | None

STOPS = frozenset(
    [
        "empty",
        "encrypted",
        "truncated",
        "wrong_type",
        "no_heading",
        "no_rows",
        "too_large",
        "macro",
        "converter_missing",
        "two_units",
    ]
)
"""Kinds of file problem after which nothing of the file is taken. `duplicate`, `hidden_sheet` and `other_year` only inform."""

ROWS_UNREAD = "rows_unread"
"""The rest of the file is taken; what this names has to be mended."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Something about the whole file, and how to mend it."""

    kind: str
    message: str
    remedy: str
    message_en: str
    remedy_en: str

    def as_json(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "message": self.message,
            "remedy": self.remedy,
            "message_en": self.message_en,
            "remedy_en": self.remedy_en,
        }


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something about one value of one row. `error` sends the row back, `look` asks a person."""

    field: str
    kind: str
    severity: str
    cell: str | None
    message: str
    remedy: str
    message_en: str
    remedy_en: str

    def as_json(self) -> dict[str, str | None]:
        return {
            "field": self.field,
            "kind": self.kind,
            "severity": self.severity,
            "cell": self.cell,
            "message": self.message,
            "remedy": self.remedy,
            "message_en": self.message_en,
            "remedy_en": self.remedy_en,
        }


@dataclass(frozen=True, slots=True)
class FormRow:
    """One data row. `number` counts the rows of the whole file from 1; `places` says where each value stands."""

    number: int
    values: Mapping[str, Value]
    problems: tuple[RowProblem, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    unchanged: bool = False

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        return {"row": self.number, **self.values, "problems": [problem.as_json() for problem in self.problems]}


@dataclass(frozen=True, slots=True)
class FormReading:
    """A whole file as read. `rows` is empty where a problem stopped the reading."""

    file: str
    unit: str | None = None
    filled_on: date | None = None
    filler: str | None = None
    filler_phone: str | None = None
    problems: tuple[FileProblem, ...] = ()
    rows: tuple[FormRow, ...] = ()
    annotated_from: str | None = None
    """The batch of the annotated workbook that this file is a corrected copy of."""

    @property
    def stopped(self) -> bool:
        return any(problem.kind in STOPS for problem in self.problems)

    @property
    def has_errors(self) -> bool:
        """Whether anything in it must be mended before all of it can be taken; looks alone do not count."""
        unread = any(problem.kind == ROWS_UNREAD for problem in self.problems)
        return self.stopped or unread or any(row.has_errors for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """The shape that `huigong forms read --json` prints (issue 2, §3)."""
        told: dict[str, Any] = {
            "file": self.file,
            "unit": self.unit,
            "filled_on": self.filled_on.isoformat() if self.filled_on else None,
            "filler": self.filler,
            "filler_phone": self.filler_phone,
            "problems": [problem.as_json() for problem in self.problems],
            "rows": [row.as_json() for row in self.rows],
        }
        if self.annotated_from:
            told["annotated_from"] = self.annotated_from
            for row, entry in zip(self.rows, told["rows"], strict=True):
                entry["unchanged"] = row.unchanged
        return told


def packed(reading: FormReading) -> dict[str, Any]:
    """The whole reading as plain data, for the pipe between processes."""
    return {
        "file": reading.file,
        "unit": reading.unit,
        "filled_on": reading.filled_on.isoformat() if reading.filled_on else None,
        "filler": reading.filler,
        "filler_phone": reading.filler_phone,
        "annotated_from": reading.annotated_from,
        "problems": [problem.as_json() for problem in reading.problems],
        "rows": [
            [
                row.number,
                dict(row.values),
                [problem.as_json() for problem in row.problems],
                dict(row.places),
                row.fingerprint,
                row.unchanged,
            ]
            for row in reading.rows
        ],
    }


def unpacked(data: Mapping[str, Any]) -> FormReading:
    """A reading out of what `packed` made of it."""
    return FormReading(
        file=data["file"],
        unit=data["unit"],
        filled_on=date.fromisoformat(data["filled_on"]) if data["filled_on"] else None,
        filler=data["filler"],
        filler_phone=data["filler_phone"],
        annotated_from=data["annotated_from"],
        problems=tuple(FileProblem(**problem) for problem in data["problems"]),
        rows=tuple(
            FormRow(
                number=number,
                values=values,
                problems=tuple(RowProblem(**problem) for problem in problems),
                places=places,
                fingerprint=fingerprint,
                unchanged=unchanged,
            )
            for number, values, problems, places, fingerprint, unchanged in data["rows"]
        ),
    )
