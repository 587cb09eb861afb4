"""A few files of the demo city in each state of their life, so that the pages of files have something to show.

All of them are invented people. They are led by the same verbs as real ones, by the officers of the demo.
"""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from PIL import Image

from huigong.annexes import pool
from huigong.annexes.plain_tables import plain_tables
from huigong.annexes.writing import blank_document
from huigong.approvals import actions as approvals
from huigong.circulars import actions as circulars
from huigong.circulars import parameters
from huigong.circulars.calendar import working_calendar
from huigong.circulars.parameters import ParameterRow
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, Organisation, SignedSheet
from huigong.registry import actions as registry
from huigong.registry import national_sheets, surveying
from huigong.registry.actions import Done
from huigong.registry.file_form import form_on
from huigong.registry.lifecycle import ON_NOTICE
from huigong.registry.models import Household
from huigong.registry.queries import on_file_for
from huigong.runs import erasing
from huigong.runs.demo_plans import sheet_drawn
from huigong.values.working_days import WorkingCalendar

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CHECKS = (
    ("home_visit", "属实", "到家里看过，租房，孩子在读高中"),
    ("authorisation", "", "本人签了核对授权书"),
    ("civil_affairs", "未享受低保，收入核对无异议", ""),
)
# Name, identity number (invented, with its check digit), address, how far the file goes.
_FAMILIES = (
    ("甘秀英", "450422197806152042", "藤县藤州镇河东街12号", "draft"),
    ("农春梅", "450422198203074326", "藤县金鸡镇新市路5号", "reported"),
    ("邓志明", "450422197911083413", "藤县埌南镇糖厂宿舍3栋", "on_notice"),
    ("蒙大勇", "450422197402192611", "藤县太平镇永安街8号", "exited"),
    ("岑玉兰", "450422196905122047", "藤县濛江镇江边路2号", "over"),
    ("黎国强", "450422196711033417", "藤县和平镇和平街21号", "over"),
)
_LONG_AGO = timedelta(days=4 * 365)
"""So long before the others the files were begun whose ten years are over by now."""
_BY_THE_WEEK = WorkingCalendar({}, frozenset({2013, 2014}))


@dataclass(frozen=True, slots=True)
class _Cast:
    preparer: Officer
    verifier: Officer
    approver: Officer


def standards(city: Organisation, *, at: datetime) -> None:
    """An example of the city's dibao line and multiple, and the circular that classes families by them."""
    rows = [
        ParameterRow("dibao_line_month", city.code, 38_000, date(2015, 11, 1), "2015年优惠证审核通知（380元）"),
        ParameterRow("dibao_line_year_rural", city.code, 300_000, date(2017, 1, 1), "示例数，以民政部门公布的为准"),
        ParameterRow("relative_percent", city.code, 150, date(2015, 11, 1), "2015年优惠证审核通知（570元，即1.5倍）"),
    ]
    parameters.keep_parameters(rows, officer="system", at=at)
    circulars.publish(Path(settings.BASE_DIR) / "circulars" / "2018-hardship-classes", officer="system", at=at)


def lead(officers: dict[str, Officer], *, at: datetime) -> list[Household]:
    """Begin the files at the preparer's unit and lead each as far as it goes."""
    cast = _Cast(officers["preparer"], officers["verifier"], officers["approver"])
    led = [_led(cast, *family, at=at) for family in _FAMILIES]
    ground = documents.Ground("信访复查", "示例：梧信访〔2017〕6号")
    erasing.keep_file_back(led[-1], ground, officer=officers["auditor"].username, at=at)
    return led


def surveyed(city: Organisation, officers: dict[str, Officer], *, at: datetime) -> None:
    """The city's survey, and the sheet of its first union, on which one more child is at school."""
    verifier = officers["verifier"].username
    survey = registry.freeze(city, officer=verifier, at=at)
    line = surveying.lines_for(officers["verifier"], survey)[0]
    row = {**surveying.as_row(line), "in_school": str(line.in_school + 1)}
    content = blank_document(surveying.form(), unit=line.union.name, rows=[row])
    with tempfile.TemporaryDirectory(prefix="huigong-") as folder:
        path = Path(folder) / "摸底表.docx"
        path.write_bytes(content)
        (reading,) = pool.read_all([path], surveying.form(), workers=1)
    sheet = documents.store(content, name="摸底表.docx", media_type=_DOCX, officer=verifier, at=at)
    registry.take_back([line], reading, sheet, officer=verifier, at=at + timedelta(days=2))


