"""What happened to a case beside its straight way, as papers: what the family was asked for, objections, money asked back."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from huigong.casework import queries as casework
from huigong.documents.official import OfficialPaper
from huigong.grievances import queries as grievances
from huigong.studentaid.models import Application, Revocation
from huigong.values import money
from huigong.vault import actions as vault
from huigong.vault.fields import Secret
from huigong.vault.models import DataKey

_GONE = "（已到期销毁）"
_REVOKED = ("事项", "日期", "金额（元）", "依据、凭证、经办")


def fill_told(one: Application, paper: OfficialPaper) -> bool:
    """一次性告知: round, day, and each thing that was asked. Returns whether there is any."""
    told = casework.notices_of(one.reference)
    for notice in told:
        paper.paragraph(
            f"第 {notice.round} 次，{_day(notice.at)} 由{notice.sent_by}告知，请在 {notice.due_on} 前补来。"
        )
        for point in notice.points.all():
            clause = f"（{point.clause}）" if point.clause else ""
            paper.paragraph(f"{point.position}. {_read(point.said, point.data_key)}{clause}")
    return bool(told)


def fill_objections(one: Application, paper: OfficialPaper) -> bool:
    """What was said against it, or asked by the family, and what was answered; who said it is kept apart."""
    found = list(grievances.about(one.reference))
    for row in found:
        paper.paragraph(
            f"{row.number}　{row.get_kind_display()}，{row.get_channel_display()}，{_day(row.received_at)} 收到。"
        )
        paper.paragraph(f"反映：{_read(row.said, row.data_key)}")
        if row.answered_at is not None:
            paper.paragraph(
                f"答复（{_day(row.answered_at)}，{row.answered_by}，依据 {row.clauses}）：{_read(row.answer, row.data_key)}"
            )
    return bool(found)


def fill_revoked(one: Application, paper: OfficialPaper) -> bool:
    """Which approvals were taken back, what of their money came in by which paper, and what was left by which decision."""
    rows = Revocation.objects.filter(award__application=one).select_related("award").order_by("at")
    lines = [line for found in rows.prefetch_related("parts") for line in _revoked(found)]
    paper.table(_REVOKED, lines, widths=(2, 2, 2, 6))
    return bool(lines)


def _revoked(found: Revocation) -> Iterator[tuple[str, str, str, str]]:
    rests_on = "，".join(filter(None, (found.get_why_display(), found.grievance, found.clauses, found.revoked_by)))
    yield "撤销批准", _day(found.at), money.for_people(found.award.fen), rests_on
    whole, left = getattr(found, "recovery", None), getattr(found, "write_off", None)
    for came in (*found.parts.all(), *filter(None, [whole])):
        yield "追回", str(came.received_on), money.for_people(came.fen), f"{came.paper}，{came.recorded_by}"
    if left is not None:
        yield (
            "核销",
            str(left.decided_on),
            money.for_people(left.fen),
            f"{left.paper}，{left.reason}，{left.written_off_by}",
        )


def _read(sealed: Secret | None, key: DataKey) -> str:
    if sealed is None:
        return ""
    return str(sealed.plain()) if vault.opens(key.pk) else _GONE


def _day(at: datetime) -> str:
    return str(timezone.localdate(at))
