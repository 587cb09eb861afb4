"""What a run is given: folders and tables, people and days. Nothing here is invented when it is absent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SYSTEM = "system"
"""Who acts where no person has to."""


@dataclass(frozen=True, slots=True)
class People:
    """Names of officers as they were given; empty where nobody was named."""

    verified_by: str = ""
    approved_by: str = ""
    released_by: str = ""
    decision: str = ""
    """The minutes of the collective decision: number and day."""


@dataclass(frozen=True, slots=True)
class Days:
    received: date | None
    notice_from: date | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Inputs:
    """The folder of a campaign. `papers` and `settlements` are None where no such table was given."""

    circular: Path
    supplements: Sequence[Path]
    registry: Path | None
    units: Path | None
    quotas: Path | None
    forms: Path
    papers: Path | None
    settlements: Path | None
    people: People
    days: Days
    workers: int = 2
    desk: str = ""
    """Code of the federation at whose aid centre these forms came in; empty for the campaign's own."""
