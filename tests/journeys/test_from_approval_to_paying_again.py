"""Verifier, finance and approver sign; finance pays; the bank says no to one; it is mended and paid again; what was paid and should
not have been is asked back and recorded. Each in a browser of their own.
"""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.architecture.house import HERE
from tests.journeys.conftest import DESK, PATIENCE, surroundings

pytestmark = pytest.mark.browser
WANTS_A_CODE = "428 (Precondition Required)"


@pytest.fixture
def at_desk(browser, demo):
    """Steps in as somebody of the cast and keeps their page; whatever else the browser complains of fails the test."""
    contexts, complaints = [], []

    def sit(name):
        context = browser.new_context(viewport=DESK, locale="zh-CN", accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto(demo[0] + "/sign-in/")
        page.locator(f'form[action*="step-in"] button:has-text("{name}")').first.click()
        expect(page.locator(".top .who")).to_contain_text(name)
        return page

    yield sit
    for context in contexts:
        context.close()
    assert [one for one in complaints if WANTS_A_CODE not in one] == []


def prove(page):
    """The page that asks for a code; the demo shows it, since its officers have no telephones."""
    expect(page.locator("h1")).to_have_text("请输动态码")
    page.fill("#second_factor", page.locator("#shown-code").inner_text())
    page.click("main button.do")


def told(page, words):
    expect(page.locator("#told")).to_contain_text(words)


def go(page, word):
    page.locator(f"nav a:has-text('{word}')").first.click()
    expect(page.locator("h1")).to_contain_text(word)


def sign(page, words, *, code="asked"):
    page.check("input[name=agrees][value=yes]")
    page.click("main button:has-text('签字')")
    if code == "asked":
        prove(page)
    told(page, words)


def answer_the_objection(page):
    """What is said against the case of the last notice is answered by somebody who had no hand in the case."""
    go(page, "异议")
    page.locator(".list li", has_text="异议").filter(has_not_text="不成立").first.locator("a").first.click()
    page.click("main form[action$='read/'] button")
    expect(page.locator("main")).to_contain_text("小汽车")
    page.click("main a.quiet")
    page.check("input[name=upheld][value=no]")
    page.check("input[name=clauses] >> nth=0")
    page.fill("#words", "查过车辆登记，这家没有车。")
    page.click("main form[action$='answer/'] button")
    page.locator(".said.done").wait_for()


def write_the_form(page, folder):
    """The verifier puts what is past its notice to the decision."""
    scan = folder / "纪要.pdf"
    scan.write_bytes(b"%PDF-1.4 minutes")
    go(page, "审批")
    page.fill("#minutes", "梧工办纪要〔2017〕40号")
    page.fill("#held_on", "2017-09-18")
    page.fill("#attendees", "覃、黄、陈")
    page.set_input_files("#scan", scan)
    page.click("main button:has-text('写审批表')")
    told(page, "请依次签字")
    return page.url


def answer_of(file):
    """The bank's result: the first payment is over a limit, the others went through."""
    lines = file.read_bytes().decode("gb18030").splitlines()
    outcomes = [("失败", "超过限额"), *[("成功", "")] * (len(lines) - 1)]
    made = [",".join([*line.split(",")[:5], word, why]) for line, (word, why) in zip(lines, outcomes, strict=True)]
    answered = file.with_name("回单.csv")
    answered.write_bytes("\r\n".join(made).encode("gb18030"))
    return answered


def recover(page, folder):
    """Money of an award that was revoked came back: finance records the day and the paper; returns the case."""
    command = [sys.executable, "-m", "tests.journeys.asked_back"]
    made = subprocess.run(command, env=surroundings(folder), cwd=HERE, check=True, capture_output=True, text=True)
    reference = made.stdout.strip()
    go(page, "发放")
    expect(page.locator("#out")).to_contain_text(reference)
    page.click("#out button:has-text('钱退回来了')")  # the browser asks for day and paper first
    expect(page.locator("#out")).to_contain_text(reference)
    page.fill("#out input[name=received_on]", page.get_attribute("#out input[name=received_on]", "max"))
    page.fill("#out input[name=paper]", "银行进账单 0916")
    whole = page.input_value("#out input[name=yuan]")
    page.fill("#out input[name=yuan]", "500")
    page.click("#out button:has-text('钱退回来了')")
    told(page, "其余还在追")
    expect(page.locator("#out")).to_contain_text("退回 500 元 · 银行进账单 0916")
    assert float(page.input_value("#out input[name=yuan]")) == float(whole) - 500
    page.fill("#out input[name=received_on]", page.get_attribute("#out input[name=received_on]", "max"))
    page.fill("#out input[name=paper]", "银行进账单 0917")
    page.click("#out button:has-text('钱退回来了')")
    told(page, "钱回到资金")
    expect(page.locator("#out")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("账平")
    return reference


def test_from_the_decision_to_paying_again(at_desk, demo, tmp_path, blameless):
    huang, chen, qin = (at_desk(name) for name in ("黄", "陈", "覃"))
    go(huang, "审批")
    expect(huang.locator("main")).to_contain_text("公示有异议")
    answer_the_objection(qin)
    form = write_the_form(huang, tmp_path)
    blameless(huang)
    sign(huang, "等下一栏")
    chen.goto(form)
    sign(chen, "等下一栏")
    qin.goto(form)
    sign(qin, "签齐了，批准")
    expect(qin.locator("h1")).to_contain_text("已批")

    go(chen, "发放")
    blameless(chen)
    chen.click("main button:has-text('做批次')")
    told(chen, "下一步：取银行文件")
    chen.locator("table.cases tbody th a").last.click()
    blameless(chen)
    with chen.expect_download() as coming:
        chen.click("main button:has-text('取银行文件')")
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    chen.reload()
    expect(chen.locator("main")).to_contain_text("陈 取走")

    chen.set_input_files("#file", answer_of(file))
    chen.click("main button:has-text('先看它说什么')")
    expect(chen.locator("h1")).to_contain_text("回单说什么")
    blameless(chen)
    chen.click("main button:has-text('算数')")
    told(chen, "第 1 份回单算数了")
    expect(chen.locator("tbody tr").first).to_contain_text("超过限额")

    go(huang, "发放")
    expect(huang.locator("#back")).to_contain_text("超过限额")
    huang.click("#back button:has-text('原因处理好了')")
    told(huang, "确认了")
    go(chen, "发放")
    expect(chen.locator("#back")).to_contain_text("可以再付")
    chen.click("main button:has-text('再付 1 笔')")
    told(chen, "再付 1 笔")
    expect(chen.locator("table.cases").first.locator("tbody tr")).to_have_count(3)
    assert re.search(r"账平", chen.locator("main").inner_text())

    reference = recover(chen, demo[1].parent)
    huang.goto(f"{demo[0]}/applications/{reference}/")
    expect(huang.locator("main")).to_contain_text("追回")
    huang.locator("main a[href*='/households/']").first.click()
    expect(huang.locator("#aid")).to_contain_text("已全部退回")
    blameless(huang)
