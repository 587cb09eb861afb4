"""How long a sign-in lasts: eight hours from when it began or was extended. What is posted later is kept as a draft.

The session itself lives longer than the sign-in, so that whoever comes too late is still known by name: nothing is done
for them any more, but what they typed is kept for them and offered when they have signed in again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import WARNING
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huigong.organisations.models import Officer
from huigong.web.console.asking import tell
from huigong.web.console.forms import drafts

LASTS = timedelta(hours=8)
_UNTIL = "signed_in_until"


class SessionMiddleware:
    """Ends a sign-in whose time is over before anything is done for it; stands before the permission table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _words: Any) -> HttpResponse | None:
        if not isinstance(request.user, Officer):
            return None
        now, until = timezone.now(), _until(request)
        return _over(request, request.user, at=now) if until and until <= now else None


def extend(request: HttpRequest, *, at: datetime) -> None:
    request.session[_UNTIL] = (at + LASTS).isoformat()


def seconds_left(request: HttpRequest, *, at: datetime) -> int:
    until = _until(request)
    return max(0, int((until - at).total_seconds())) if until else int(LASTS.total_seconds())


@require_POST
def session_extend(request: HttpRequest) -> HttpResponse:
    """The button of the warning: the sign-in begins anew. The answer says how many seconds there are."""
    extend(request, at=timezone.now())
    return HttpResponse(str(int(LASTS.total_seconds())), content_type="text/plain")


def _until(request: HttpRequest) -> datetime | None:
    """From when it was extended, else from when the officer signed in."""
    told = request.session.get(_UNTIL)
    began = request.user.last_login if isinstance(request.user, Officer) else None
    return datetime.fromisoformat(told) if told else began + LASTS if began else None


def _over(request: HttpRequest, officer: Officer, *, at: datetime) -> HttpResponse:
    match = request.resolver_match
    place = drafts.place_of(match) if match else None
    back = drafts.page_of(place) if place else request.get_full_path() if request.method == "GET" else "/"
    kept = drafts.fields_of(request) if place and request.method == "POST" else {}
    if place and kept:
        drafts.keep_beside(officer, place, kept, at=at)
    logout(request)
    if kept:
        tell(request, WARNING, _("登录到时了。您填的还在，登录以后请接着填。"))
    return redirect_to_login(back)
