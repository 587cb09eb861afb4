"""What the page of an export of the national system shows: each file that differs, its lines masked, and what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huigong.registry import differing
from huigong.registry.code_lists import LISTS
from huigong.registry.differing import Compared, Difference, PaperDifference
from huigong.registry.models import Household
from huigong.web.console import words
from huigong.web.console.households.shown import label, masked

_DO: Mapping[str, tuple[str, str, str]] = {
    differing.BOTH: ("两边不一样：看材料，哪边旧就改哪边", "both differ: look at the papers, mend the older", "look"),
    differing.THEIRS_ONLY: ("档案没有：勾上就收进档案", "the file lacks it: tick it to take it in", "now"),
    differing.OURS_ONLY: ("国家系统没有：去补录", "the national system lacks it: key it in", "look"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as the page shows it: numbers masked on both sides; `note` says why it cannot be taken."""

    one: Difference
    label: str
    ours: str
    theirs: str
    do: str
    tone: str
    note: str = ""


_NO_WORD = ("不是代码表的词，不能收", "no word of the list: it cannot be taken", "stop")
_PAPERS: Mapping[str, tuple[str, str, str]] = {
    differing.OURS_ONLY: ("国家系统没有：去上传", "the national system lacks it: upload it", "look"),
    differing.THEIRS_ONLY: ("档案没有：拿原件来补一份", "the file lacks it: ask for the paper", "look"),
    differing.REMARK: ("两边备注不一样", "the remarks differ", "now"),
}


@dataclass(frozen=True, slots=True)
class FileShown:
    """One file of the export: what differs, or that nobody here keeps it."""

    number: str
    name: str
    file: Household | None
    lines: Sequence[Line]
    strangers: Sequence[str]
    papers: Sequence[tuple[str, str, str]]
    """Papers that differ, each with what to do and its tone."""
    agrees: bool


def shown_of(one: Compared) -> FileShown:
    texts = one.row.texts
    number = one.file.file_number if one.file else texts.get("file_number", "")
    name = one.file.worker_name if one.file else texts.get("worker_name", "")
    agrees = one.file is not None and not (one.differences or one.strangers or one.papers)
    lines = [_line(two, place=_place(one, two)) for two in one.differences]
    return FileShown(number, name, one.file, lines, one.strangers, [_paper(two) for two in one.papers], agrees)


def _place(one: Compared, difference: Difference) -> str:
    """The line of the worker, for what differs on it: a member stands on another one, which is not kept."""
    return "" if difference.path.startswith("members.") else one.row.place


def _paper(one: PaperDifference) -> tuple[str, str, str]:
    zh, en, tone = _PAPERS[one.side]
    return " · ".join(filter(None, (one.kind, one.name))), words.said(zh, en), tone


def _unlisted(one: Difference, place: str) -> str:
    """A word that no code list has: where it stands, in which list it is not, and which are near it.

    Exports that were kept before lines were do not say where it stands.
    """
    sheet, _space, row = place.rpartition(" ")
    where = _("%(sheet)s表第 %(row)s 行：") % {"sheet": sheet, "row": row} if place else ""
    told = {"list": words.said(*LISTS[one.field.codes]), "near": "、".join(one.near)}
    if one.field.sensitive:  # what is near a hidden word would tell it
        return where + _("这个词不在代码表“%(list)s”里。") % told
    return where + _("这个词不在代码表“%(list)s”里，最接近的是 %(near)s。") % told


def _line(one: Difference, *, place: str) -> Line:
    zh, en, tone = _NO_WORD if one.unlisted else _DO[one.kind]
    note = _unlisted(one, place) if one.unlisted else ""
    hide = one.field.sensitive
    ours, theirs = (masked(one.field, text) if text and hide else text for text in (one.ours, one.theirs))
    return Line(one, label(one.field), ours, theirs, words.said(zh, en), tone, note)
