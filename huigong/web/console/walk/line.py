"""What the links of a walk are made of: facts, each with the place where it can be opened; and who reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from huigong.organisations.models import Officer
from huigong.values import money
from huigong.web.console import words


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a link: what, how it stands, where it opens (empty: nowhere), and the clause it rests on in words.

    `behind` is the page on which it stands: to whom that does not open, the fact is not told. Empty: who may walk may know it.
    """

    word: str
    said: str
    address: str = ""
    behind: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain with its facts; none: this step left nothing, and `empty` says so where that is as it should be.

    `behind` as of a line, for the link as a whole.
    """

    title: str
    lines: Sequence[Line]
    empty: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who walks, and whether an address opens to them."""

    officer: Officer
    opens: Callable[[str], bool]

    def told(self, links: Sequence[Link]) -> list[Link]:
        """What this reader may know of the links, and of each fact the door that opens: its own, else the page it stands on."""
        return [
            replace(link, lines=[self._door(line) for line in link.lines if self._may_know(line)])
            for link in links
            if self._may_know(link)
        ]

    def _may_know(self, told: Line | Link) -> bool:
        return not told.behind or self.opens(told.behind)

    def _door(self, line: Line) -> Line:
        return line if not line.address or self.opens(line.address) else replace(line, address=line.behind)


def when(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def yuan(fen: int) -> str:
    return words.said(f"{money.for_people(fen)} 元", f"{money.for_people(fen)} yuan")
