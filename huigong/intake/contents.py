"""What a stored row says: its reading as JSON, and the reading back out of it."""

import json

from huigong.annexes.readings import FormRow as RowRead
from huigong.annexes.readings import RowProblem
from huigong.intake.models import FormRow


def as_content(row: RowRead) -> str:
    """The JSON of a row as it was read or mended."""
    told = {
        "values": dict(row.values),
        "places": dict(row.places),
        "problems": [problem.as_json() for problem in row.problems],
        "fingerprint": row.fingerprint,
    }
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


def fingerprint_of(row: FormRow) -> str:
    """The fingerprint of the cells that a stored row was read from."""
    return str(json.loads(row.content.plain())["fingerprint"])
