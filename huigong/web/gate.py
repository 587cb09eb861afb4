"""The door of every page: the middleware that holds each request against the permission table, its only reader.

What somebody may not know of is not there (404): no address of that kind opens to that relation. A wrong role is refused
(403). An address that the table does not name is refused, so none is open by mistake.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer
from huigong.organisations.queries import Standing
from huigong.organisations.relations import nearest
from huigong.web import owners
from huigong.web.owners import Owned
from huigong.web.permissions import PERMISSIONS, known
from huigong.web.roles import ANYBODY, Of, Roles


def may(asks: Of, standings: Iterable[Standing], owned: Owned | None, *, officer: Officer) -> bool:
    """Whether any appointment of the officer opens an address of this object. Raises Http404 where it is not theirs to know."""
    if owned is None:
        raise Http404
    # What somebody sent in is always their own, and their successor's after a hand-over.
    sent = bool(owned.by) and (owned.by == officer.username or owned.by in organisations.acts_for(officer))
    held = [(one.role, "own" if sent else nearest(one.organisation.path, owned.places)) for one in standings]
    if not any(near in known(asks.kind) for _, near in held):
        raise Http404
    return any(role in asks.by.get(near, frozenset()) for role, near in held)


def opens(path: str, standings: Sequence[Standing], *, officer: Officer) -> bool:
    """Whether the door at a path of this product would open to an officer: asked before it is shown as a link."""
    match = resolve(path)
    asks = PERMISSIONS.get(match.url_name or "", frozenset())
    try:
        return asks == ANYBODY or _allows(asks, standings, match.kwargs, officer=officer)
    except Http404:
        return False


def _allows(asks: Roles | Of, standings: Sequence[Standing], words: Mapping[str, Any], *, officer: Officer) -> bool:
    roles = frozenset(one.role for one in standings)
    if isinstance(asks, Of):
        # Whoever holds no role at all learns nothing, not even that there is nothing.
        return bool(roles) and may(asks, standings, owners.owned(asks.kind, words), officer=officer)
    return bool(asks & roles)


class PermissionMiddleware:
    """Holds every request against the table before its view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, words: Any) -> HttpResponse | None:
        match = request.resolver_match
        asks = PERMISSIONS.get(match.url_name or "", frozenset()) if match else frozenset()
        if asks == ANYBODY:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        standings = organisations.standings_of(request.user, on=timezone.localdate())
        roles = frozenset(one.role for one in standings)
        setattr(request, "roles", roles)  # noqa: B010  OfficerRequest declares both, and the navigation reads them
        setattr(request, "standings", standings)  # noqa: B010
        if not _allows(asks, standings, words, officer=request.user):
            raise PermissionDenied
        return None
