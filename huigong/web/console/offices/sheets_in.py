"""导入: units or people from Excel. The sheet is read and shown first; only a second yes takes it, whole or not at all."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.contrib.messages import ERROR, SUCCESS
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huigong.documents.workbooks import Sheet, workbook
from huigong.organisations import actions, importing
from huigong.organisations.importing import PersonLine, Read, UnitLine
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.values.sentence import SaidError
from huigong.web.console.asking import OfficerRequest, tell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAX_BYTES = 5_000_000
_SHOWN = 100
_GOOD_FOR = 60 * 60  # seconds between looking and taking


@dataclass(frozen=True, slots=True)
class What:
    """One kind of import: how its sheet is read, taken and called, and where it leads."""

    name: str
    word: Any
    headings: tuple[str, ...]
    read: Callable[..., Read]
    line: type[UnitLine] | type[PersonLine]
    then: str
    choices: tuple[tuple[str, tuple[str, ...]], ...]


UNITS = What(
    "units-import",
    gettext_lazy("导入单位"),
    importing.UNIT_HEADINGS,
    importing.read_units,
    UnitLine,
    "units",
    (
        ("类别", tuple(str(word) for word in Organisation.Kind.labels)),
        ("层级", tuple(str(word) for word in Organisation.Level.labels)),
    ),
)
PEOPLE = What(
    "people-import",
    gettext_lazy("导入人员"),
    importing.PEOPLE_HEADINGS,
    importing.read_people,
    PersonLine,
    "people",
    (("角色", tuple(str(word) for word in Appointment.Role.labels)),),
)


def units_import(request: OfficerRequest) -> HttpResponse:
    return _import(
        request, UNITS, lambda lines, by: actions.take_units(lines, paper=_("导入"), by=by, at=timezone.now())
    )


def people_import(request: OfficerRequest) -> HttpResponse:
    return _import(request, PEOPLE, lambda lines, by: actions.take_people(lines, by=by, at=timezone.now()))


def _import(request: OfficerRequest, what: What, take: Callable[[Any, Officer], int]) -> HttpResponse:
    shown: dict[str, Any] = {"what": what}
    if request.method != "POST":
        return _empty(what) if "empty" in request.GET else render(request, "offices/import.html", shown)
    try:
        if sealed := request.POST.get("sealed"):
            n = take(_unsealed(sealed, what, request.user), request.user)
            tell(request, SUCCESS, _("导入了 %(n)s 行。") % {"n": n})
            return redirect(what.then)
        shown |= _looked_at(request, what)
    except SaidError as error:
        shown["said"] = error.sentence.in_language(get_language() or "")
    except signing.BadSignature:
        tell(request, ERROR, _("看过的表过期了，请再选一次文件。"))
        return redirect(what.name)
    return render(
        request, "offices/import.html", shown, status=422 if shown.get("said") or shown.get("problems") else 200
    )


def _looked_at(request: OfficerRequest, what: What) -> Mapping[str, Any]:
    """What the sheet would do, or every cell that is wrong; nothing is taken with a single cell wrong."""
    file = request.FILES.get("sheet")
    if file is None or not file.size or file.size > _MAX_BYTES:
        return {"said": _("请选一个 Excel 文件，不超过 5 MB。")}
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / Path(file.name or "sheet.xlsx").name[-120:]
        path.write_bytes(file.read())
        found = what.read(path, by=request.user)
    language = get_language() or ""
    if found.problems:
        problems = [one.in_language(language) for one in found.problems]
        return {"problems": problems[:_SHOWN], "wrong": len(problems)}
    lines = [tuple(asdict(line).values()) for line in found.lines]
    sealed = signing.dumps(lines, salt=_salt(what, request.user), compress=True) if lines else ""
    return {"lines": lines[:_SHOWN], "n": len(lines), "same": found.same, "sealed": sealed}


def _unsealed(sealed: str, what: What, officer: Officer) -> list[UnitLine | PersonLine]:
    """The lines that this officer looked at, not altered since. Raises BadSignature."""
    lines = signing.loads(sealed, salt=_salt(what, officer), max_age=_GOOD_FOR)
    return [what.line(*line) for line in lines]


def _salt(what: What, officer: Officer) -> str:
    return f"{what.name}:{officer.username}"


def _empty(what: What) -> HttpResponse:
    """An empty sheet with its headings, and what may stand in them."""
    width = max(len(words) for _name, words in what.choices)
    words = [[choices[row] if row < len(choices) else "" for _name, choices in what.choices] for row in range(width)]
    told = Sheet(str(what.word), what.headings, ()), Sheet("可以填的", [name for name, _words in what.choices], words)
    content = workbook(told, title=str(what.word), day=timezone.localdate())
    name = content_disposition_header(as_attachment=True, filename=f"{what.name}.xlsx") or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})
