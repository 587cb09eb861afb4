"""A real browser against a real server: an installation of its own for every journey, copied from one that is made once.

`office` is the running installation, `browser` the Chromium of the whole run, `desk` and `phone` make signed-in pages.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from huigong.runs.holding import taken
from tests.architecture.house import HERE

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
PATIENCE = 40
# A page that says what is to be mended, or that somebody was there before, is an answer; a killed server gives none.
ANSWERS = ("status of 422", "status of 409", "net::ERR_")


@dataclass
class Office:
    """A running installation and the ways in that are left."""

    address: str
    campaign: str
    tokens: dict[str, list[str]] = field(repr=False)
    server: subprocess.Popen[bytes] = field(repr=False)

    def way_in(self, officer):
        return f"{self.address}/sign-in/{self.tokens[officer].pop()}/"


def open_menu(page):
    """On a phone the pages stand behind 菜单; at a desk they are there."""
    opener = page.locator(".side > .menu")
    if opener.is_visible():
        opener.click()


def made_by_one(name, make, tmp_path_factory):
    """A folder that the first process to ask for it makes, for all of them to copy."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    while (lock := taken(folder.with_suffix(".lock"))) is None:
        time.sleep(0.2)
    try:
        if not (folder / "whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (folder / "whole").touch()
    finally:
        lock.close()
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    def make(folder):
        for words in (["huigong", "setup"], ["tests.journeys.town", str(folder / "told.json")]):
            subprocess.run([sys.executable, "-m", *words], env=surroundings(folder), cwd=HERE, check=True)

    return made_by_one("town", make, tmp_path_factory)


def surroundings(folder):
    own = {"HUIGONG_HOME": str(folder / "home"), "HUIGONG_KEYS": str(folder / "keys")}
    kept = {name: value for name, value in os.environ.items() if name != "HUIGONG_DATABASE_URL"}
    return kept | own | {"PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "huigong.web.settings"}


@pytest.fixture
def office(made_once, tmp_path):
    folder = tmp_path / "office"
    shutil.copytree(made_once, folder)
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    port = free_port()
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "huigong", "serve", "--port", str(port)],
            env=surroundings(folder),
            cwd=HERE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        answers(address, server, folder / "server.log")
        yield Office(address, told["campaign"], told["tokens"], server)
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory):
    def make(folder):
        command = [sys.executable, "-m", "huigong", "demo", "--only-build"]
        subprocess.run(command, env=surroundings(folder), cwd=HERE, check=True)

    return made_by_one("demo", make, tmp_path_factory)


@contextmanager
def demo_served(folder):
    """The address of a demo city, as `huigong demo` opens it, and the file of what it printed."""
    port, printed = free_port(), folder / "server.log"
    with printed.open("w") as log:
        command = [sys.executable, "-m", "huigong", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=surroundings(folder), cwd=HERE, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        answers(address, server, printed)
        yield address, printed
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture
def demo(built_demo, tmp_path):
    """A demo city of the test's own."""
    with demo_served(shutil.copytree(built_demo, tmp_path / "demo")) as served:
        yield served


def is_complaint(said):
    return said.type in {"error", "warning"} and not any(answer in said.text for answer in ANSWERS)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answers(address, server, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert server.poll() is None, Path(log).read_text()
        try:
            urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()
        except OSError:  # not there yet, or too busy to answer
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not answer: {Path(log).read_text()}")


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def signed_in(browser, office):
    """Makes a page for an officer; whatever the browser complains of fails the test at its end."""
    contexts, complaints = [], []

    def open_page(officer, *, viewport=DESK, scripts=True):
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(office.way_in(officer))
        page.click("main button.do")
        page.wait_for_url(f"{office.address}/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def blameless():
    """Asserts that axe finds nothing serious on a page, and that the page does not scroll sideways."""

    def look(page):
        found = Axe().run(page).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]
        assert grave == [], page.url
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], page.url

    return look
