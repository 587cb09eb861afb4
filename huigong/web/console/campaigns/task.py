"""One thing to do, as it stands on Today and on a campaign's page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: how many, what, where the list of them is, and when it is due or whom it waits for."""

    count: int
    word: str
    address: str
    note: str
    tone: str
