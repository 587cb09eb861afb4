"""The scan of a stamped page beside the data: the cell that was changed is shown as it stands on the paper."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.annexes.containers.converted import converter
from huigong.annexes.cut_outs import rows_of, seen_in
from huigong.annexes.tests.ruled import as_file, askew, colour, looks_like, middle, ruled
from huigong.audit import queries as audit
from huigong.intake.stamping import printed
from huigong.web.console.asking import definition_of
from huigong.web.tests.forms.desk import officer, said

FORM = "01-as-printed.xlsx"


@pytest.fixture
def handed(desk, work):
    desk.sign_in(work.lu)
    desk.hand_in(FORM)
    return desk.form(FORM)


def scanned(form, **told):
    """The form as it is printed now, stamped and scanned a little askew; each row as high as it likes."""
    definition = definition_of(form.campaign)
    widths = [field.width for field in definition.printed]
    heights = [60 + 37 * (number % 3) for number in range(form.rows.count())]
    sheet = ruled(widths, heights, *printed(form, definition).codes, seal=True, **told)
    return SimpleUploadedFile("盖章页.png", as_file(askew(1.5)(sheet)), content_type="image/png")


def column_of(form, name):
    return [field.name for field in definition_of(form.campaign).printed].index(name)


def changed_after(desk, form, **told):
    """The page of the scan, after one telephone number was changed behind the stamp."""
    paper = scanned(form, **told)
    desk.post(FORM, "row-mend", 1, name="phone", text="13811111111")
    desk.post(FORM, "form-stamp-read", scan=paper)
    return said(desk.client.get(reverse("form-scan", args=[form.pk])))


def pictures(page):
    return [unescape(one) for one in re.findall(r'<img [^>]*src="([^"]+)"', page)]


def test_the_cell_that_was_changed_is_shown_as_it_stands_on_the_paper_and_the_look_is_on_record(desk, handed, work):
    page = changed_after(desk, handed)
    assert "第 1 行" in page
    assert "格线没找到" not in page
    cell, row = pictures(page)
    answer = desk.client.get(cell)
    assert answer["Content-Type"] == "image/png"
    assert looks_like(middle(answer.content), colour(0, column_of(handed, "phone")))
    assert desk.client.get(row).content.startswith(b"\x89PNG")
    assert "138****1111" in page or "138…1111" in page
    assert "13811111111" not in page
    (told,) = audit.told_of("form.scan_shown")  # the first look of a sign-in, whatever is looked at after it
    assert (told.actor, set(told.payload)) == (work.lu.username, {"document"})


def test_of_a_row_with_more_than_three_cells_only_the_whole_row_is_drawn_and_only_as_it_comes_into_view(desk, handed):
    """Two rows and four columns may differ: eight cells and two rows would be ten children that open the scan."""
    paper = scanned(handed)
    desk.post(FORM, "row-mend", 1, name="phone", text="13811111111")
    for name, text in (("hardship_cause", "大病"), ("annual_income_per_capita", "3210"), ("student_age", "17")):
        desk.post(FORM, "row-mend", 2, name=name, text=text)
    desk.post(FORM, "form-stamp-read", scan=paper)
    page = said(desk.client.get(reverse("form-scan", args=[handed.pk])))
    assert "3,210" in page
    assert len(pictures(page)) == 2
    assert page.count('<th scope="col">') == 4  # 栏 and 现在 of either row
    assert len(re.findall('<img [^>]*loading="lazy"', page)) == 2


def test_without_lines_the_whole_page_is_shown_and_that_is_said(desk, handed):
    page = changed_after(desk, handed, table=False)
    assert "格线没找到，请看整页。" in page
    assert "第 1 行" in page
    (whole,) = pictures(page)
    assert "?" not in whole
    assert desk.client.get(whole).content.startswith(b"\x89PNG")


def test_a_row_whose_line_was_lost_is_not_guessed(desk, handed):
    assert "格线没找到，请看整页。" in changed_after(desk, handed, lost_rows=(3,))


@pytest.mark.skipif(converter() is None, reason="no LibreOffice on this machine")
def test_the_lines_of_the_page_as_it_is_printed_are_found(desk, handed):
    content = desk.post(FORM, "form-print", **{"as": "pdf"}).content
    widths = [float(field.width) for field in definition_of(handed.campaign).printed]
    assert rows_of(seen_in(content, widths), handed.rows.count()) is not None


def test_a_form_without_a_scan_and_a_piece_outside_the_page_are_not_there(desk, handed):
    assert desk.client.get(reverse("form-scan", args=[handed.pk])).status_code == 404
    desk.post(FORM, "form-stamp-read", scan=scanned(handed))
    picture = reverse("form-scan-page", args=[handed.pk, 1])
    for told in ("?left=0.4&right=0.2&top=0.1&bottom=0.2&turn=0", "?left=nan&right=1&top=0&bottom=1&turn=0", "?left=0"):
        assert desk.client.get(picture + told).status_code == 404
    assert desk.client.get(reverse("form-scan-page", args=[handed.pk, 2])).status_code == 404


def test_who_may_not_read_a_scan_sees_none(desk, handed, work, at):
    desk.sign_in(officer("approver", work.city, at))
    assert desk.client.get(reverse("form-scan", args=[handed.pk])).status_code == 403


def test_the_scan_of_another_units_form_is_not_there(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    other = desk.form("09-messy.xlsx")
    desk.sign_in(work.lu)
    assert desk.client.get(reverse("form-scan", args=[other.pk])).status_code == 404
    assert desk.client.get(reverse("form-scan-page", args=[other.pk, 1])).status_code == 404
