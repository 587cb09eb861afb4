"""Apply a table of settlements: which case a line means, and who settled it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.runs.tables import SettlementLine
from huigong.studentaid import actions as studentaid
from huigong.studentaid.actions.settle import LEADERS_ONLY
from huigong.studentaid.models import Application, Settlement
from huigong.values import names, resident_id
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import blind

_ROLES = ("approver", "verifier")


def settle(campaign: Campaign, lines: Sequence[SettlementLine], *, at: datetime) -> int:
    """Settle every line that is not settled yet; returns how many. Raises SaidError naming the line that cannot be."""
    fresh = 0
    for line in lines:
        about = _about(line)
        officer = _officer(campaign, line, about, at)
        for application in _cases(campaign, line):
            fresh += studentaid.settle(
                application,
                about,
                version=application.version,
                reason=line.reason or f"第 {line.line} 行",
                officer=officer,
                at=at,
            )
    return fresh


def _about(line: SettlementLine) -> str:
    if line.about in Settlement.About.values or line.about.startswith("confirmed_"):
        return line.about
    words = "、".join(Settlement.About.values)
    raise _wrong(
        line,
        f"about 写的是“{line.about}”，可用：{words}，或 confirmed_…",
        f"about is “{line.about}”; use {', '.join(Settlement.About.values)} or confirmed_…",
    )


def _officer(campaign: Campaign, line: SettlementLine, about: str, at: datetime) -> Officer:
    """The named officer: a leader (approver), or for the household also who verifies."""
    on = timezone.localdate(at)
    leaders_only = about in LEADERS_ONLY
    roles = _ROLES[:1] if leaders_only else _ROLES
    found = organisations.first_officer_named(line.settled_by, roles=roles, within=campaign.federation, on=on)
    if found is None:
        add = f"huigong officers add {line.settled_by} --role {roles[0]}"
        raise _wrong(
            line,
            f"“{line.settled_by}”不是在职的{'负责人（审批）' if leaders_only else '审核或审批人员'}，不能作这个决定；任职用 {add}",
            f"“{line.settled_by}” holds no appointment that may settle this ({' or '.join(roles)}): {add}",
        )
    return found


def _cases(campaign: Campaign, line: SettlementLine) -> list[Application]:
    """The case that a line means; every open case of the student where no household has to be chosen."""
    own = Application.objects.filter(campaign=campaign).select_related("household")
    found = list(own.filter(student_index=blind.index("resident_id", resident_id.normalise(line.student))))
    found = found or list(own.filter(reference=line.student.upper()))
    found = found or list(own.filter(student_name=names.normalise(line.student)))
    if not found:
        raise _wrong(
            line,
            f"没有“{_shown(line.student)}”的申请。请核对姓名、身份证号码或案号（登记台账里有）；表还没交来或退回了的，先删去这一行",
            f"there is no case for “{_shown(line.student)}”: compare the name, identity number or case reference with the "
            "register; leave the line out while the form has not come or was sent back",
        )
    students = {one.student_index for one in found}
    if len(students) > 1:
        raise _wrong(
            line,
            f"有 {len(students)} 名学生叫“{line.student}”，请写身份证号码或案号",
            f"{len(students)} students are called “{line.student}”: write the identity number or the case reference",
        )
    chosen = [one for one in found if _is_of(one, line.household)] if line.household else found
    if len(chosen) == 1 or (chosen and line.about != Settlement.About.HOUSEHOLD):
        return chosen
    raise _wrong(
        line,
        f"household 写的是“{_shown(line.household)}”，对不上报这名学生的任何一户（写职工编号、案号、职工姓名或其身份证号码）",
        f"household “{_shown(line.household)}” is none of those that claim the student (file number, case, name or ID)",
    )


def _is_of(one: Application, household: str) -> bool:
    index = blind.index("resident_id", resident_id.normalise(household))
    marks = {one.reference, one.worker_name, one.claimant}
    if one.household is not None:
        marks |= {one.household.file_number, one.household.id_number_index}
    return bool(marks & {household, household.upper(), names.normalise(household), index})


def _shown(text: str) -> str:
    return resident_id.masked(text) if len(text) >= 15 else text


def _wrong(line: SettlementLine, zh: str, en: str) -> SaidError:
    return SaidError(
        Sentence(
            "settlement_line",
            f"裁定表 {line.table} 第 {line.line} 行：{zh}。改好再运行；前面几行已经记下，不会重复。",
            f"Settlements, {line.table}, line {line.line}: {en}. Mend it and run again; earlier lines are kept and not "
            "settled twice.",
        )
    )
