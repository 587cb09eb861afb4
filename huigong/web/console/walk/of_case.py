"""The links of the case: where it hung and who objected, whose place it has, what was found by which clause, and its papers."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huigong.circulars.queries import circular_of
from huigong.grievances import queries as grievances
from huigong.grievances.lifecycle import WORDS as STANDS
from huigong.grievances.models import Grievance
from huigong.organisations.queries import scope_of
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import NoticePosting
from huigong.quotas import queries as quotas
from huigong.studentaid import queries as studentaid
from huigong.studentaid.models import Application
from huigong.web.console import words
from huigong.web.console.applications.findings import in_order
from huigong.web.console.walk.line import Line, Reader, when


def of_notice(one: Application) -> list[Line]:
    """The window and the clause of its length, that the page could be reached, and each board with what came back from it."""
    notice = publicnotices.notices_on([one.reference]).get(one.reference)
    if notice is None:
        return []
    seen = publicnotices.reached(notice)
    window = f"{notice.first_day} – {notice.last_day} · {notice.rule}"
    lines = [Line(notice.number, window, reverse("notice", args=[notice.number]))]
    if seen.first and seen.last:
        told = {"n": seen.times, "first": when(seen.first), "last": when(seen.last)}
        lines.append(Line(_("网页"), _("查到 %(n)s 次：%(first)s 到 %(last)s") % told))
    hung = list(publicnotices.hung_for(one.reference, one.unit.path)) if one.unit else []
    names = words.people({name for row in hung for name in (row.entered_by, row.confirmed_by, row.word_by)} - {""})
    for row in hung:
        lines += _hung(row, names)
    return lines


def of_grievances(one: Application) -> list[Line]:
    """Whatever was said against the case or by its family, how it was answered, and by which clauses."""
    rows = list(grievances.about(one.reference))
    names = words.people({name for row in rows for name in (row.assigned_to, row.answered_by)} - {""})
    return [_grievance(row, names) for row in rows]


def of_place(one: Application, reader: Reader) -> list[Line]:
    """The place it took, and how places came down to there: who holds how many of the source, and each move with its letter.

    From the reader's own organisation down, as the page of places.
    """
    if one.rank is None:
        return []
    circular, code = circular_of(one.campaign), one.campaign.code
    lines = [Line(one.federation.name, _("第 %(n)s 名") % {"n": one.rank})]
    if circular.quota is None:
        return lines
    source, address = circular.quota.fund_source, reverse("quotas", args=[code])
    lowest = one.unit if one.unit and one.unit.path.startswith(one.federation.path) else one.federation
    held = quotas.held_above(one.campaign, lowest, fund_source=source)
    rows = list(held.filter(organisation__in=scope_of(reader.officer)))
    for row in rows:
        told = {"held": row.places, "issued": row.issued}
        lines.append(
            Line(row.organisation.name, _("持有 %(held)s 个名额，下达 %(issued)s 个") % told, address, address)
        )
    line, mine = {row.organisation_id for row in rows}, {one.federation_id, lowest.pk}
    for move in quotas.moves_in(one.campaign).filter(fund_source__code=source).order_by("number"):
        ends = {move.giver_id, move.taker_id}
        if ends & mine or ends <= line:  # along the line down to here, or with another office
            word = f"{pgettext('move', move.get_kind_display())} {move.at:%Y-%m-%d}"
            said = f"{move.giver.name} → {move.taker.name} {move.places} · {move.reason}".rstrip(" ·")
            lines.append(Line(word, said, reverse("quota-letter", args=[code, move.number]), address))
    return lines


def of_findings(one: Application) -> list[Line]:
    """What was found, each by its clause; what a clause says stands beside the first that rests on it."""
    circular, told = circular_of(one.campaign), set[str]()
    gists = {clause.id: words.said(clause.gist, clause.gist_en) for clause in circular.clauses}
    found, lines = studentaid.findings_of([one]).get(one.pk, ()), []
    for line in in_order(one, circular, found):
        name = line.cited.clause
        gist = "" if name in told else gists.get(name, "")
        lines.append(Line(name, f"{line.title}：{line.word} · {line.sentence}", line.cited.address, clause=gist))
        told.add(name)
    return lines


def of_papers(one: Application, names: dict[str, str]) -> list[Line]:
    lines = [Line(_("审核"), names.get(one.verified_by, one.verified_by))] if one.verified_by else []
    submissions = studentaid.submissions_of([one]).get(one.pk, [])
    return lines + [
        Line(words.fact_word(paper.kind), f"{paper.seen_by} · {paper.seen_on or ''}")
        for paper in studentaid.papers_of_case(submissions)
    ]


def of_forms(one: Application) -> list[Line]:
    return [
        Line(
            submission.row.form.name,
            _("第 %(n)s 行") % {"n": submission.row.number} + f" · {submission.row.form.sha256[:16]}",
            f"{reverse('form', args=[submission.row.form_id])}?row={submission.row.number}#row-{submission.row.number}",
        )
        for submission in studentaid.submissions_of([one]).get(one.pk, [])
    ]


def _hung(row: NoticePosting, names: dict[str, str]) -> list[Line]:
    """One place: from when to when, what the unit says of objections, who entered and who confirmed it, and its papers."""
    told = [f"{row.hung_on} – {row.until}"] if row.hung_on else [_("说明还没有交来")]
    if row.objections is not None:
        told.append(_("收到异议 %(n)s 件") % {"n": row.objections})
    if row.confirmed_by:
        both = {"one": names[row.entered_by], "other": names[row.confirmed_by]}
        told.append(_("%(one)s录，%(other)s核对") % both)
    if row.word:
        told.append(f"{names[row.word_by]}：{row.word}")
    word = f"{_(row.get_kind_display())} {row.place}".strip()
    posting = reverse("posting", args=[row.pk])
    lines = [Line(word, " · ".join(told), posting, posting)]
    for which, paper in (("statement", row.statement), ("photograph", row.photograph)):
        if paper:
            kind = _("公示情况说明") if which == "statement" else _("现场照片")
            address = reverse("posting-file", args=[row.pk, which])
            lines.append(Line(kind, f"{paper.name} · {paper.sha256[:16]}", address, posting))
    return lines


def _grievance(row: Grievance, names: dict[str, str]) -> Line:
    told = [_(row.get_kind_display()), words.said(*STANDS[row.status])]
    if row.answered_at:
        told += [f"{names[row.answered_by]} {when(row.answered_at)}", row.clauses]
    elif row.assigned_to:
        told.append(names[row.assigned_to])
    return Line(row.number, " · ".join(filter(None, told)), reverse("grievance", args=[row.number]))
