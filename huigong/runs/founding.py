"""Before the first form: the circular checked, the city with its units and files, the campaign opened, places allotted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from huigong.circulars import actions as circulars
from huigong.circulars.models import Campaign
from huigong.organisations import actions as organisations
from huigong.organisations.actions import UnitRow
from huigong.organisations.models import Organisation
from huigong.organisations.queries import within
from huigong.quotas import actions as quotas
from huigong.registry import actions as registry
from huigong.registry import code_lists
from huigong.registry.schools import shipped
from huigong.registry.workbook import read_workbook
from huigong.rules import checking, loading, quota_table
from huigong.rules.circular import Circular
from huigong.rules.problems import Problem, WrongCircularError
from huigong.runs import impossible, tables
from huigong.runs.inputs import SYSTEM, Inputs
from huigong.studentaid.queries import places_used
from huigong.values.sentence import SaidError, Sentence

_SHOWN = 5
"""So many wrong lines are told at once."""


def found(inputs: Inputs, circular: Circular, *, at: datetime) -> Campaign:
    """The campaign in its city, with units, household files and places.

    Raises SaidError, before files are touched, where the campaign stands under another circular or with other days.
    """
    impossible.refuse(inputs.days, circular)
    table = _quota_table(inputs, circular)
    city = _found_city(inputs, table, at=at)
    campaign = _open(inputs, circular, city, at=at)
    _prepare(inputs, city, at=at)
    if circular.quota is not None:
        quotas.allot(
            campaign,
            {row.code: row.places for row in table},
            fund_source=circular.quota.fund_source,
            name=circular.quota.fund_source_name,
            officer=SYSTEM,
            at=at,
            in_use=places_used(campaign),
        )
    return campaign


def desk_of(inputs: Inputs, campaign: Campaign) -> Organisation:
    """The federation at whose aid centre the forms came in. Raises SaidError for a code that is none of the campaign's."""
    if not inputs.desk:
        return campaign.federation
    federations = within(campaign.federation).filter(kind=Organisation.Kind.FEDERATION)
    found = federations.filter(code=inputs.desk).first()
    if found is None:
        raise SaidError(
            Sentence(
                "desk_unknown",
                f"{campaign.federation.name}下面没有编码为“{inputs.desk[:20]}”的总工会，请核对 --desk。",
                f"No federation below {campaign.federation.name} has the code “{inputs.desk[:20]}”: see --desk.",
            )
        )
    return found


def load(inputs: Inputs) -> Circular:
    """The circular with its supplements, checked. Raises SaidError with the first problem and how many there are."""
    if not inputs.forms.is_dir():
        raise SaidError(
            Sentence(
                "no_folder",
                f"找不到登记表的文件夹 {inputs.forms}，请核对 --forms。",
                f"There is no folder of forms {inputs.forms}: see --forms.",
            )
        )
    try:
        circular = loading.load(inputs.circular, inputs.supplements)
        problems = checking.check(circular)
    except WrongCircularError as error:
        raise _wrong_circular(inputs, error.problems) from None
    if problems:
        raise _wrong_circular(inputs, problems)
    if circular.form is None:
        raise SaidError(
            Sentence(
                "no_form",
                f"{circular.head.number} 没有登记表的定义，读不了表：请用 [form] 写明（可照 2017-wuzhou-21 的 annex-1.toml）。",
                f"{circular.head.number} defines no registration form, so none can be read: add [form].",
            )
        )
    return circular


def _wrong_circular(inputs: Inputs, problems: Sequence[Problem]) -> SaidError:
    first = problems[0]
    return SaidError(
        Sentence(
            "circular_wrong",
            f"通知还不能用，有 {len(problems)} 处问题。{first.file}:{first.line} {first.sentence.zh}"
            f"（全部：huigong circular check {inputs.circular}）",
            f"The circular has {len(problems)} problems. {first.file}:{first.line} {first.sentence.en}",
        )
    )


