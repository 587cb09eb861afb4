"""What is wrong with a circular's text: file, line, and a sentence that says how to mend it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huigong.values.sentence import SaidError, Sentence

if TYPE_CHECKING:
    from huigong.rules.circular import Circular

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""^\s*(?:"([^"]+)"|'([^']+)'|([A-Za-z0-9_-]+))\s*=""")


@dataclass(frozen=True, slots=True)
class Problem:
    file: str
    line: int
    sentence: Sentence

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.sentence.zh}"

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "line": self.line,
            "zh": self.sentence.zh,
            "en": self.sentence.en,
            "code": self.sentence.code,
        }


class WrongCircularError(SaidError):
    """A circular that cannot be loaded; `problems` lists everything that is wrong, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
        super().__init__(
            Sentence(
                "wrong_circular",
                f"{first}{more}",
                f"{first.file}:{first.line} {first.sentence.en} ({len(problems)} in all)",
            )
        )
        self.problems = problems


class Lines:
    """Where tables and keys stand in a TOML text, since the parser does not tell."""

    def __init__(self, text: str) -> None:
        self._at: dict[tuple[str, int, str], int] = {}
        table, number, seen = "", 0, dict[str, int]()
        for line, content in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(content):
                table = header[2].replace(" ", "")
                number = seen.get(table, -1) + 1
                seen[table] = number
                self._at[table, number, ""] = line
            elif key := _KEY.match(content):
                self._at.setdefault((table, number, key[1] or key[2] or key[3]), line)

    def of(self, table: str, number: int = 0, key: str = "") -> int:
        """The line of a key in the number-th table of that name; of the table where the key is absent; else 1."""
        return (
            self._at.get((table, number, key)) or self._at.get((table, number, "")) or self._at.get((table, 0, "")) or 1
        )


def problem(file: str, line: int, code: str, zh: str, en: str) -> Problem:
    return Problem(file, line, Sentence(code, zh, en))


def at_entry(circular: "Circular", table: str, number: int, code: str, zh: str, en: str, *, key: str = "") -> Problem:
    """A problem at an entry, wherever it stands: in the circular itself or in a supplement."""
    origin = circular.origins[table][number]
    line = Lines(circular.texts[origin.file]).of(table, origin.number, key)
    return problem(origin.file, line, code, zh, en)
