"""A notice on the public's phone, an objection to its answer, a table of places, and the sandbox."""

import subprocess
import sys

import pytest

from tests.architecture.house import HERE
from tests.journeys.conftest import PHONE, surroundings

pytestmark = pytest.mark.browser
CODES = """
import django; django.setup()
from huigong.publicnotices.models import NoticeLine
from huigong.publicnotices.query_codes import code_of
for line in NoticeLine.objects.select_related("notice"): print(line.notice.number, line.case_reference, code_of(line), line.number)
"""


def test_what_everybody_may_check_works_on_a_phone_and_at_a_desk(signed_in, browser, office, tmp_path, blameless):
    folder, campaign = tmp_path / "office", f"{office.address}/campaigns/{office.campaign}"
    run(folder, "-m", "tests.journeys.on_the_way")
    huang, qin = signed_in("huang"), signed_in("qin")

    the_sandbox_hides_names_and_changes_nothing(huang, campaign, blameless)
    a_table_counts_after_a_second_yes(qin, campaign, blameless)

    huang.goto(f"{campaign}/notices/")
    huang.click("main .list a")
    blameless(huang)
    _, reference, code, line = run(folder, "-c", CODES).stdout.split("\n")[0].split()

    # Somebody without an account, on a phone and without scripts.
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    phone = context.new_page()
    a_family_finds_its_line(phone, office, reference, code, line)
    receipt = an_objection_without_a_name(phone, line)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    probed = run(folder, "-m", "huigong", "notices", "probe", "--base", office.address)
    assert (probed.returncode, "shown" in probed.stdout) == (0, True)

    it_is_answered_by_somebody_else(huang, qin, campaign, blameless)
    phone.goto(f"{office.address}/public/answers/")
    phone.fill("#number", receipt[0])
    phone.fill("#code", receipt[1])
    phone.click("main .ask button")
    assert "核实过，不属实" in phone.inner_text(".own")
    context.close()


def the_sandbox_hides_names_and_changes_nothing(page, campaign, blameless):
    page.goto(f"{campaign}/ranking/")
    blameless(page)
    before = page.inner_text("main table")
    names = page.eval_on_selector_all("main table tbody th a", "all => all.map(one => one.innerText)")
    assert names
    page.select_option("main select[name^=direction]", "down")
    page.focus("main .sandbox button.do")
    page.keyboard.press("Enter")
    page.wait_for_selector("#crossed")
    assert [name for name in names if name in page.inner_text("main")] == []
    page.click("main a:has-text('看是谁')")
    page.wait_for_selector("main table tbody th a")
    assert page.inner_text("main table") == before


def a_table_counts_after_a_second_yes(page, campaign, blameless):
    page.goto(f"{campaign}/quotas/")
    blameless(page)
    page.fill("#table", "单位\t名额\n梧州市总工会\t29\n藤县总工会\t33\n合计\t62")
    page.click("text=先看会变什么")
    assert "＋" in page.inner_text("#changes")
    page.click("#changes button.do")
    page.wait_for_selector(".said.done")
    assert "33" in page.inner_text("main table")


def a_family_finds_its_line(phone, office, reference, code, line):
    phone.goto(f"{office.address}/public/notices/")
    phone.click("main .list a")
    assert "韦**" in phone.inner_text("main")
    assert reference not in phone.inner_text("main")
    phone.fill("#reference", reference)
    phone.fill("#code", "ABCDEFGH" if code != "ABCDEFGH" else "HGFEDCBA")
    phone.click("main .ask button")
    assert "不对" in phone.inner_text("[role=alert]")
    phone.fill("#reference", reference)
    phone.fill("#code", code.lower())
    phone.click("main .ask button")
    assert line in phone.inner_text(".own")


def an_objection_without_a_name(phone, line):
    """Returns the number and the code that the page shows once."""
    phone.click("text=在这里反映")
    phone.fill("#line", line)
    phone.fill("#said", "这家今年开了店，请核实")
    phone.click("main .ask button")
    assert "暂停审批和发放" in phone.inner_text(".own")
    return phone.locator(".own strong").all_inner_texts()


def it_is_answered_by_somebody_else(huang, qin, campaign, blameless):
    qin.goto(f"{campaign}/grievances/")
    blameless(qin)
    qin.click("main .list a")
    blameless(qin)
    qin.select_option("#assignee", label="覃")
    qin.click("main form[action$='assign/'] button")
    qin.wait_for_selector(".said.done")
    qin.click("main form[action$='read/'] button")
    assert "开了店" in qin.inner_text("main")
    qin.click("main a.quiet")
    qin.check("input[name=upheld][value=no]")
    qin.check("input[name=clauses] >> nth=0")
    qin.fill("#words", "核实过，不属实。")
    qin.click("main form[action$='answer/'] button")
    qin.wait_for_selector(".said.done")
    huang.goto(f"{campaign}/grievances/")
    assert "不成立" in huang.inner_text("main")


def run(folder, *words):
    told = subprocess.run(
        [sys.executable, *words], env=surroundings(folder), cwd=HERE, check=False, capture_output=True, text=True
    )
    assert told.returncode in {0, 1}, told.stderr
    return told
