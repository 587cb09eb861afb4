"""要办的，公示和到款这一面: objections that wait for an answer, notices that hang on, and money that waits to be seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.giving import queries as giving
from huigong.grievances import queries as grievances
from huigong.grievances.queries import Waiting
from huigong.organisations.models import Officer
from huigong.publicnotices import queries as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.web import permissions
from huigong.web.console import words
from huigong.web.console.asking import serves_whole
from huigong.web.console.campaigns.task import Task
from huigong.web.roles import HANDS_IN, SETTLES


@dataclass(frozen=True, slots=True)
class Daylight:
    """The open objections of a campaign that an officer may see, and where its notices hang in the officer's scope."""

    officer: str
    waiting: Sequence[Waiting]
    hanging: Sequence[PublicNotice]
    """A notice once for each place where nobody took it down."""
    is_of_all: bool
    """Whether the officer serves the whole campaign."""


def daylight_of(officer: Officer, campaign: Campaign, notices: Sequence[PublicNotice]) -> Daylight:
    """Two questions; none about objections for somebody who does not serve the whole campaign."""
    is_of_all = serves_whole(officer, campaign)
    waiting = grievances.waiting_in(campaign) if is_of_all else []
    hanging = publicnotices.hanging(officer, notices) if notices else []
    return Daylight(officer.username, waiting, hanging, is_of_all)


def daylight_tasks(campaign: Campaign, known: Daylight, roles: frozenset[str], *, day: date) -> Iterator[Task]:
    """What is overdue first: whoever answers sees their own, the approver everybody's."""
    if roles & SETTLES:
        yield from _of_grievances(campaign, known, roles, day)
    if known.is_of_all and roles & permissions.asked("fund-money-seen"):
        yield from _of_money(campaign, known.officer)
    if roles & HANDS_IN:
        late = Counter(one.number for one in known.hanging if one.last_day < day)
        for number, count in sorted(late.items()):
            word = _("处公示期满了还没取下")
            yield Task(count, word, reverse("notice", args=[number]), _("过了期就不该挂着"), "stop")


def _of_money(campaign: Campaign, officer: str) -> Iterator[Task]:
    """Sums that somebody else wrote down and nobody has seen yet: asked for whoever may see them only."""
    if count := giving.to_be_seen_by(officer, campaign):
        word = _("笔到账的钱等您核对")
        yield Task(count, word, reverse("funds", args=[campaign.code]), _("核对以前不能用来批准"), "now")


def _of_grievances(campaign: Campaign, known: Daylight, roles: frozenset[str], day: date) -> Iterator[Task]:
    address = reverse("grievances", args=[campaign.code])
    overdue = grievances.shown_as("overdue", known.waiting, officer=known.officer, roles=roles, on=day)
    if overdue:
        note = _("最早 %(day)s 到期") % {"day": words.day_word(min(one.due_on for one in overdue))}
        yield Task(len(overdue), _("件异议、申诉过期没答复"), f"{address}?show=overdue", note, "stop")
    unassigned = grievances.shown_as("unassigned", known.waiting, officer=known.officer, roles=roles, on=day)
    if unassigned:
        yield Task(len(unassigned), _("件异议、申诉等交办"), f"{address}?show=unassigned", _("先归到哪一件"), "look")
    mine = grievances.shown_as("mine", known.waiting, officer=known.officer, roles=roles, on=day)
    if mine:
        note = _("%(day)s 以前") % {"day": words.day_word(min(one.due_on for one in mine))}
        yield Task(len(mine), _("件异议、申诉由您答复"), f"{address}?show=mine", note, "now")
