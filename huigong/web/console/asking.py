"""Who is asking: a request that the permission table let through has a signed-in officer."""

from typing import TypeVar

from django.http import Http404, HttpRequest

from huigong.organisations.models import Officer

Found = TypeVar("Found")


class OfficerRequest(HttpRequest):
    user: Officer  # PermissionMiddleware lets nobody else through


def or_404(found: Found | None) -> Found:
    """What is out of an officer's scope is not there."""
    if found is None:
        raise Http404
    return found
