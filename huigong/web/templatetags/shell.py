"""What stands around every page and in its forms: which pages stand in the navigation, who is signed in, and which step is being done."""

import uuid
from collections.abc import Mapping, Sequence

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html

from huigong.circulars.calendar import working_calendar
from huigong.web import sessions
from huigong.web.console.campaigns import working
from huigong.web.console.campaigns.working import Work
from huigong.web.console.once import FIELD, number_sent
from huigong.web.navigation import Navigation, navigation_for

register = template.Library()


@register.simple_tag
def of(told: Mapping[str, str], name: str) -> str:
    """What a table says of a name."""
    return told.get(name, "")


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation | None:
    """The navigation for whoever is signed in; `campaign` in the page's context says which campaign it is about."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    return navigation_for(request, campaign=context.get("campaign"))


@register.simple_tag(takes_context=True)
def once(context: Context) -> str:
    """A hidden field that lets its form take effect once. A page that a form brought carries that form's number on, so
    that going back to it and sending it again is the same sending. No browser puts an old number into a fresh page.
    """
    request = context.get("request")
    number = (number_sent(request) if request else "") or uuid.uuid4().hex
    return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', FIELD, number)


@register.filter
def at(known: Mapping[str, str], name: str) -> str:
    """The word that stands under a name; the name itself where there is none."""
    return known.get(name, name)


@register.simple_tag(takes_context=True)
def sign_in_left(context: Context) -> int:
    """Seconds until the sign-in ends; 0 for nobody."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return 0
    return sessions.seconds_left(request, at=timezone.now())


@register.simple_tag(takes_context=True)
def calendar_gap(context: Context) -> str:
    """Years in which the page counted working days and that the calendar lacks.

    A page that counts gives its days as `counted`, and as `calendar` what it counted in, where it has that at hand.
    """
    counted = [day for day in context.get("counted") or () if day is not None]
    if not counted:
        return ""
    known = (context.get("calendar") or working_calendar()).years
    lacking = sorted({day.year for day in counted} - known)
    return "、".join(str(year) for year in lacking)


@register.simple_tag(takes_context=True)
def at_work(context: Context) -> Sequence[Work]:
    """Steps that the reader began, and the one that is being done in the campaign of this page; none on its own page."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    if request.resolver_match is None or request.resolver_match.url_name in {"step-now", "events-now"}:
        return []
    campaign = context.get("campaign")
    code = campaign.code if campaign else ""
    mine = request.user.username
    return [work for work in working.all_work() if work.by == mine or (work.is_running and work.campaign == code)]
