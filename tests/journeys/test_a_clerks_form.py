"""A unit's clerk from the Excel file to the receipt of the stamped page: by mouse on a phone, by keyboard alone at a desk."""

import pypdfium2
import pytest
from PIL import ImageDraw
from playwright.sync_api import expect

from huigong.annexes.containers.converted import converter
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_handing_in_forms import FORMS, open_forms

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(converter() is None, reason="no LibreOffice to print the page to be stamped"),
]
PRINTED = "01-as-printed.xlsx"


def press(locator, viewport):
    """By keyboard at the desk, by touch on the phone."""
    if viewport is DESK:
        locator.press("Enter")
    else:
        locator.click()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["keyboard", "phone"])
def test_from_the_excel_file_to_the_receipt_of_the_stamped_page(signed_in, blameless, tmp_path, viewport):
    page = signed_in("lu", viewport=viewport)
    open_forms(page)
    page.set_input_files("#files", str(FORMS / PRINTED))
    press(page.locator("#drop button.do"), viewport)
    expect(page.locator(".progress p")).to_have_text("1 / 1 读好了")
    press(page.locator(f"#received a:has-text('{PRINTED}')"), viewport)
    press(page.locator("#take"), viewport)
    expect(page.locator("#told")).to_contain_text("收下了 6 行")
    expect(page.locator("#stamped")).to_contain_text("还没来")
    blameless(page)

    with page.expect_download() as download:
        press(page.locator("button[value=pdf]"), viewport)
    download.value.save_as(tmp_path / "sheet.pdf")
    sheet = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].render(scale=2.2).to_pil().convert("RGB")
    ImageDraw.Draw(sheet).ellipse([200, 500, 560, 860], outline="#c8202c", width=14)
    sheet.rotate(4, expand=True, fillcolor="white").save(tmp_path / "stamped.jpg")

    page.set_input_files("#scan", str(tmp_path / "stamped.jpg"))
    press(page.get_by_role("button", name="核对"), viewport)
    expect(page.locator("#told")).to_contain_text("一格也没有改过")
    expect(page.locator("#stamped")).to_contain_text("来了")
    blameless(page)
