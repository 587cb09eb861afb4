"""标准和倍数: values that circulars compare with, by place and date with their source; the nearest place above holds."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value

from huigong.audit import actions as audit
from huigong.circulars.columns import PARAMETER
from huigong.circulars.models import Parameter
from huigong.organisations.models import Officer, Organisation
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole

_MOST = 10**12  # fen or per cent: no line or multiple comes near it
HEADINGS = ("name", "place", "value", "valid_from", "source")
NAMES = {
    "dibao_line_month": ("月低保标准（元）", "monthly dibao line (yuan)", "fen"),
    "dibao_line_year_rural": ("农村年低保标准（元）", "yearly rural dibao line (yuan)", "fen"),
    "relative_percent": ("相对困难的倍数（%）", "multiple for relative hardship (%)", "percent"),
    "graduate_years": ("往届毕业生往回算几年", "years back that earlier graduates count", "years"),
    "import_match_percent": (
        "导入时与已有档案同人的上限（%）",
        "share of an import that may be on file already (%)",
        "percent",
    ),
    "answer_days": ("答复异议和申诉（工作日）", "working days to answer an objection or appeal", "days"),
    "file_retention_years": (
        "档案保存几年（移出之日起，不短于 10）",
        "years a file is kept after removal (no fewer than 10)",
        "years",
    ),
    "level_percent": ("建档收入上限的倍数（%）", "multiple up to which a file is built (%)", "percent"),
}


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One value to be: which, where (code of an organisation), how much (fen, or percent), since when, after what."""

    name: str
    place: str
    value: int
    valid_from: date
    source: str


@transaction.atomic
def keep_parameters(rows: Iterable[ParameterRow], *, officer: str, at: datetime) -> int:
    """Add values; the same row again changes nothing. Raises SaidError where another value stands from that day."""
    made = 0
    for row in rows:
        place = Organisation.objects.filter(code=row.place).first()
        if place is None:
            raise SaidError(
                Sentence("place_unknown", f"没有编码为 {row.place} 的总工会。", f"There is no federation {row.place}.")
            )
        kept = Parameter.objects.filter(name=row.name, place=place, valid_from=row.valid_from).first()
        if kept is not None and kept.value == row.value:
            continue
        if kept is not None:
            raise SaidError(
                Sentence(
                    "parameter_stands",
                    f"{place.name}从 {row.valid_from} 起的“{NAMES[row.name][0]}”已有，定了不改；有新标准请写新的起始日。",
                    f"{row.name} of {row.place} since {row.valid_from} stands and is not changed: give a new first day.",
                )
            )
        _keep(row, place, officer=officer, at=at)
        made += 1
    return made


def standing(name: str, place: Organisation, *, on: date) -> Parameter | None:
    """The value of the nearest place at or above this one, as it stood on a day; the newest of that place."""
    above = Parameter.objects.alias(here=Value(place.path)).filter(
        here__startswith=F("place__path"), name=name, valid_from__lte=on
    )
    found = above.select_related("place")
    return max(found, key=lambda one: (len(one.place.path), one.valid_from), default=None)


def parameters_for(officer: Officer) -> QuerySet[Parameter]:
    """The values of the places at, below and above an officer's organisation."""
    mine = officer.organisation.path
    wanted = Q(here__startswith=F("place__path")) | Q(place__path__startswith=mine)
    found = Parameter.objects.alias(here=Value(mine)).filter(wanted)
    return found.select_related("place").order_by("name", "place__path", "-valid_from")


def read_rows(text: str, *, name: str) -> list[ParameterRow]:
    """The rows of a table. Raises SaidError that names the first line that cannot be read."""
    rows = list[ParameterRow]()
    for number, line in enumerate(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))), 2):
        try:
            rows.append(row_of(line["name"], line["place"], line["value"], line["valid_from"], line["source"]))
        except (KeyError, ValueError, AttributeError, SaidError):
            headings = ", ".join(HEADINGS)
            raise SaidError(
                Sentence(
                    "parameter_table_unreadable",
                    f"{name} 第 {number} 行读不了，一行也没有收。表头要是 {headings}；低保标准写元，倍数写百分数；要有出处。",
                    f"{name}, line {number} cannot be read; nothing was taken. Headings: {headings}.",
                )
            ) from None
    return rows


def row_of(name: str, place: str, value: str, valid_from: str, source: str) -> ParameterRow:
    """A row from texts as people write them. Raises ValueError or SaidError."""
    unit = NAMES[name.strip()][2]
    amount = money.parse_yuan(value.strip()) if unit == "fen" else int(value.strip().removesuffix("%"))
    if not 0 < amount < _MOST or not source.strip():
        raise ValueError(value)
    return ParameterRow(
        name.strip(),
        place.strip(),
        amount,
        date.fromisoformat(valid_from.strip()),
        whole(source, 200, "出处", "the source"),
    )


def _keep(row: ParameterRow, place: Organisation, *, officer: str, at: datetime) -> None:
    fresh = Parameter(
        name=row.name, place=place, value=row.value, valid_from=row.valid_from, source=row.source, by=officer
    )
    fresh.save(force_insert=True)
    told = {"from": row.valid_from.isoformat(), "columns": PARAMETER.told(fresh)}
    audit.record("parameter.kept", subject=f"parameter:{row.name}:{place.code}", officer=officer, at=at, payload=told)
