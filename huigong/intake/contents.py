"""What a stored row says: its reading as JSON with what was mended here since, and both back out of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import RowProblem, Value
from huigong.intake.models import FormRow


@dataclass(frozen=True, slots=True)
class Mend:
    """One value that a person wrote anew: the text, what the unit's paper said, the day, and whether a copy came since."""

    name: str
    text: str
    was: Value
    day: date
    outlived_copy: bool = False


def as_content(row: RowRead, mends: Sequence[Mend] = (), stamped: Mapping[str, Value] = MappingProxyType({})) -> str:
    """The JSON of a row as it was read or mended; `stamped`: what the stamped sheet says where the row says else by now."""
    told: dict[str, Any] = {
        "values": dict(row.values),
        "places": dict(row.places),
        "problems": [problem.as_json() for problem in row.problems],
        "fingerprint": row.fingerprint,
    }
    if mends:
        told["mends"] = [
            {"name": one.name, "text": one.text, "was": one.was, "day": one.day.isoformat(), "copy": one.outlived_copy}
            for one in mends
        ]
    if stamped:
        told["stamped"] = dict(stamped)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def row_read(row: FormRow) -> RowRead:
    """The reading of a stored row."""
    told = json.loads(row.content.plain())
    return RowRead(
        number=row.number,
        values=told["values"],
        problems=tuple(RowProblem(**problem) for problem in told["problems"]),
        places=told["places"],
        fingerprint=told["fingerprint"],
    )


def mends_of(row: FormRow) -> tuple[Mend, ...]:
    """What a person mended in the row here."""
    told = json.loads(row.content.plain()).get("mends", ())
    return tuple(
        Mend(one["name"], one["text"], one["was"], date.fromisoformat(one["day"]), outlived_copy=one["copy"])
        for one in told
    )


def stamped_of(row: FormRow) -> dict[str, Value]:
    """What the stamped sheet says in the cells that were mended since it came."""
    return dict(json.loads(row.content.plain()).get("stamped", {}))


def fingerprint_of(row: FormRow) -> str:
    """The fingerprint of the cells that a stored row was read from."""
    return str(json.loads(row.content.plain())["fingerprint"])
