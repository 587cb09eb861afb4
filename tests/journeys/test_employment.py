"""An employment officer's day in a browser: graduates out of the files, a call on the phone, an outcome, the figures, the frozen return."""

import io

import openpyxl
import pytest

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.browser


def test_from_the_files_to_the_frozen_return(signed_in, office, blameless):
    page = signed_in("huang")
    page.goto(f"{office.address}/employment/import/")
    page.click("button[name=files]")
    page.wait_for_url(f"{office.address}/employment/")
    assert "新列入" in page.inner_text("#told")
    assert "还没有联系过" in page.inner_text("tbody tr >> nth=0")
    blameless(page)
    called_on_the_phone(page)
    settled_with_a_contract(page)
    page.goto(f"{office.address}/employment/figures/")
    blameless(page)
    assert page.inner_text("tfoot td >> nth=2") == "1"
    page.click("tfoot td >> nth=2 >> a")
    assert page.locator("tbody tr").count() == 1
    page.go_back()
    page.click("#returns button.do")
    assert "已定" in page.inner_text("h1")
    blameless(page)
    with page.expect_download() as taken:
        page.click("text=统计表 Excel")
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    headings = [cell.value for cell in book["按工会"][1]]
    totals = next(row for row in book["按工会"].iter_rows(values_only=True) if row[0] == "合计")
    assert dict(zip(headings, totals, strict=True))["帮扶就业"] == 1


def called_on_the_phone(page):
    """The call sheet fits a thumb: number, what to say, one click for the answer."""
    page.click("tbody tr >> nth=0 >> a")
    page.set_viewport_size(PHONE)
    page.click("text=打电话（通话单）")
    page.fill("#note", "想留在县里")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("text=说上话了")
    assert "这次联系记下了" in page.inner_text("#told")


def settled_with_a_contract(page):
    page.set_viewport_size({"width": 1366, "height": 768})
    form = page.locator("form[action$='/outcome/']")
    form.locator("select[name=kind]").select_option("employed")
    form.locator("input[name=employer]").fill("藤县糖业有限公司")
    form.locator("select[name=evidence]").select_option("contract")
    form.locator("input[name=evidence_on]").fill(form.locator("input[name=on]").input_value())
    form.locator("button").click()
    assert "去向记下了" in page.inner_text("#told")
    assert "帮扶中" not in page.inner_text("h1")
