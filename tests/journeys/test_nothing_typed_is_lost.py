"""Nothing typed is lost: the server is killed in the middle of a form, a sign-in ends, two people mend one row."""

import json
import os
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.architecture.house import HERE
from tests.journeys.conftest import answers, surroundings
from tests.journeys.test_filling_the_grid import FIRST, GOES, cell, open_grid
from tests.journeys.test_handing_in_forms import FORMS, MESSY, hand_in, open_form, open_forms

pytestmark = pytest.mark.browser


@pytest.fixture
def killable(office, tmp_path):
    """Kills the server as a power cut does, and starts it again on the same installation and port."""
    started = []

    def begin():
        port = office.address.rsplit(":", 1)[1]
        with (tmp_path / "again.log").open("w") as log:
            command = [sys.executable, "-m", "huigong", "serve", "--port", port]
            own = surroundings(tmp_path / "office")
            server = subprocess.Popen(command, env=own, cwd=HERE, stdout=log, stderr=log, start_new_session=True)
        started.append(server)
        answers(office.address, server, tmp_path / "again.log")

    def kill():
        for server in [office.server, *started]:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)  # its workers too
                server.wait(40)

    yield kill, begin
    kill()


def carries(text):
    """Of the answers on their way: the one to what has this text in it."""
    return lambda answer: text.encode() in (answer.request.post_data_buffer or b"")


def test_a_server_that_is_killed_in_the_middle_of_a_form_gives_the_text_back(signed_in, killable, tmp_path):
    kill, begin = killable
    page = signed_in("lu")
    open_grid(page)
    cell(page, "1-certificate_no").fill(FIRST)
    cell(page, "1-certificate_no").press("Tab")
    expect(page.locator("#row-1")).to_contain_text("韦秀兰")
    expect(page.locator("#kept")).to_contain_text("先存着了")
    cell(page, "1-admission").fill(GOES)
    with page.expect_response(carries(GOES)):
        cell(page, "1-admission").blur()
    kill()

    # Handing in says that nothing went, keeps the page, and offers a file.
    page.click("button.do")
    expect(page.locator(".away")).to_contain_text("连不上服务")
    expect(cell(page, "1-admission")).to_have_value(GOES)
    with page.expect_download() as download:
        page.click("#save-file")
    download.value.save_as(tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text())["fields"]["1-admission"] == GOES

    begin()
    page.goto(page.url)
    page.click("text=填回去")
    expect(cell(page, "1-admission")).to_have_value(GOES)
    expect(page.locator("#row-1")).to_contain_text("韦秀兰")
    page.click("button.do")
    expect(page.locator("#told")).to_contain_text("交上去了，1 行")
    page.goto(page.url.split("/forms/")[0])
    open_grid(page)
    expect(page.locator("main")).not_to_contain_text("填过，还没有交")


def test_the_saved_file_fills_the_form_on_another_computer(signed_in, office, tmp_path, blameless):
    kept = {"place": f"fill:{office.campaign}", "fields": {"rows": "1", "1-certificate_no": FIRST, "1-admission": GOES}}
    (tmp_path / "saved.json").write_text(json.dumps(kept))
    page = signed_in("lu", scripts=False)
    open_grid(page)
    page.click("summary:has-text('存过小文件')")
    page.set_input_files("#saved", str(tmp_path / "saved.json"))
    page.get_by_role("button", name="填回来", exact=True).click()
    expect(cell(page, "1-admission")).to_have_value(GOES)


def test_cells_that_were_typed_come_back_to_their_row(signed_in, killable):
    kill, begin = killable
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, FORMS / MESSY)
    open_form(page, MESSY)
    page.click("#row-1 th a")
    phone = page.locator("#row-1 input[data-name=phone]")
    phone.fill("13811111111")
    with page.expect_response(carries("广西大学")):  # sent when typing pauses, or when the cell is left
        page.locator("#row-1 input[data-name=school]").fill("广西大学")
        page.locator("#row-1 input[data-name=school]").blur()
    expect(page.locator("#kept")).to_contain_text("先存着了")
    kill()
    page.locator("#row-1 .result button").click()
    expect(page.locator(".away")).to_contain_text("连不上服务")
    expect(phone).to_have_value("13811111111")
    begin()
    page.goto(page.url.split("?")[0])
    page.click("text=填回去")
    expect(phone).to_have_value("13811111111")
    expect(page.locator("#row-1 input[data-name=school]")).to_have_value("广西大学")
    page.locator("#row-1 .result button").click()
    expect(page.locator("#told")).to_contain_text("第 1 行改好了")


def test_two_people_at_one_row_see_both_and_choose(signed_in, blameless):
    page = signed_in("lu")
    open_forms(page)
    hand_in(page, FORMS / MESSY)
    open_form(page, MESSY)
    other = signed_in("lu")
    other.goto(page.url)
    page.click("#row-1 th a")
    other.click("#row-1 th a")
    other.locator("#row-1 input[data-name=phone]").fill("13811111111")
    other.locator("#row-1 .result button").click()
    expect(other.locator("#told")).to_contain_text("第 1 行")
    page.locator("#row-1 input[data-name=phone]").fill("13822222222")
    page.locator("#row-1 .result button").click()
    expect(page.locator("h1")).to_have_text("第 1 行刚被改过")
    expect(page.locator(".clash")).to_contain_text("138…1111")
    expect(page.locator(".clash .merged")).to_have_value("13822222222")
    blameless(page)
    page.get_by_role("button", name="这样存").press("Enter")
    expect(page.locator("#told")).to_contain_text("第 1 行")


def test_a_sign_in_that_is_about_to_end_is_extended_by_a_button(signed_in, blameless):
    page = signed_in("lu")
    page.clock.install()
    open_grid(page)
    page.clock.run_for("07:56:00")
    expect(page.locator("#ends")).to_be_visible()
    blameless(page)
    page.click("#ends button")
    expect(page.locator("#ends")).to_be_hidden()
