"""The pages over HTTP, served by this process, and people at them who send what a page holds several times at once.

By the server that Django brings for its own live tests: one thread a request, each with a connection of its own. The clock of
the pages stands where `clock` puts it.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from random import Random
from threading import Barrier, Thread
from urllib.parse import urlencode

import lxml.html
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.http import HttpRequest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.testcases import QuietWSGIRequestHandler
from django.utils import timezone

from huigong.organisations.models import Officer
from huigong.web import factors

Answer = tuple[int, str, bytes]
"""Status, where it leads, and the page."""
_PATIENCE = 60
_FORM = "application/x-www-form-urlencoded"


def clock(at: datetime) -> None:
    """From now on it is this moment for every page."""
    timezone.now = lambda: at


@dataclass
class Pages:
    """Where they are served, the chance that says how many copies are sent, and what was answered so far."""

    port: int
    chance: Random
    pool: ThreadPoolExecutor
    answers: Counter[int] = field(default_factory=Counter)
    calls: int = 0
    submissions: int = 0

    def ask(self, method: str, path: str, cookie: str, body: bytes = b"", kind: str = _FORM) -> Answer:
        """What is not an answer (a connection that broke) raises OSError."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        headers = {"Cookie": cookie} | ({"Content-Type": kind} if method == "POST" else {})
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        told = answer.status, answer.headers.get("Location", ""), answer.read()
        connection.close()
        return told


@dataclass
class Person:
    """Somebody at a browser: signed in as an officer who has just given a code, or nobody known to the office."""

    pages: Pages
    officer: Officer | None = None
    _session: str = ""

    def sit(self) -> None:
        """Sign in, with a code given this moment."""
        if self.officer is None:
            return
        request = HttpRequest()
        request.META["REMOTE_ADDR"], request.session = "127.0.0.1", SessionStore()
        login(request, self.officer, backend="django.contrib.auth.backends.ModelBackend")
        factors.prove(request, at=timezone.now())
        request.session.save()
        self._session = str(request.session.session_key)

    def send(self, page: str, action: str = "", /, *, files: bool = False, **given: object) -> list[Answer]:
        """The form of a page that is sent to `action` (none: to the page itself), two to four times at once."""
        status, _, content = self.pages.ask("GET", page, self._cookie())
        assert status == 200, (page, status, content.decode()[:2000])
        return self.press(content, action or page, files=files, **given)

    def press(self, shown: bytes, action: str, /, *, files: bool = False, **given: object) -> list[Answer]:
        """The same on a page that was answered: as it was drawn, with what is typed into it.

        Raises AssertionError where the page holds no such form or one copy is answered by an error page.
        """
        root = lxml.html.fromstring(shown.decode())
        form = next((one for one in root.forms if one.method == "POST" and one.get("action", action) == action), None)
        assert form is not None, (action, " ".join(root.text_content().split()))
        filled = dict(form.form_values()) | given
        copies, cookie = self.pages.chance.randint(2, 4), self._cookie(str(filled["csrfmiddlewaretoken"]))
        body = encode_multipart(BOUNDARY, filled) if files else urlencode(filled, doseq=True).encode()
        ready = Barrier(copies)

        def submit() -> Answer:
            ready.wait()
            return self.pages.ask("POST", action, cookie, body, MULTIPART_CONTENT if files else _FORM)

        told = [one.result() for one in [self.pages.pool.submit(submit) for _ in range(copies)]]
        self.pages.answers.update(status for status, _, _ in told)
        self.pages.calls += copies
        self.pages.submissions += 1
        assert {status for status, _, _ in told} <= {200, 302, 422}, (action, told)
        return told

    def _cookie(self, token: str = "") -> str:
        """The session, and as the cookie against forged posts the token of the form itself, which Django takes for one."""
        both = {settings.SESSION_COOKIE_NAME: self._session, settings.CSRF_COOKIE_NAME: token}
        return "; ".join(f"{name}={value}" for name, value in both.items() if value)


@contextmanager
def served(*, seed: int) -> Iterator[Pages]:
    """The pages at an address of this machine for as long as it is open."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            yield Pages(server.server_port, Random(seed), pool)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
