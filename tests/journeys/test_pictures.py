"""The pictures of the documentation: written into the folder that HUIGONG_PICTURES names, else the pages are only opened.

A clerk drops a messy form and takes its good rows; then the rest of the folder is run up to the public notice, on the same installation.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.architecture.house import HERE
from tests.journeys.conftest import surroundings
from tests.journeys.test_a_files_life import begin, checked
from tests.journeys.test_filling_the_grid import FIRST, GOES, SECOND, cell, open_grid
from tests.journeys.test_handing_in_forms import FORMS, MESSY, hand_in, open_form, open_forms
from tests.ways.folders import words

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("HUIGONG_PICTURES", "")
HEAVIEST = 120_000
HEROINE = "韦小雨"


def take(page, name):
    """One picture as a reader at a desk sees it; light enough for a page of documentation."""
    page.evaluate("document.activeElement.blur(); document.fonts.ready")
    taken = light(page.screenshot(animations="disabled", caret="hide"))
    assert len(taken) < HEAVIEST, f"{name}: {len(taken)} bytes"
    if PICTURES:
        folder = HERE / Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(taken)


def light(picture):
    """The same picture in 200 colours: a third of the bytes, and words as sharp."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(200).save(out, "PNG", optimize=True)
    return out.getvalue()


def letter():
    """An invented sheet: grey lines where a letter has words, and no name."""
    sheet = Image.new("RGB", (840, 1188), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((260, 110, 580, 150), fill="#555")
    for line in range(9):
        pen.rectangle((110, 240 + 48 * line, 730 - 190 * (line == 8), 258 + 48 * line), fill="#aaa")
    pen.ellipse((520, 760, 700, 940), outline="#c33", width=6)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def run_up_to_the_notice(folder):
    """`huigong campaign run` as of a day inside the window of the town's campaign."""
    chosen = words(folder / "out", notice_from="2017-08-21", as_of="2017-08-23", decision=None, approved_by=None)
    command = [sys.executable, "-m", "huigong", *chosen]
    subprocess.run(command, env=surroundings(folder), cwd=HERE, check=True, capture_output=True)


def test_the_pages_of_the_pictures_open(signed_in, tmp_path):
    page = signed_in("huang")
    open_forms(page)
    hand_in(page, FORMS / MESSY)
    open_form(page, MESSY)
    expect(page.locator("h1")).to_have_text("我读到了 6 行")
    take(page, "form")
    page.click("#take")
    expect(page.locator("#told")).to_contain_text("收下了 4 行")

    run_up_to_the_notice(tmp_path / "office")
    page.goto(page.url.split("/forms/")[0])
    page.click("nav >> text=金秋助学")
    expect(page.locator("main")).to_contain_text("公示中")
    take(page, "campaign")

    page.click("nav >> text=申请")
    page.click(f"main a:has-text('{HEROINE}'), main tr:has-text('{HEROINE}') a")
    expect(page.locator("main")).to_contain_text(HEROINE)
    expect(page.locator("main")).to_contain_text("五(二)")
    take(page, "application")

    page.click("nav >> text=申请")
    page.locator(".cases tbody tr", has_text="缺材料").first.locator("a").first.click()
    page.click("a:has-text('到审核台')")
    page.evaluate("document.querySelectorAll('.sheets details').forEach((one) => { one.open = true })")
    page.set_input_files("#file", {"name": "notice.png", "mimeType": "image/png", "buffer": letter()})
    page.select_option("#paper", "admission_letter")
    page.click("button:has-text('存下')")
    expect(page.locator("#told")).to_contain_text("存好了")
    expect(page.locator(".sheets img")).to_have_js_property("complete", True)
    page.keyboard.press("1")
    take(page, "desk")


def test_the_page_of_the_clerks_how_to_opens(signed_in):
    page = signed_in("lu")
    open_grid(page)
    for number, (family, goes) in enumerate(((FIRST, GOES), (SECOND, "2017年8月武汉大学")), 1):
        if number > 1:
            page.click("#add")
        cell(page, f"{number}-certificate_no").fill(family)
        cell(page, f"{number}-certificate_no").press("Tab")
        expect(page.locator(f"#row-{number} select")).to_be_visible()
        if number > 1:
            cell(page, f"{number}-child").select_option(index=1)
            expect(cell(page, f"{number}-child")).not_to_have_value("")
        cell(page, f"{number}-admission").fill(goes)
    expect(page.locator("#row-2")).to_contain_text("4504…1520")
    take(page, "fill")


def test_the_page_of_the_how_to_about_files_opens(signed_in):
    address = begin(signed_in("lu"))
    page = signed_in("huang")
    page.goto(address)
    checked(page)
    take(page, "file")


def test_every_picture_that_a_page_shows_is_there_and_light_and_no_other_lies_about():
    pages = [HERE / "README.md", *(HERE / "docs").rglob("*.md")]
    shown = {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)\)", page.read_text())}
    there = {picture.name: picture.stat().st_size for picture in (HERE / "docs" / "pictures").iterdir()}
    assert shown
    assert shown == set(there)
    assert [name for name, size in there.items() if size >= HEAVIEST] == []
