"""What pure floors say to people: a code, the facts it rests on, and the words in Chinese and English."""

from dataclasses import dataclass, field
from typing import Any

Facts = dict[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said to a reader. Stored decisions keep `code` and `facts`; the words can be made again from them."""

    code: str
    zh: str
    en: str
    facts: Facts = field(default_factory=dict)

    def __str__(self) -> str:
        return self.zh

    def in_language(self, language: str) -> str:
        """The words for a language code: English for `en…`, Chinese for everything else."""
        return self.en if language.startswith("en") else self.zh

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "zh": self.zh, "en": self.en, "facts": self.facts}


class SaidError(Exception):
    """An error whose whole message is one Sentence: what, why, which clause, what to do next."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(f"{sentence.zh} {sentence.en}")
        self.sentence = sentence


class WrongValueError(SaidError, ValueError):
    """A text that cannot be the value it should be (an identity number, an amount, a card)."""
