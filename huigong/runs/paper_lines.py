"""Which form a line of the table of papers means; what fits no form, no row or no kind of paper is said, never dropped.

A line for a form that has not come is kept: it counts once the form is there. That is a remark and no error, since a
centre notes papers as they arrive and forms come later (issue 2).
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from huigong.circulars.models import Campaign
from huigong.intake.actions import PaperLine
from huigong.intake.models import FormReceived, FormRow
from huigong.runs import steps
from huigong.studentaid.facts import PAPERS
from huigong.values.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines under the names of the forms that they mean, and what is to be said of those that fit nothing."""

    lines: list[PaperLine]
    remarks: list[Sentence]


def sort_out(campaign: Campaign, lines: Sequence[PaperLine], *, table: str, folder: Path) -> Sorted:
    """Find the form of each line: by its whole name, by what the file in the folder became, or by a name that is unique."""
    forms = dict(FormReceived.objects.filter(campaign=campaign).values_list("name", "outcome"))
    rows = _rows_by_form(campaign)
    became = _became(campaign, forms, folder, frozenset({line.form_name for line in lines} - forms.keys()))
    found = Sorted([], [])
    for line in lines:
        meant = [line.form_name] if line.form_name in forms else sorted(became.get(line.form_name, ()))
        said = _unknown_kind(line)
        if said is None and len(meant) > 1:
            said = _several(line, meant)
        if said is None:
            known = replace(line, form_name=meant[0] if meant else line.form_name)
            found.lines.append(known)
            said = _fits_nothing(known, forms, rows)
        if said is not None:
            found.remarks.append(_at(table, line, said))
    return found


def _rows_by_form(campaign: Campaign) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, number in FormRow.objects.filter(form__campaign=campaign).values_list("form__name", "number"):
        found.setdefault(name, set()).add(number)
    return found


def _became(
    campaign: Campaign, forms: Iterable[str], folder: Path, wanted: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """For names that no form bears, the forms that may be meant: of that name in a folder, or of the same bytes.

    A file whose bytes came under another name before became that form.
    """
    if not wanted:
        return {}
    found: dict[str, set[str]] = {}
    for form in forms:
        found.setdefault(PurePosixPath(form).name, set()).add(form)
    own = FormReceived.objects.filter(campaign=campaign)
    by_digest = dict(own.values_list("sha256", "name"))
    for path in steps.files_of(folder):
        name = steps.name_in(folder, path)
        names = wanted & {name, PurePosixPath(name).name}
        if names and (became := by_digest.get(steps.digest_of(path))):
            for one in names:
                found.setdefault(one, set()).add(became)
    return {name: frozenset(forms) for name, forms in found.items()}


def _unknown_kind(line: PaperLine) -> Sentence | None:
    if line.kind in PAPERS:
        return None
    return Sentence(
        "paper_kind_unknown",
        f"paper 写的是“{line.kind[:40]}”，没有这种材料，这一行没有记。可用：{'、'.join(PAPERS)}。",
        f"paper is “{line.kind[:40]}”, which is no kind of paper, and the line was not noted. Use {', '.join(PAPERS)}.",
    )


def _several(line: PaperLine, alike: Sequence[str]) -> Sentence:
    return Sentence(
        "paper_form_ambiguous",
        f"有 {len(alike)} 份表都叫“{line.form_name}”（{'、'.join(alike)}），这一行没有算给任何一份。请写明是哪个文件夹里的。",
        f"{len(alike)} forms are called “{line.form_name}” ({', '.join(alike)}), and the line counts for none: "
        "name the folder too.",
    )


def _fits_nothing(line: PaperLine, forms: Mapping[str, str], rows: Mapping[str, set[int]]) -> Sentence | None:
    name, number = line.form_name, line.row_number
    if name not in forms:
        return _no_such_form(name, forms)
    if forms[name] == FormReceived.Outcome.REFUSED:
        return Sentence(
            "paper_form_refused",
            f"登记表“{name}”读不了（见登记台账“文件”），材料记下了，等这份表重交了才算。",
            f"The form “{name}” cannot be read (see the register); the paper is noted and counts once the form can be.",
        )
    if number == 0 or number in rows.get(name, ()):
        return None
    last = max(rows.get(name, {0}))
    return Sentence(
        "paper_row_unknown",
        f"登记表“{name}”没有第 {number} 行（有数据的到第 {last} 行），这份材料没有算给任何人。请核对行号，从第一行数据数起。",
        f"The form “{name}” has no row {number} (the last with data is {last}), and the paper counts for nobody. "
        "Check the row: the first row of data is 1.",
    )


def _no_such_form(name: str, forms: Mapping[str, str]) -> Sentence:
    near = difflib.get_close_matches(name, forms, n=1, cutoff=0.75)
    zh, en = (f"是不是“{near[0]}”？", f" Is it “{near[0]}”?") if near else ("", "")
    return Sentence(
        "paper_form_unknown",
        f"没有收到登记表“{name}”，材料记下了，等这份表来了才算。{zh}"
        "请核对文件名（子文件夹里的写成 甲/登记表.xlsx），或把表放进 --forms。",
        f"No form “{name}” has come; the paper is noted and counts once it has.{en} "
        "Check the name (in a subfolder: 甲/登记表.xlsx), or put the form into --forms.",
    )


def _at(table: str, line: PaperLine, said: Sentence) -> Sentence:
    return Sentence(
        said.code, f"{table} 第 {line.line} 行：{said.zh}", f"{table}, line {line.line}: {said.en}", {"line": line.line}
    )
