"""Hold a file against what the national system says of it, field by field: which side says what, and what to do."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from huigong.organisations.models import Officer
from huigong.registry import code_lists, words
from huigong.registry.file_form import Field, FileForm
from huigong.registry.held_words import nearest
from huigong.registry.lifecycle import MERGED
from huigong.registry.models import Household, Member, NationalDump
from huigong.registry.national import Cell, cells_of
from huigong.registry.national_sheets import NUMBER, DumpRow, PaperTold, papers_of
from huigong.registry.queries import households_for
from huigong.values import money, names, resident_id
from huigong.values.sentence import WrongValueError
from huigong.values.text import without_spaces
from huigong.vault import actions as vault
from huigong.vault import blind

OURS_ONLY, THEIRS_ONLY, BOTH = "ours_only", "theirs_only", "both"
REMARK = "remark"
_YES_NO = {"是": "yes", "否": "no", "有": "yes", "无": "no"}
_GENDERS = {"女": "female", "男": "male"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the two sides differ; `kind` says which side has a value at all.

    `unlisted`: the national system's word is none of the code list today; `near` are the nearest that are.
    """

    path: str
    person: str
    field: Field
    ours: str
    theirs: str
    unlisted: bool = False
    near: Sequence[str] = ()

    @property
    def kind(self) -> str:
        return BOTH if self.ours and self.theirs else OURS_ONLY if self.ours else THEIRS_ONLY

    @property
    def may_be_taken(self) -> bool:
        """Whether the file can take the other side's value: nothing that is derived, no number of a file, no empty one, no
        word that its code list does not have.
        """
        derived = self.field.is_given
        return bool(self.theirs) and not derived and not self.unlisted


