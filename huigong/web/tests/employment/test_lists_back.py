"""Lists of graduates and of openings: read on the page, and given back with their faults marked."""

import io
import re

import openpyxl
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.employment.tests.served import cast
from huigong.employment.tests.test_lists import GOOD, HEADINGS, OPENINGS, POST, sheet
from huigong.web.tests.employment.sat_down import BACKEND, text


def test_a_list_is_read_on_the_page_and_what_is_wrong_is_named(desk, tmp_path):
    late = list(GOOD)
    late[HEADINGS.index("毕业时间")] = "2010年6月"
    with sheet(tmp_path, HEADINGS, GOOD, late).open("rb") as file:
        page = text(desk.post(reverse("employment-import"), {"list": file}))
    assert "新列入 1 人" in page
    assert "超过往届毕业生算到的" in page


def test_a_list_comes_back_as_it_was_sent_with_its_faults_marked(desk, client, centre, city, at, tmp_path):
    late = list(GOOD)
    late[HEADINGS.index("毕业时间")] = "2010年6月"
    with sheet(tmp_path, HEADINGS, GOOD, late).open("rb") as file:
        page = text(desk.post(reverse("employment-import"), {"list": file}))
    address = re.search(r'href="(/employment/list/[^"]+)"', page)[1]
    book = openpyxl.load_workbook(io.BytesIO(desk.get(address).content))
    (first, *_rest) = book.worksheets
    told = [[cell.value for cell in row] for row in first.iter_rows(min_row=2)]
    assert (told[0][-1], told[1][-1], told[1][:4]) == ("系统提示", "可收", GOOD[:4])
    assert "超过往届毕业生算到的 2015 年" in told[2][-1]
    assert first.cell(4, HEADINGS.index("毕业时间") + 1).fill.fgColor.rgb.endswith("FAE6E3")
    assert "怎么改" in book.sheetnames
    assert [told.actor for told in audit.told_of("list.returned")] == [centre.officer.username]
    client.force_login(cast(city, at, name="蓝"), backend=BACKEND)
    assert client.get(address).status_code == 404


def test_a_list_of_openings_comes_back_too(desk, centre, tmp_path):
    with sheet(tmp_path, OPENINGS, [*POST[:-1], "2016-01-01"]).open("rb") as file:
        page = text(desk.post(reverse("openings-import"), {"list": file}))
    address = re.search(r'href="(/employment/list/[^"]+)"', page)[1]
    first = openpyxl.load_workbook(io.BytesIO(desk.get(address).content)).worksheets[0]
    assert "已经过了" in first.cell(3, len(OPENINGS) + 1).value
