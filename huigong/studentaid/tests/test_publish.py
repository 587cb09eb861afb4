"""The public notice: who has a place, masked; nothing else of a family is anywhere in it."""

import io
import zipfile
from datetime import date

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.publicnotices import board_sheet, queries, web_page
from huigong.publicnotices.models import PublicNotice
from huigong.studentaid.tests.office import LAST_DAY, NOTICE_FROM, WEI, Family, card
from huigong.values.sentence import SaidError
from huigong.values.working_days import WorkingCalendar

FAMILIES = [WEI, Family(5), Family(7)]


@pytest.fixture
@kept
def placed(office):
    """Three families with places, one with a compound surname and one whose names have dots."""
    office.file(*FAMILIES)
    office.send(*(family.row() for family in FAMILIES))
    office.carry("shared")
    return office


def papers(office, notice):
    """Everything that the page and the sheet for the board hold, unpacked."""
    head, lines = office.circular.head, queries.lines_of([notice])
    page = web_page.page(head, [notice], lines).decode()
    with zipfile.ZipFile(io.BytesIO(board_sheet.sheet(head, [notice], lines))) as packed:
        sheet = "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return page, sheet


def test_students_show_a_surname_and_workers_one_star(placed):
    page, sheet = papers(placed, placed.publish())
    assert all(f"<td>{shown}</td>" in page for shown in ("韦**", "欧阳**", "古**"))
    assert all(f">{shown}<" in sheet for shown in ("韦*兰", "欧阳*燕", "阿依古丽·***"))


def test_no_number_and_no_whole_name_is_anywhere_in_the_notice(placed):
    page, sheet = papers(placed, placed.publish())
    hidden = [
        told
        for family in FAMILIES
        for told in (
            family.parent,
            family.child,
            family.phone,
            card(family.number),
            family.worker_name,
            family.student_name,
        )
    ]
    hidden += ["SA-450422-2017", "因病致困", "梧困201600017", "GX0001", "1999"]
    assert [told for told in hidden if told in page or told in sheet] == []
    assert [family.student_name[0] for family in FAMILIES if f"{family.student_name[0]}**" in sheet] == []
    assert "藤县糖业有限公司工会" in sheet
    assert "藤县糖业有限公司工会" not in page


def test_what_must_not_be_there_would_be_found(placed, monkeypatch):
    monkeypatch.setattr("huigong.publicnotices.actions.publishing.names.surname_masked", lambda name: name)
    page, _ = papers(placed, placed.publish())
    assert "韦小雨" in page


def test_the_window_is_five_working_days_from_the_first_working_day(placed):
    notice = placed.publish(from_day=date(2017, 8, 19))
    assert (notice.first_day, notice.last_day) == (NOTICE_FROM, LAST_DAY)


def test_a_window_over_the_holidays_counts_working_days_only(placed):
    """国庆 and 中秋 of 2017: 1 to 8 October are free, 30 September is worked instead."""
    notice = placed.publish(from_day=date(2017, 9, 29))
    assert (notice.first_day, notice.last_day) == (date(2017, 9, 29), date(2017, 10, 11))


def test_a_year_that_the_calendar_does_not_hold_is_told_and_nothing_is_published(placed):
    with pytest.raises(SaidError, match="没有2017年"):
        placed.publish(calendar=WorkingCalendar({}, frozenset({2016})))
    assert PublicNotice.objects.count() == 0
    assert placed.case().status == "placed"


def test_nobody_placed_nothing_published(wei):
    wei.vouch()
    assert wei.publish() is None
    assert PublicNotice.objects.count() == 0


def test_each_case_moves_and_tells_the_number_of_its_notice(placed):
    notice = placed.publish()
    event = history("SA-450422-2017-00001")[-1]
    assert (placed.case().status, event.action, event.payload["notice"]) == (
        "on_notice",
        "application.published",
        notice.number,
    )


def test_who_was_published_is_not_published_again(placed):
    first = placed.publish()
    assert placed.publish() is None
    assert queries.lines_of([first])[0].notice_id == first.id


def test_who_came_later_hangs_on_a_notice_of_its_own(placed):
    placed.publish()
    placed.file(Family(9))
    placed.send(Family(9).row(), name="后来.xlsx")
    placed.carry("shared")
    second = placed.publish(from_day=date(2017, 9, 4))
    assert (second.number, len(queries.lines_of([second]))) == ("SA-450400-2017-N02", 1)
