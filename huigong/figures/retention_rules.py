"""How long what is kept, from when on, by which text, and how sure that is: dated data beside this file, never constants.

`read`: the text was read; `background`: known, not found among the texts that were read; `inferred`: follows from another
rule. A later row of a kind replaces an earlier one from its day on.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE, VOUCHER, CASE_PAID, CASE = "file", "voucher", "case_paid", "case"
SURENESS = {
    "read": ("读过原文", "the text was read"),
    "background": ("尚未核对原文", "the text is still to be checked"),
    "inferred": ("由别的规定推出", "inferred from another rule"),
}


@dataclass(frozen=True, slots=True)
class RetentionRule:
    kind: str
    years: int
    counted_from: str
    valid_from: date
    source: str
    sureness: str


@cache
def rules() -> tuple[RetentionRule, ...]:
    with (Path(__file__).parent / "retention_rules.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            RetentionRule(
                row["kind"],
                int(row["years"]),
                row["counted_from"],
                date.fromisoformat(row["valid_from"]),
                row["source"],
                row["sureness"],
            )
            for row in csv.DictReader(lines)
        )


def standing(kind: str, *, on: date) -> RetentionRule:
    """The rule of that kind on a day. Where none stood yet, the first one holds: nothing is kept shorter for being old."""
    mine = sorted((one for one in rules() if one.kind == kind), key=lambda one: one.valid_from)
    return next((one for one in reversed(mine) if one.valid_from <= on), mine[0])
