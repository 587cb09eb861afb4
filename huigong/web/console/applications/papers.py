"""材料: note that a paper came, for one application or for a whole form, and decide anew what it changes."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib.messages import ERROR, SUCCESS
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.intake import actions as intake
from huigong.intake import queries as intake_queries
from huigong.intake.actions import PaperLine
from huigong.intake.lifecycle import REPLACED
from huigong.intake.models import FormReceived, FormRow, Paper
from huigong.intake.queries import STAMPED
from huigong.rules.circular import Circular
from huigong.rules.deciding import Finding
from huigong.rules.sentences import MET
from huigong.studentaid import actions as studentaid
from huigong.studentaid import queries
from huigong.studentaid.cases import surroundings
from huigong.studentaid.facts import PAPERS
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError
from huigong.web.console import words
from huigong.web.console.applications.filters import asked
from huigong.web.console.asking import OfficerRequest, form_or_404, or_404, tell
from huigong.web.roles import VERIFIES

LOOKED_AT: Mapping[str, str] = {
    "looked_at": gettext_noop("看过原件，章在，逐格对过，一样"),
    "changed_on_paper": gettext_noop("改的几格单位知道，纸上也改了并盖了章"),
    "code_damaged": gettext_noop("方码印坏了或没印，逐格对过，一样"),
}
"""Why a person takes a stamped sheet that could not be compared, or that differs."""
TAKEN_BACK: Mapping[str, str] = {
    "not_seen": gettext_noop("记错了，没有见到"),
    "of_another": gettext_noop("是别的学生的"),
    "does_not_count": gettext_noop("看了不作数（不是原件、章不对、过期）"),
}
"""Why a paper that was noted does not count after all."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper that the circular asks for; `missing` where this case still lacks it."""

    name: str
    word: str
    missing: bool


def kinds_of(circular: Circular, findings: Iterable[Finding]) -> list[Kind]:
    """The papers of one row that the circular's criteria ask for; what this case lacks comes first."""
    lacks = {finding.fact for finding in findings if finding.outcome != MET and finding.means == "curable"}
    asked_for = [name for name in circular.facts if name in PAPERS and name != STAMPED]
    kinds = [Kind(name, words.fact_word(name), name in lacks) for name in asked_for]
    return sorted(kinds, key=lambda kind: not kind.missing)


def asks_stamp(circular: Circular) -> bool:
    return STAMPED in circular.facts


@dataclass(frozen=True, slots=True)
class Stamp:
    """The stamped sheet of a form: who saw it and when; empty where none came. `may`: this officer may note it.

    `since`: the rows that were mended after it came, which it does not stand for.
    """

    seen_by: str
    day: str
    may: bool
    since: Sequence[FormRow]


def stamp_of(form: FormReceived, *, roles: frozenset[str]) -> Stamp | None:
    """None where the circular asks for none, or the form was never read."""
    if form.outcome != form.Outcome.READ or not asks_stamp(circular_of(form.campaign)):
        return None
    paper = intake_queries.stamped_sheet(form)
    may = bool(roles & VERIFIES)
    if paper is None:
        return Stamp("", "", may, ())
    since = tuple(form.rows.exclude(status=REPLACED).filter(unstamped__gt=0).order_by("number"))
    return Stamp(paper.seen_by, words.day_word(paper.seen_on) if paper.seen_on else "", may, since)


class PaperForm(forms.Form):
    """A paper that came: which, what was seen and kept, on which day."""

    kind = forms.ChoiceField()
    original_seen = forms.BooleanField(required=False)
    copy_kept = forms.BooleanField(required=False)
    seen_on = forms.DateField()

    def __init__(self, data: QueryDict, *, kinds: Sequence[str], campaign: Campaign) -> None:
        super().__init__(data)
        self.fields["kind"] = forms.ChoiceField(choices=[(kind, kind) for kind in kinds])
        self.today, self.first_year = timezone.localdate(), campaign.year

    @property
    def fault(self) -> str:
        """What is wrong, in one sentence; empty where nothing is."""
        if self.is_valid():
            told = self.cleaned_data
            if not told["original_seen"] and not told["copy_kept"]:
                return _("还没有记下：看过原件还是留了复印件，请至少勾一样。")
            if told["seen_on"].year < self.first_year:
                return _("还没有记下：日期在 %(year)s 年以前，请核对年份。") % {"year": self.first_year}
            return _("还没有记下：日期在今天以后。") if told["seen_on"] > self.today else ""
        if "kind" in self.errors:
            return _("还没有记下：请选一种通知要的材料。")
        return _("还没有记下：请填哪天收到的，如 2017-08-07。")


@require_POST
def application_paper(request: OfficerRequest, reference: str) -> HttpResponse:
    """A paper of one student: noted for the row that opened the case."""
    found = or_404(queries.application_for(request.user, reference))
    kinds = [kind.name for kind in kinds_of(circular_of(found.campaign), ())]
    form = PaperForm(request.POST, kinds=kinds, campaign=found.campaign)
    back = redirect(reverse("application", args=[reference]) + asked(request.GET).query.removesuffix("?"))
    submissions = queries.submissions_of([found])[found.pk]
    if found.status not in OPEN:
        tell(request, ERROR, _("这件已经有名额，材料不再改变认定，没有记。"))
    elif request.POST.get("act") == "take_back":
        papers = [one for one in queries.papers_of_case(submissions) if one.row_number]
        paper = or_404(next((one for one in papers if str(one.pk) == request.POST.get("paper")), None))
        _take_back(request, found.campaign, paper, [found], subject=found.reference)
    elif form.fault:
        tell(request, ERROR, form.fault)
    else:
        row = submissions[0].row
        _noted(request, found.campaign, _line(request, row.form, row.number, form), [found])
    return back