@dataclass(frozen=True, slots=True)
class PaperDifference:
    """A paper that only one side has, or of which both say another remark (`side` REMARK)."""

    kind: str
    name: str
    side: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One file beside its row: what differs, and the paths on which both agree (`file` None: the row's file is not here)."""

    row: DumpRow
    file: Household | None
    differences: Sequence[Difference] = ()
    agreeing: Sequence[str] = ()
    strangers: Sequence[str] = ()
    """Names of family members whom only the national system has."""
    papers: Sequence[PaperDifference] = ()


def rows_in(dump: NationalDump) -> list[DumpRow]:
    return [_row(one) for one in json.loads(dump.rows.plain())]


def _row(told: Mapping[str, Any]) -> DumpRow:
    """A row as it was kept: those that were kept before papers were read tell of none."""
    papers = None if "papers" not in told else [(kind, name, note) for kind, name, note in told["papers"]]
    return DumpRow(told["texts"], told["members"], papers, told.get("place", ""))


def compared(officer: Officer, rows: Sequence[DumpRow], form: FileForm, *, today: date) -> Iterator[Compared]:
    """Each row beside its file in the officer's scope: by identity number, else by file number."""
    indexes = [blind.index("resident_id", resident_id.normalise(row.texts.get("id_number", ""))) for row in rows]
    wanted = Q(id_number_index__in={one for one in indexes if one})
    wanted |= Q(file_number__in={row.texts[NUMBER] for row in rows if row.texts.get(NUMBER)})
    files = households_for(officer).filter(wanted).exclude(status=MERGED).distinct()
    found = list(files.prefetch_related("members", "entries__paper"))
    lists = code_lists.words_on(today)
    vault.warm(one.data_key_id for one in found)
    by_index = {one.id_number_index: one for one in found if one.id_number_index}
    by_number = {one.file_number: one for one in found}
    for row, index in zip(rows, indexes, strict=True):
        file = by_index.get(index) or by_number.get(row.texts.get(NUMBER, ""))
        yield _beside(file, row, form, lists, today) if file else Compared(row, None)


def as_typed(field: Field, text: str) -> str:
    """The national system's text as a person would type it into the file."""
    plain = without_spaces(text)
    if field.kind == "yes_no":
        return _YES_NO.get(plain, plain)
    if field.kind == "gender":
        return _GENDERS.get(plain, plain)
    if field.kind == "level":
        return words.level_of(plain) or plain
    if field.kind == "date":
        return plain.replace("/", "-").replace("年", "-").replace("月", "-").removesuffix("日")[:10]
    return text.strip()


def _beside(file: Household, row: DumpRow, form: FileForm, lists: Mapping[str, Sequence[str]], today: date) -> Compared:
    """Fields of the worker, then of each member whom both sides name."""
    members = [one for one in file.members.all() if one.is_in_file]
    told, left = {"": row.texts}, list(row.members)
    for member in members:
        theirs = next((one for one in left if _is(member, one)), None)
        if theirs is not None:
            left.remove(theirs)
            told[f"members.{member.position}."] = theirs
    differences, agreeing = list[Difference](), list[str]()
    for cell in cells_of(file, members, form, today=today):
        prefix = cell.path.removesuffix(cell.field.name)
        said = told.get(prefix, {}).get(cell.field.name)
        if said is None or cell.field.name == NUMBER:  # that sheet has no such column, or the number is its own
            continue
        if _same(cell.field, cell.text, said):
            agreeing += [cell.path] if cell.text else []
        else:
            differences.append(_difference(cell, said, lists))
    strangers = [one.get("name", "") for one in left]
    papers = _papers(papers_of(file), row.papers) if row.papers is not None else []
    return Compared(row, file, differences, agreeing, strangers, papers)


def _difference(cell: Cell, said: str, lists: Mapping[str, Sequence[str]]) -> Difference:
    """A word that no list of today has cannot be taken; where there is no such list, nothing is said of it."""
    known, word = lists.get(cell.field.codes, ()), said.strip()
    unlisted = bool(known) and bool(word) and word not in known
    return Difference(
        cell.path, cell.person, cell.field, cell.text, said, unlisted, nearest(word, known) if unlisted else ()
    )


def _papers(ours: Sequence[PaperTold], theirs: Sequence[PaperTold]) -> list[PaperDifference]:
    """Papers are the same by kind and name; two of one name are matched one by one."""
    left, found = list(theirs), list[PaperDifference]()
    for kind, name, note in ours:
        same = [one for one in left if _paper(one) == _paper((kind, name, note))]
        if not same:
            found.append(PaperDifference(kind, name, OURS_ONLY))
            continue
        mate = next((one for one in same if without_spaces(one[2]) == without_spaces(note)), same[0])
        left.remove(mate)
        if without_spaces(mate[2]) != without_spaces(note):
            found.append(PaperDifference(kind, name, REMARK))
    return [*found, *(PaperDifference(kind, name, THEIRS_ONLY) for kind, name, _note in left)]


def _paper(told: PaperTold) -> tuple[str, str]:
    return without_spaces(told[0]), without_spaces(told[1])


def _is(member: Member, told: Mapping[str, str]) -> bool:
    index = blind.index("resident_id", resident_id.normalise(told.get("id_number", "")))
    if index and member.id_number_index:
        return index == member.id_number_index
    return names.normalise(told.get("name", "")) == names.normalise(member.name)


def _same(field: Field, ours: str, theirs: str) -> bool:
    """Whether two texts say the same: spaces, capitals, 1200 for 1200.00 and another spelling of a level are no difference."""
    if without_spaces(ours).upper() == without_spaces(theirs).upper():
        return True
    if field.kind == "fen" or field.name == "income_per_head":
        try:
            return bool(ours and theirs) and money.parse_yuan(ours) == money.parse_yuan(theirs)
        except WrongValueError:
            return False
    if field.kind == "level":
        return bool(theirs) and ours == _level(theirs)
    return field.kind == "date" and as_typed(field, theirs) == ours


def _level(text: str) -> str:
    code = words.level_of(text)
    return words.level_in_words(code)[0] if code else text
