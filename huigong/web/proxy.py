"""Behind a server of one's own that brings HTTPS every browser seems to ask from that server's address: whose it is, it says.

What is counted by address (often.py, wrong passwords) would else be counted for the whole city together.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxyMiddleware:
    """Stands first. Takes the last address of X-Forwarded-For, which the trusted server itself wrote, and from no other asker."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if told and settings.TRUSTED_PROXY and request.META.get("REMOTE_ADDR") == settings.TRUSTED_PROXY:
            request.META["REMOTE_ADDR"] = _last(told) or settings.TRUSTED_PROXY
        return self.get_response(request)


def _last(told: str) -> str:
    """Only the last: what stands before it the browser may have written itself. Nothing where it is no address."""
    try:
        return str(ip_address(told.rpartition(",")[2].strip()))
    except ValueError:
        return ""