@require_POST
def form_stamped(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The stamped sheet of a whole form: every open case of its rows is decided anew."""
    received, reason = form_or_404(request, pk), request.POST.get("reason", "")
    if request.POST.get("act") == "take_back":
        paper, subject = or_404(intake_queries.stamped_sheet(received)), intake.form_reference(received)
        _take_back(request, received.campaign, paper, cases_of_form(received), subject=subject)
        return redirect("form", pk)
    if reason not in LOOKED_AT and (unlike := _unlike(received)):
        tell(request, ERROR, unlike)
        return redirect("form", pk)
    if note_stamped(request, received, request.POST) and reason:
        told, subject = {"reason": reason}, intake.form_reference(received)
        audit.record(
            "form.stamp_accepted", subject=subject, officer=request.user.username, at=timezone.now(), payload=told
        )
    return redirect("form", pk)


def _unlike(received: FormReceived) -> str:
    """Why a stamped sheet is not taken without a reason: the scan or the rows are not as they were; empty where they are."""
    if stamping_outcome(received) not in {"", "same"}:
        return _("还没有记下：扫描件和数据没有对上，仍然要收的话，请选一个原因。")
    if received.rows.filter(unstamped__gt=0).exists():
        return _("还没有记下：盖章以后改过几行，仍然用这份盖章表的话，请选一个原因。")
    return ""


def stamping_outcome(form: FormReceived) -> str:
    """What the last scan of the stamped sheet came to; empty where none was read."""
    told = [one for one in history.history(intake.form_reference(form)) if one.action == intake.STAMP_COMPARED]
    return str(told[-1].payload["outcome"]) if told else ""


def asks_stamp_of(form: FormReceived) -> bool:
    return asks_stamp(circular_of(form.campaign))


def note_stamped(request: OfficerRequest, received: FormReceived, data: QueryDict) -> bool:
    """The one way in which a stamped sheet is noted, whether a person looked at it or its code was compared."""
    kinds = [STAMPED] if asks_stamp_of(received) else []
    form = PaperForm(data, kinds=kinds, campaign=received.campaign)
    if form.fault:
        tell(request, ERROR, form.fault)
        return False
    line = _line(request, received, 0, form)
    return _noted(request, received.campaign, line, cases_of_form(received), stamped=received)


def cases_of_form(form: FormReceived) -> list[Application]:
    """The open cases that rows of a form opened or were merged into."""
    rows = FormRow.objects.filter(form=form).values("pk")
    own = queries.applications_of(form.campaign).filter(submissions__row__in=rows, status__in=OPEN)
    return list(own.select_related("campaign").distinct().order_by("reference"))


def _line(request: OfficerRequest, received: FormReceived, row: int, form: PaperForm) -> PaperLine:
    told = form.cleaned_data
    seen, kept = told["original_seen"], told["copy_kept"]
    return PaperLine(received.name, row, told["kind"], seen, kept, request.user.name, told["seen_on"])


def _take_back(
    request: OfficerRequest, campaign: Campaign, paper: Paper, cases: Sequence[Application], *, subject: str
) -> None:
    """A paper that was noted was not there after all, or does not count: its cases are decided without it."""
    reason, today = request.POST.get("reason", ""), timezone.localdate()
    if reason not in TAKEN_BACK:
        tell(request, ERROR, _("还没有改记：请选一个原因。"))
        return
    line = PaperLine(paper.form_name, paper.row_number, paper.kind, False, False, request.user.name, today)
    if _noted(request, campaign, line, cases):
        told, by = {"paper": paper.kind, "reason": reason}, request.user.username
        audit.record("paper.taken_back", subject=subject, officer=by, at=timezone.now(), payload=told)


def _noted(
    request: OfficerRequest,
    campaign: Campaign,
    line: PaperLine,
    cases: Sequence[Application],
    *,
    stamped: FormReceived | None = None,
) -> bool:
    """Note it and say where its cases stand now; or why it could not be noted. `stamped`: the form whose sheet it is."""
    try:
        decided = _note(request, campaign, line, cases, stamped)
    except SaidError as error:
        tell(request, ERROR, error.sentence)
        return False
    told = {"paper": words.fact_word(line.kind)}
    counts = line.original_seen or line.copy_kept
    said = (_("记下了：%(paper)s。") if counts else _("改记了：%(paper)s不算收到。")) % told
    if decided:
        n, where = len(decided), words.counted(Counter(one.status for one in decided))
        stands = ngettext("按现有材料重新认定 %(n)s 件：%(where)s。", "按现有材料重新认定 %(n)s 件：%(where)s。", n)
        said += stands % {"n": n, "where": where}
    tell(request, SUCCESS, said)
    return True


@transaction.atomic
def _note(
    request: OfficerRequest,
    campaign: Campaign,
    line: PaperLine,
    cases: Sequence[Application],
    stamped: FormReceived | None,
) -> list[Application]:
    """Note the paper under the officer's name, and decide these cases on what is there now."""
    at, by = timezone.now(), request.user.username
    intake.note_papers(campaign, [line], officer=by, at=at)
    if stamped:
        intake.stamped_anew(stamped, officer=by, at=at)
    gathered = studentaid.gather(cases, surroundings(campaign))
    studentaid.decide(gathered, circular_of(campaign), campaign.version, officer=by, at=at)
    return [one.application for one in gathered]