def _open(inputs: Inputs, circular: Circular, city: Organisation, *, at: datetime) -> Campaign:
    """The campaign; refused before anything else is touched where it stands under another circular or with other days."""
    version = circulars.publish_loaded(circular, [path.name for path in inputs.supplements], officer=SYSTEM, at=at)
    return circulars.open_campaign(
        version,
        circular,
        city,
        received_on=inputs.days.received,
        notice_from=inputs.days.notice_from,
        officer=SYSTEM,
        at=at,
        may_supplement=lambda kept: not places_used(kept),
    )


def _prepare(inputs: Inputs, city: Organisation, *, at: datetime) -> None:
    """Units, the shipped register of schools, the household files."""
    if inputs.units is not None:
        organisations.import_units(_placed(inputs.units, city), officer=SYSTEM, at=at)
    registry.keep_codes(code_lists.shipped(), source="shipped", officer=SYSTEM, at=at)
    registry.keep_schools(shipped(), source="shipped", officer=SYSTEM, at=at)
    if inputs.registry is not None:
        lists = code_lists.dated(today=timezone.localdate(at))
        registry.import_workbook(read_workbook(inputs.registry, lists=lists), city=city, officer=SYSTEM, at=at)


def _placed(path: Path, city: Organisation) -> list[UnitRow]:
    """The units of a table. Raises SaidError naming those that stand under a federation that is not of this city."""
    rows, codes = tables.unit_lines(path), set(within(city).values_list("code", flat=True))
    nowhere = [(number, row) for number, row in rows if row.federation_code not in codes]
    if not nowhere:
        return [row for _, row in rows]
    shown = nowhere[:_SHOWN]
    lines = "；".join(
        f"第 {number} 行“{row.unit[:40]}”的总工会代码 {row.federation_code[:20]}" for number, row in shown
    )
    lines_en = "; ".join(f"line {number}, “{row.unit[:40]}”: {row.federation_code[:20]}" for number, row in shown)
    more, more_en = (f"等 {len(nowhere)} 行", f" ({len(nowhere)} lines)") if len(nowhere) > _SHOWN else ("", "")
    raise SaidError(
        Sentence(
            "unit_nowhere",
            f"{path.name} {lines}{more}不在本市的指标分配表里。"
            "请改代码，或在 --quotas 里加上这个总工会（可以是 0 个名额）。",
            f"{path.name} {lines_en}{more_en}: no federation of that code is in the quota table of this city. Mend the "
            "code, or add the federation to --quotas (0 places will do).",
        )
    )


def _found_city(inputs: Inputs, table: Sequence[quota_table.Row], *, at: datetime) -> Organisation:
    """The city and its counties. Raises SaidError that names the table where it does not hold exactly one city."""
    try:
        return organisations.found_city([(row.code, row.organisation) for row in table], officer=SYSTEM, at=at)
    except SaidError as error:
        name, said = inputs.quotas.name if inputs.quotas else "[quota]", error.sentence
        raise SaidError(Sentence(said.code, f"{name}：{said.zh}", f"{name}: {said.en}")) from None


def _quota_table(inputs: Inputs, circular: Circular) -> list[quota_table.Row]:
    """The rows of --quotas, else of the table that the circular's quota names. Raises SaidError where there is none."""
    if inputs.quotas is not None:
        name, text = inputs.quotas.name, tables.text_of(inputs.quotas)
    elif circular.quota is not None:
        name, text = circular.quota.file, circular.texts[circular.quota.file]
    else:
        raise SaidError(
            Sentence(
                "no_quota_table",
                "没有指标分配表：请给 --quotas，或用补充通知写明 [quota]。",
                "There is no quota table: give --quotas, or a supplement with [quota].",
            )
        )
    read = quota_table.read(name, text)
    if read.problems:
        first = read.problems[0]
        raise SaidError(
            Sentence(
                "quota_table_wrong",
                f"{first.file} 第 {first.line} 行：{first.sentence.zh}",
                f"{first.file}, line {first.line}: {first.sentence.en}",
            )
        )
    return list(read.rows)
