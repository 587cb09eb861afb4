"""国家系统对照单 as Excel: files written in the order of the national system's fields, and an export of it read back.

A sheet for each part of its entry page: a worker a row, a family member a row under the worker's file number, and the
papers that are uploaded there, by kind, name and remark. Of the papers only these words come back, to be compared.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huigong.annexes.plain_tables import PlainTable
from huigong.documents.workbooks import Sheet, workbook
from huigong.registry.file_form import Field, FileForm, plain_heading
from huigong.registry.models import FileEntry, Household
from huigong.registry.national import cells_of
from huigong.values.sentence import SaidError, Sentence

WORKERS, MEMBERS, PAPERS = "职工", "家庭成员", "附件"
NUMBER = "file_number"
MOST = 500
"""So many files go out at once: each is a look that its worker can be shown."""
_HEADING_WITHIN = 10
_FEWEST = 3
_PAPER = {"附件类型": "kind", "附件名称": "name", "备注": "note"}

PaperTold = tuple[str, str, str]
"""A paper by kind, name and remark."""
_Placed = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One file as the national system has it: texts by field name; a field that its sheet does not have is absent.

    `papers` are kind, name and remark of each, None where the export tells of none by its number; `place` is its worker's
    line.
    """

    texts: Mapping[str, str]
    members: Sequence[Mapping[str, str]]
    papers: Sequence[PaperTold] | None = None
    place: str = ""

    def as_json(self) -> dict[str, object]:
        told: dict[str, object] = {"texts": dict(self.texts), "members": [dict(one) for one in self.members]}
        if self.papers is not None:
            told["papers"] = [list(one) for one in self.papers]
        return told | {"place": self.place}


def written(households: Iterable[Household], form: FileForm, *, title: str, today: date) -> bytes:
    """The files as a workbook in the national system's order."""
    own, theirs = national(form, "household"), national(form, "member")
    workers, members, papers = list[list[str]](), list[list[str]](), list[list[str]]()
    for household in households:
        texts = {cell.path: cell.text for cell in cells_of(household, household.members.all(), form, today=today)}
        workers.append([texts.get(field.name, "") for field in own])
        members += [
            [household.file_number, *(texts[f"members.{one.position}.{field.name}"] for field in theirs)]
            for one in household.members.all()
            if one.is_in_file
        ]
        papers += [[household.file_number, *told] for told in papers_of(household)]
    sheets = [
        Sheet(WORKERS, [field.zh for field in own], workers, notes=[title]),
        Sheet(MEMBERS, ["职工编号", *(field.zh for field in theirs)], members, notes=[title]),
        Sheet(PAPERS, ["职工编号", *_PAPER], papers, notes=[title]),
    ]
    return workbook(sheets, title=title, day=today)


def papers_of(household: Household) -> list[PaperTold]:
    """The papers of a file (附件) by kind, name and remark, as they were kept."""
    return [
        (entry.word, entry.paper.name if entry.paper else "", entry.note.plain() if entry.note else "")
        for entry in household.entries.all()
        if entry.kind == FileEntry.Kind.PAPER
    ]


def rows_of(tables: Sequence[PlainTable], form: FileForm) -> list[DumpRow]:
    """The files of an export, in its order. Raises SaidError where no sheet has the headings of workers."""
    workers = _read(tables, _named(national(form, "household")), needs={"worker_name"})
    if workers is None:
        raise SaidError(
            Sentence(
                "dump_without_headings",
                f"前{_HEADING_WITHIN}行里没有找到“姓名”和“职工编号”（或“身份证号码”）的表头，没有收。请交国家系统导出的职工表，表头不要改。",
                "No heading row with 姓名 and 职工编号 (or 身份证号码) was found: nothing was taken.",
            )
        )
    key = next(field for field in national(form, "household") if field.name == NUMBER)
    families, papers = dict[str, list[Mapping[str, str]]](), dict[str, list[PaperTold]]()
    for _place, row in _read(tables, _named((key, *national(form, "member"))), needs={NUMBER, "relationship"}) or ():
        families.setdefault(row[NUMBER], []).append(row)
    named = _named((key,)) | {plain_heading(zh): name for zh, name in _PAPER.items()}
    lines = _read(tables, named, needs={NUMBER, "kind"})
    for _place, row in lines or ():
        told = (row["kind"], row.get("name", ""), row.get("note", ""))
        papers.setdefault(row[NUMBER], []).append(told)
    return [
        DumpRow(
            row,
            families.get(number, ()) if number else (),
            papers.get(number, ()) if number and lines is not None else None,
            place,
        )
        for place, row in workers
        if any(row.values())
        for number in [row.get(NUMBER, "")]  # what names no number is nobody's
    ]


def national(form: FileForm, of: str) -> tuple[Field, ...]:
    return tuple(field for field in form.fields(of) if field.national)


def _named(fields: Iterable[Field]) -> dict[str, str]:
    return {plain_heading(field.zh): field.name for field in fields}


def _read(tables: Sequence[PlainTable], named: Mapping[str, str], *, needs: Collection[str]) -> list[_Placed] | None:
    """The rows below the first heading that has enough of these names, `needs` among them, each with its place."""
    for table in tables:
        for number, row in enumerate(table.rows[:_HEADING_WITHIN]):
            columns = {
                place: named[plain_heading(text)] for place, text in enumerate(row) if plain_heading(text) in named
            }
            if len(columns) >= _FEWEST and set(needs) <= set(columns.values()):
                return [
                    (
                        f"{table.name} {line}",
                        {name: cells[place] if place < len(cells) else "" for place, name in columns.items()},
                    )
                    for line, cells in enumerate(table.rows[number + 1 :], number + 2)
                    if sum(map(bool, cells)) > 1  # a line of one cell is a note
                ]
    return None
