"""Who may open which page: one table from the name of an address to the roles it asks for.

The middleware below is the only reader. An address that the table does not name is refused, so none is open by mistake.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huigong.organisations import queries as organisations

ANYBODY = frozenset({"anybody"})
EVERY_OFFICER = frozenset({"preparer", "verifier", "approver", "finance", "auditor", "administrator"})
HANDS_IN = frozenset({"preparer", "verifier"})
PREPARES = frozenset({"preparer"})
VERIFIES = frozenset({"verifier"})
SETTLES = frozenset({"approver", "verifier"})
SEES_CARDS = frozenset({"approver", "finance"})
OVERSEES = frozenset({"verifier", "approver", "finance", "auditor"})

PERMISSIONS: Mapping[str, frozenset[str]] = {
    "sign-in": ANYBODY,
    "sign-in-once": ANYBODY,
    "sign-out": ANYBODY,
    "language": ANYBODY,
    # The demo's pages ask for themselves: they are there only in the demo and only for this machine.
    "demo-step-in": ANYBODY,
    "demo-sample": ANYBODY,
    "demo-altered": ANYBODY,
    "demo-reset": ANYBODY,
    "today": EVERY_OFFICER,
    "circulars": EVERY_OFFICER,
    "circular": EVERY_OFFICER,
    "campaign": EVERY_OFFICER,
    "step-submit": VERIFIES,
    "step-verify": VERIFIES,
    "step-share": VERIFIES,
    "step-publish": SETTLES,
    "step-now": SETTLES,
    "forms": EVERY_OFFICER,
    "forms-hand-in": HANDS_IN,
    "forms-fill": PREPARES,
    "form": EVERY_OFFICER,
    "form-take": HANDS_IN,
    "form-undo": HANDS_IN,
    "form-unit": HANDS_IN,
    "form-annotated": HANDS_IN,
    "form-stamped": VERIFIES,
    "row-mend": HANDS_IN,
    "row-confirm": HANDS_IN,
    "row-reveal": HANDS_IN,
    "applications": EVERY_OFFICER,
    "application": EVERY_OFFICER,
    "application-settle": SETTLES,
    "application-verify": VERIFIES,
    "application-reason": SETTLES | {"auditor"},
    "application-paper": VERIFIES,
    "downloads": OVERSEES,
    "download": OVERSEES,
    "events": OVERSEES | {"administrator"},
    "events-verify": OVERSEES | {"administrator"},
}


class PermissionMiddleware:
    """Holds every request against the table before its view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _words: Any) -> HttpResponse | None:
        match = request.resolver_match
        asked = PERMISSIONS.get(match.url_name or "", frozenset()) if match else frozenset()
        if asked == ANYBODY:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        roles = frozenset(organisations.roles_of(request.user, on=timezone.localdate()))
        setattr(request, "roles", roles)  # noqa: B010  OfficerRequest declares it, and the navigation reads it
        if not asked & roles:
            raise PermissionDenied
        return None
