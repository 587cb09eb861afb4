"""No text with a NUL in it reaches a page: nobody types one, and PostgreSQL takes none, neither to keep nor to search."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

_NUL = "\x00"


class PlainTextMiddleware:
    """Answers 400 to an address, a query or a posted field that holds a NUL; stands after the check of the token."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _words: Any) -> None:
        if any(_NUL in text for text in _texts(request)):
            raise SuspiciousOperation("a NUL in the request")


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    for sent in (request.GET, request.POST):
        for name, values in sent.lists():
            yield name
            yield from values
