"""交表, the list: what came and where its rows stand, the day that counts as the day of receipt, and what to say after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.intake.lifecycle import READY, WAITING
from huigong.intake.models import FormReceived, FormRow
from huigong.web.console.asking import tell
from huigong.web.console.forms.handing_in import Outcome

STATES: Mapping[str, tuple[str, str]] = {
    "ready": ("rows_ready", gettext_noop("可收的行")),
    "look": ("rows_look", gettext_noop("看一眼的行")),
    "stop": ("rows_returned", gettext_noop("要改的行")),
    "waiting": ("rows_waiting", gettext_noop("等核实的行")),
    "taken": ("rows_taken", gettext_noop("已收的行")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One figure of the strip; it opens the forms that it counts."""

    state: str
    word: str
    count: int
    tone: str
    now: bool


def strip(forms: QuerySet[FormReceived], state: str) -> list[Step]:
    """All forms, those that could not be read, then rows by where they stand."""
    told = list(forms.order_by().values_list("outcome", *(column for column, _word in STATES.values())))
    refused = sum(line[0] == FormReceived.Outcome.REFUSED for line in told)
    steps = [
        Step("", _("收到的表"), len(told), "", state == ""),
        Step("refused", _("读不了的表"), refused, "stop" if refused else "", state == "refused"),
    ]
    for place, (name, (_column, word)) in enumerate(STATES.items(), 1):
        count = sum(line[place] for line in told)
        tone = {"look": "soon", "waiting": "soon", "stop": "stop"}.get(name, "") if count else ""
        steps.append(Step(name, _(word), count, tone, state == name))
    return steps


def of_state(forms: QuerySet[FormReceived], state: str) -> QuerySet[FormReceived]:
    """The forms behind one figure of the strip; anything unknown means all of them."""
    if state == "refused":
        return forms.filter(outcome=FormReceived.Outcome.REFUSED)
    if state in STATES:
        return forms.filter(**{f"{STATES[state][0]}__gt": 0})
    return forms


def usual_day(campaign: Campaign, *, today: date) -> date:
    """What the field for the day of receipt begins with: today; for a campaign that is over, the day that it named."""
    return (campaign.received_on or today) if today > campaign.last_day else today


def day(roles: frozenset[str], asked: date | None, *, today: date) -> date:
    """The day of receipt. A preparer's own form comes today; a verifier may say when a paper or a letter came."""
    return min(asked, today) if asked and "verifier" in roles else today


def tell_outcomes(request: HttpRequest, outcomes: Sequence[Outcome]) -> None:
    """After a hand-in without scripts: one sentence for all that was read, one for each file that was not."""
    read = [one for one in outcomes if one.kind == "read"]
    if read:
        figures = {
            "files": len(read),
            "rows": sum(one.rows for one in read),
            "good": sum(one.ready + one.look for one in read),
            "back": sum(one.stop + one.waiting for one in read),
        }
        tell(
            request,
            SUCCESS,
            _("读了 %(files)s 份，共 %(rows)s 行：%(good)s 行可以收，%(back)s 行还要改或等人核实。") % figures,
        )
    english = (get_language() or "").startswith("en")
    for one in outcomes:
        said = [" ".join((p.message_en, p.remedy_en) if english else (p.message, p.remedy)) for p in one.problems]
        if one.kind == "refused":
            tell(request, ERROR, _("%(file)s：%(why)s") % {"file": one.name, "why": said[0]})
        elif one.kind == "read" and said:
            tell(request, WARNING, _("%(file)s：%(why)s") % {"file": one.name, "why": " ".join(said)})
        elif one.said:
            tell(request, ERROR, one.said)
        elif one.kind in {"known", "doubled"}:
            tell(request, WARNING, _("%(file)s：这个文件交过了，没有再收。") % {"file": one.name})


def tell_mended(request: HttpRequest, row: FormRow) -> None:
    """After a cell was written anew: where its row stands now."""
    n = {"n": row.number}
    if row.status == READY:
        tell(request, SUCCESS, _("第 %(n)s 行改好了，可以收。") % n)
    elif row.status == WAITING:
        tell(request, WARNING, _("第 %(n)s 行存好了，还要等人核实。") % n)
    else:
        tell(request, WARNING, _("第 %(n)s 行存好了，还有要改的。") % n)
