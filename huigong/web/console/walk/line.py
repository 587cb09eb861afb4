"""What the links of a walk are made of: facts, each with the place where it can be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from huigong.values import money
from huigong.web.console import words


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a link: what, how it stands, where it opens (empty: nowhere), and the clause it rests on in words."""

    word: str
    said: str
    address: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain with its facts; none: this step left nothing, and `empty` says so where that is as it should be."""

    title: str
    lines: Sequence[Line]
    empty: str = ""


def when(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def yuan(fen: int) -> str:
    return words.said(f"{money.for_people(fen)} 元", f"{money.for_people(fen)} yuan")
