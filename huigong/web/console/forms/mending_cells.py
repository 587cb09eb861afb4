"""What was typed into a row, held against what stands there now: what is new, and what somebody else changed meanwhile.

Every field comes with the digest of what it showed when it was opened (`base`), and the row with its version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.annexes.definition import FormDefinition
from huigong.annexes.readings import FormRow as RowRead
from huigong.audit import queries as audit
from huigong.intake import actions as intake
from huigong.intake.contents import row_read
from huigong.intake.models import FormRow
from huigong.values.sentence import SaidError
from huigong.vault import blind
from huigong.web.console import words
from huigong.web.console.forms.cells import MASKS, label_of, shown, text_of, too_long

_DIGITS = 8  # of a keyed digest: enough to tell whether a cell still shows the same


@dataclass(frozen=True, slots=True)
class Clash:
    """One value that two people wrote: what stands there now (masked where it is a number), and what was typed here."""

    name: str
    label: str
    theirs: str
    theirs_text: str
    mine: str
    base: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a post says of a row: the texts that are new, and where they meet what somebody else changed."""

    texts: Mapping[str, str]
    clashes: tuple[Clash, ...]
    version: int


def base_of(name: str, read: RowRead, definition: FormDefinition) -> str:
    """The digest of what a field shows: of the value itself where only its mask is shown."""
    kind = kind_of(name, definition)
    told = str(read.values.get(name) or "") if kind in MASKS else text_of(read.values.get(name))
    return blind.digest("shown", name, told)[:_DIGITS]


def typed(data: QueryDict, row: FormRow, definition: FormDefinition) -> Typed:
    """What is new in a posted row. Without the version that it was opened with, everything is compared first."""
    read, names = row_read(row), data.getlist("name")
    told = dict(zip(names, data.getlist("text"), strict=False))
    bases = dict(zip(names, data.getlist("base"), strict=False))
    said = data.get("version", "")
    is_current = said.isdecimal() and len(said) < 10 and int(said) == row.version
    texts = {name: text for name, text in told.items() if _is_new(name, text, bases, definition, alone=len(told) == 1)}
    changed = {name for name in texts if not is_current and bases.get(name) != base_of(name, read, definition)}
    clashes = tuple(_clash(name, texts[name], read, definition) for name in definition.value_names if name in changed)
    return Typed(texts, clashes, row.version)


def chosen(data: QueryDict) -> QueryDict:
    """The post of the page of clashes as a plain one: theirs is left, mine or what was written together is the text."""
    plain, names = data.copy(), data.getlist("name")
    columns = zip_longest(names, data.getlist("text")[: len(names)], data.getlist("base")[: len(names)], fillvalue="")
    told = [line for line in columns if data.get(f"take-{line[0]}") != "theirs"]
    for place, key in enumerate(("name", "text", "base")):
        plain.setlist(key, [line[place] for line in told])
    return plain


def refuse_long(texts: Mapping[str, str], definition: FormDefinition) -> None:
    """Raises SaidError for a text that is longer than a cell."""
    for name, text in texts.items():
        if fault := too_long(label_of(definition, name), text):
            raise SaidError(fault)


def who_changed(row: FormRow) -> str:
    """The last who mended the row, and when: 黄 05-28 09:30."""
    told = [one for one in audit.history(intake.row_reference(row.form, row.number)) if one.action.startswith("row.")]
    if not told:
        return ""
    name = words.people([told[-1].actor])[told[-1].actor]
    return _("%(name)s %(when)s") % {"name": name, "when": f"{timezone.localtime(told[-1].at):%m-%d %H:%M}"}


def kind_of(name: str, definition: FormDefinition) -> str:
    return next((field.kind for field in definition.fields if field.name == name), "")


def _is_new(
    name: str,
    text: str,
    bases: Mapping[str, str],
    definition: FormDefinition,
    *,
    alone: bool,
) -> bool:
    """Whether a field says something else than it showed. An empty field of a masked number says nothing, unless alone."""
    if kind_of(name, definition) in MASKS and not text:
        return alone
    return alone or blind.digest("shown", name, text)[:_DIGITS] != bases.get(name)


def _clash(name: str, mine: str, read: RowRead, definition: FormDefinition) -> Clash:
    kind, value = kind_of(name, definition), read.values.get(name)
    text = "" if kind in MASKS else text_of(value)
    return Clash(name, label_of(definition, name), shown(value, kind), text, mine, base_of(name, read, definition))
