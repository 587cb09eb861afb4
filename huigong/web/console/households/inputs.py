"""The inputs of one section of a file: what stands, what may be chosen, what was typed and does not fit.

A sensitive value is not written into the page: its input is empty, and left empty it stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from huigong.registry import code_lists, details, inputs
from huigong.registry.file_form import Field
from huigong.registry.models import Household, Member
from huigong.registry.words import LEVELS, level_in_words
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind
from huigong.web.console.households.shown import GENDERS, label, masked
from huigong.web.console.words import said

_SHAPES = {"long_text": "long", "code": "choice", "gender": "choice", "level": "choice", "yes_no": "choice"}
_MODES = {"fen": "decimal", "whole": "numeric", "year": "numeric", "phone": "tel"}
_DIGITS = 8  # of a keyed digest: enough to tell whether a field still says the same
CLEAR = "-"
"""What empties a sensitive field: an empty input leaves it as it is."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input. `was` is what stood when the page was opened; of a sensitive field its keyed digest, which tells nothing."""

    field: Field
    label: str
    shape: str
    mode: str
    value: str
    was: str
    masked: str = ""
    choices: Sequence[tuple[str, str]] = ()
    error: str = ""

    @property
    def word(self) -> str:
        """What the input holds as a person reads it."""
        return dict(self.choices).get(self.value, self.value) or self.masked


@dataclass(frozen=True, slots=True)
class Typed:
    """What came of a posted section: the fields that the person changed, and the inputs with what is wrong."""

    changed: Mapping[Field, Any]
    inputs: Sequence[Input]

    @property
    def fits(self) -> bool:
        return not any(one.error for one in self.inputs)


def inputs_of(owner: Household | Member, fields: Sequence[Field], *, today: date) -> list[Input]:
    """The inputs of fields as they stand now."""
    lists = code_lists.words_on(today)
    return [_input(owner, field, lists, today) for field in fields if not field.is_given]


def typed(owner: Household | Member, fields: Sequence[Field], posted: Mapping[str, str], *, today: date) -> Typed:
    """Read what was posted: only what differs from what the person saw is a change."""
    lists = code_lists.words_on(today)
    changed, read = dict[Field, Any](), list[Input]()
    for one in inputs_of(owner, fields, today=today):
        field, text = one.field, posted.get(one.field.name)
        if text is None:  # not asked on this page: untouched
            read.append(one)
            continue
        was = posted.get(f"was-{field.name}", one.was)
        shown = replace(one, value=text if not field.sensitive else "", was=was)
        if not text.strip() if field.sensitive else text.strip() == was.strip():
            read.append(shown if not field.sensitive else one)
            continue
        try:
            given = "" if field.sensitive and text.strip() == CLEAR else text
            changed[field] = inputs.read(field, given, words=lists, standing=_standing(owner, field, today))
            read.append(replace(shown, value=text))
        except SaidError as error:
            read.append(replace(shown, value=text, error=in_language(error.sentence)))
    return Typed(changed, read)


def in_language(sentence: Sentence) -> str:
    return said(sentence.zh, sentence.en)


def as_text(field: Field, value: Any) -> str:
    """A value as an input holds it."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.kind == "fen":
        return f"{value // 100}.{value % 100:02}".removesuffix(".00")
    return str(value)


def _standing(owner: Household | Member, field: Field, today: date) -> Any:
    return details.value(owner, field, today=today)


def _input(owner: Household | Member, field: Field, lists: Mapping[str, Sequence[str]], today: date) -> Input:
    value = _standing(owner, field, today)
    stands = "" if field.sensitive else as_text(field, value)
    return Input(
        field=field,
        label=label(field),
        shape=_SHAPES.get(field.kind, "day" if field.kind == "date" else "text"),
        mode=_MODES.get(field.kind, ""),
        value=stands,
        was=_digest(owner, field, value) if field.sensitive else stands,
        masked=masked(field, value) if field.sensitive and value else "",
        choices=_choices(field, lists, stands),
    )


def _digest(owner: Household | Member, field: Field, value: Any) -> str:
    return blind.digest("shown", str(owner.pk), field.name, as_text(field, value))[:_DIGITS]


def _choices(field: Field, lists: Mapping[str, Sequence[str]], stands: str) -> list[tuple[str, str]]:
    if field.kind == "yes_no":
        return [("yes", said("是", "yes")), ("no", said("否", "no"))]
    if field.kind == "gender":
        return [(code, said(*word)) for code, word in GENDERS.items()]
    if field.kind == "level":
        return [(code, said(*level_in_words(code))) for code in dict.fromkeys(LEVELS.values())]
    if not field.codes:
        return []
    words = list(lists.get(field.codes, ()))
    old = (
        [(stands, said(f"{stands}（旧词）", f"{stands} (a word of before)"))] if stands and stands not in words else []
    )
    return [*old, *((word, word) for word in words)]
