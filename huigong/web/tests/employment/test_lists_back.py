"""Lists of graduates and of openings: read on the page, and given back with their faults marked."""

import io
import re

import openpyxl
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.employment.tests.served import cast
from huigong.employment.tests.test_lists import GOOD, HEADINGS, OPENINGS, POST, sheet
from huigong.registry.tests import workbooks
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


def test_who_probably_stands_already_is_shown_with_why_and_an_officer_says_which_it_is(desk, centre, tmp_path):
    one = centre.graduate(1, name="韦小雨", id_number=workbooks.number("45042219950101282"), school="梧州学院")
    other = centre.graduate(2, name="黄子涵", id_number=workbooks.number("45042219950303212"), school="梧州学院")
    second = [*GOOD]
    second[1:3] = "黄子涵", workbooks.number("45042219950303812")
    with sheet(tmp_path, HEADINGS, GOOD, second).open("rb") as file:
        page = text(desk.post(reverse("employment-import"), {"list": file}))
    assert "可能已经列入" in page
    assert ("新列入 0 人" in page, one.reference in page, other.reference in page) == (True, True, True)
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
    first, following = re.findall(r'name="same" value="([^"]+)"', page)
    page = text(desk.post(reverse("employment-import"), {"kept": kept, "same": first}))
    assert (first in page, following in page) == (False, True)
    page = text(desk.post(reverse("employment-import"), {"kept": kept, "apart": following}))
    assert ("新列入 1 人" in page, "可能已经列入" in page) == (True, False)
    assert desk.post(reverse("employment-import"), {"kept": "nothing", "apart": "x"}).status_code == 404
