"""不分活动的事: what there is to do that is of no campaign: files, people, units, the log. Every count opens its list."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.audit import queries as audit
from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.registry import waiting
from huigong.web.console.campaigns.task import Task
from huigong.web.console.history import CHAIN
from huigong.web.roles import HANDS_IN, KEEPS_FILES


def duties(officer: Officer, roles: frozenset[str], *, at: datetime) -> list[Task]:
    """Only what somebody of these roles does; where a count is nothing, there is no line."""
    wanted: dict[str, str] = {}
    if "preparer" in roles:
        wanted["to-complete"] = _("份档案待补")
    if roles & HANDS_IN:
        wanted["re-check"] = _("份档案今年还没复核")
    if roles & KEEPS_FILES:
        wanted["review"] = _("户的优惠证这半年没审")
        wanted["on-the-way"] = _("份档案转来，等接收")
        wanted["to-confirm"] = _("份建档签字单等您核对")
        wanted["overdue"] = _("份档案有措施过期")
    found = list(_of_files(officer, wanted, at)) if wanted else []
    if "administrator" in roles:
        found += _of_units(officer)
    if "security" in roles:
        found += _of_people(officer, at)
    if "log_auditor" in roles:
        found += _of_the_log()
    return found


def _of_files(officer: Officer, words: Mapping[str, str], at: datetime) -> Iterator[Task]:
    for which, count in waiting.counts(officer, words, today=timezone.localdate(at)).items():
        if count:
            more = _("还有更多") if count > waiting.COUNTED else ""
            address = f"{reverse('files-waiting')}?list={which}"
            yield Task(min(count, waiting.COUNTED), words[which], address, more, "look")


def _of_units(officer: Officer) -> Iterator[Task]:
    count = organisations.unserved(officer).count()
    if count:
        yield Task(count, _("个单位没有人在任"), f"{reverse('units')}?unserved=yes", _("交不了表"), "look")


def _of_people(officer: Officer, at: datetime) -> Iterator[Task]:
    ending = organisations.ending_soon(officer, on=timezone.localdate(at))
    if ending:
        yield Task(len(ending), _("个任职三十天内到期"), reverse("people") + "#soon", _("续任或换人"), "soon")
    invitations = organisations.open_invitations(officer, at=at)
    if invitations:
        yield Task(len(invitations), _("个邀请码还没有用"), reverse("people") + "#invitations", _("等对方加入"), "now")


def _of_the_log() -> Iterator[Task]:
    """How much was written since somebody last verified the chain."""
    checks = audit.history(CHAIN)[-1:]
    count = audit.head().sequence - (checks[0].payload["events"] if checks else 0)
    if count:
        yield Task(count, _("条留痕还没有验过"), reverse("events"), _("验一次"), "look")