def compared_outside(verifier: Officer, *, at: datetime) -> None:
    """An export of the national system over three files, in which the first has no level, another nation, a word of no list,
    and a paper that was never asked for here.
    """
    day = timezone.localdate(at)
    chosen = on_file_for(verifier).prefetch_related("members").order_by("file_number")[:3]
    content = national_sheets.written(chosen, form_on(day), title="示例", today=day)
    rows = national_sheets.rows_of(plain_tables(content, suffix=".xlsx"), form_on(day))
    texts = {**rows[0].texts, "enrolment_level": "", "nation": "壮族", "political_status": "党员"}
    first = replace(rows[0], texts=texts, papers=[*(rows[0].papers or ()), ("其他", "户口本.pdf", "")])
    registry.keep_dump([first, *rows[1:]], name="国家系统导出（示例）.xlsx", officer=verifier, at=at)


def signed_on_paper(officers: dict[str, Officer], *, at: datetime) -> None:
    """The leader signed the enrolment of the family whose notice hung out; the second clerk has not compared it yet."""
    clerk, file = officers["aid_centre"], Household.objects.get(worker_name="邓志明", status=ON_NOTICE)
    scan = documents.store(
        sheet_drawn(file.file_number), name="建档签字单.png", media_type="image/png", officer=clerk.username, at=at
    )
    organisations.enter_sheet(
        officers["approver"],
        act=SignedSheet.Act.ENROL,
        reference=file.file_number,
        organisation=file.federation,
        signed_on=at.date(),
        minutes="",
        scan=scan,
        clerk=clerk,
        at=at,
        matter="县级",
    )


def _led(cast: _Cast, name: str, number: str, address: str, until: str, *, at: datetime) -> Household:
    form = form_on(at.date())
    given = {
        "worker_name": name,
        "id_number": number,
        "address": address,
        "nation": "汉族",
        "political_status": "群众",
        "health": "一般疾病",
        "work_state": "在岗",
        "housing": "租房",
        "marital_status": "已婚",
        "hardship_category": "低保边缘户",
        "size": 3,
        "annual_income_fen": 2_160_000,
    }
    values = {field: value for word, value in given.items() if (field := form.field("household", word))}
    at -= _LONG_AGO if until == "over" else timedelta()
    household = registry.draft(values, officer=cast.preparer, at=at)
    steps = {"draft": 0, "reported": 1, "on_notice": 2, "exited": 3, "over": 3}[until]
    if steps:
        registry.report(household, _done(cast.preparer, at, 1), version=household.version)
        for kind, word, note in _CHECKS[: 3 if steps > 1 else 1]:
            paper = _photograph(name, cast.verifier, at=at) if until == "over" and kind == "home_visit" else None
            done = replace(_done(cast.verifier, at, 2, word=word, note=note), paper=paper)
            registry.note(household, kind, done)
    if steps > 1:
        registry.check(_again(household), _done(cast.verifier, at, 3), version=_again(household).version)
        registry.put_on_notice(
            _again(household),
            _done(cast.verifier, at, 4),
            calendar=_BY_THE_WEEK if until == "over" else working_calendar(),
            version=_again(household).version,
        )
    if steps > 2:
        enrolled = _done(cast.approver, at, 14, word="县级")
        registry.enrol(_again(household), enrolled, version=_again(household).version)
        left = _done(cast.verifier, at, 30, word="脱困")
        registry.leave(_again(household), left, version=_again(household).version)
    return _again(household)


def _photograph(name: str, officer: Officer, *, at: datetime) -> Document:
    """The picture that came with a file that was taken over from paper."""
    out = io.BytesIO()
    picture = Image.new("RGB", (320, 200), "#e4dfd4")
    picture.putpixel((0, 0), (len(name), *name.encode()[:2]))  # equal bytes would be one paper of both families
    picture.save(out, "PNG")
    content, name = out.getvalue(), "入户调查照片（示例）.png"
    return documents.store(content, name=name, media_type="image/png", officer=officer.username, at=at)


def _again(household: Household) -> Household:
    return Household.objects.get(pk=household.pk)


def _done(officer: Officer, at: datetime, days: int, *, word: str = "", note: str = "") -> Done:
    then = at + timedelta(days=days)
    return Done(then.date(), officer.username, then, word=word, note=note)


def approving(city: Organisation, officers: Mapping[str, Officer], *, at: datetime) -> None:
    """How many sign for which sum, by an invented rule, and an authenticator for everybody who moves money."""
    small, large = ("handler", "finance", "deputy"), ("handler", "department", "finance", "deputy", "chair")
    rows = [approvals.BandRow(10_000_000, small), approvals.BandRow(None, large)]
    source = "示例：梧州市总工会资金管理办法"
    approvals.lay_bands(city, rows, valid_from=date(2017, 1, 1), source=source, officer="system", at=at)
    for role in ("verifier", "approver", "finance"):
        secret = organisations.new_secret()
        organisations.enrol(officers[role], secret, organisations.code_at(secret, at), at=at)
