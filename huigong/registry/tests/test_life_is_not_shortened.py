"""What a typed day, an unfavourable answer, a quiet edit or one pair of hands cannot do to the life of a file."""

from datetime import date, timedelta

import pytest

from huigong.documents import actions as documents
from huigong.registry import actions, code_lists, this_time
from huigong.registry.models import FileEntry, Household
from huigong.registry.tests.lives import FORM, Life, drafted, fields
from huigong.values.sentence import SaidError
from huigong.values.working_days import shipped_calendar

CALENDAR = {"calendar": shipped_calendar()}
HUSBAND = "450422197601011234"


@pytest.fixture
def life(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    return Life(drafted(huang, at), at)


def edited(life, **values):
    return actions.edit(life.file, fields(**values), version=life.file.version, officer="lu", at=life.done().at)


def member(life, place, **values):
    given = fields("member", **values)
    return actions.edit_member(life.file, place, given, version=life.file.version, officer="lu", at=life.done().at)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2017, 8, 10)])
def test_no_file_leaves_before_it_was_enrolled_or_on_a_day_that_is_none(life, day):
    life.enrolled()
    with pytest.raises(SaidError):
        life.verb(actions.leave, on=day, word="脱困")
    assert life.file.is_enrolled


def test_the_ten_years_count_from_the_day_on_which_the_exit_is_written_down(life):
    life.enrolled()
    left = life.at.date()
    life.later(400)
    life.verb(actions.leave, on=left, word="脱困")
    assert life.file.keep_until == life.at.date().replace(year=life.at.year + 10)


def test_an_imported_file_without_a_life_leaves_by_the_same_clock(life, at):
    actions.amend(life.file, "file_status", "在档", officer="system", at=at)
    life.verb(actions.leave, on=date(1960, 1, 1), word="脱困")
    assert life.file.keep_until == date(2027, 8, 7)


def test_a_notice_does_not_begin_before_the_checks_were_done(life):
    life.later(30)
    life.checked()
    paper = documents.store(b"notice", name="公示.jpg", media_type="image/jpeg", officer="lu", at=life.at)
    with pytest.raises(SaidError, match="才核查完毕"):
        life.verb(actions.put_on_notice, on=life.at.date() - timedelta(days=20), paper=paper, extra=CALENDAR)


def test_a_notice_of_an_earlier_day_needs_its_picture(life):
    life.checked()
    hung = life.at.date()
    life.later(10)
    with pytest.raises(SaidError, match="附公示的照片"):
        life.verb(actions.put_on_notice, on=hung, extra=CALENDAR)
    paper = documents.store(b"notice", name="公示.jpg", media_type="image/jpeg", officer="lu", at=life.at)
    life.verb(actions.put_on_notice, on=hung, paper=paper, extra=CALENDAR)
    life.verb(actions.enrol, word="县级")
    assert life.file.is_enrolled


def test_without_a_notice_on_record_nobody_is_enrolled(life, at):
    actions.amend(life.file, "file_status", "公示中", officer="system", at=at)
    with pytest.raises(SaidError, match="没有公示的记录"):
        life.verb(actions.enrol, word="县级")


def test_who_opened_a_file_again_does_not_enrol_it(life):
    life.enrolled()
    life.verb(actions.leave, word="脱困")
    life.verb(actions.open_again)
    for kind in ("home_visit", "authorisation", "civil_affairs"):
        actions.note(life.file, kind, life.done())
    life.verb(actions.check)
    life.verb(actions.put_on_notice, extra=CALENDAR)
    life.later(8)
    with pytest.raises(SaidError, match="谁报的谁不定"):
        life.verb(actions.enrol, word="全国级")
    life.verb(actions.enrol, by="qin", word="全国级")


def test_where_nobody_reported_it_here_who_checked_it_does_not_enrol_it(life, at):
    actions.amend(life.file, "file_status", "待审", officer="system", at=at)
    for kind in ("home_visit", "authorisation", "civil_affairs"):
        actions.note(life.file, kind, life.done())
    life.verb(actions.check)
    life.verb(actions.put_on_notice, extra=CALENDAR)
    life.later(8)
    with pytest.raises(SaidError, match="谁报的谁不定"):
        life.verb(actions.enrol, word="县级")


def test_the_level_is_said_at_enrolment_and_changed_only_with_a_reason_by_another_than_who_reported(life):
    with pytest.raises(SaidError, match="不能手改"):
        edited(life, enrolment_level="全国级")
    life.enrolled()
    with pytest.raises(SaidError, match="不能手改"):
        edited(life, enrolment_level="全国级")
    with pytest.raises(SaidError, match="写原因"):
        life.verb(actions.set_level, word="全国级")
    with pytest.raises(SaidError, match="谁报的谁不定"):
        life.verb(actions.set_level, by="lu", word="全国级", note="全总批复")
    life.verb(actions.set_level, word="全国级", note="全总批复")
    entry = life.file.entries.last()
    assert (life.file.enrolment_level, entry.kind, entry.word) == ("全国级", "levelled", "全国级")


@pytest.mark.parametrize(("kind", "word"), [("home_visit", "有出入"), ("civil_affairs", "收入核对有异议")])
def test_a_check_that_found_against_the_family_asks_why_it_goes_on_and_keeps_the_answer(life, kind, word):
    life.verb(actions.report, by="lu")
    for one in ("home_visit", "authorisation", "civil_affairs"):
        actions.note(life.file, one, life.done(word=word if one == kind else ""))
    with pytest.raises(SaidError, match=word):
        life.verb(actions.check)
    life.verb(actions.check, note="出入是上月的加班费")
    entry = life.file.entries.get(kind="checked")
    assert word in entry.word
    assert entry.note.plain() == "出入是上月的加班费"


def test_the_last_outcome_of_a_check_counts(life):
    life.verb(actions.report, by="lu")
    for kind, word in (("home_visit", "有出入"), ("authorisation", ""), ("civil_affairs", ""), ("home_visit", "属实")):
        actions.note(life.file, kind, life.done(word=word))
    life.verb(actions.check)
    assert life.file.entries.get(kind="checked").word == ""


def test_what_was_hung_out_is_what_is_enrolled(life):
    life.checked()
    edited(life, phone="13900000001", address="藤县藤州镇人民路8号")  # no fact of hardship
    life.verb(actions.put_on_notice, extra=CALENDAR)
    edited(life, annual_income_fen=100)
    life.later(8)
    with pytest.raises(SaidError, match=r"核查完毕之后改过：家庭年度总收入（元）"):
        life.verb(actions.enrol, word="县级")
    life.verb(actions.put_back, note="收入改过")
    life.verb(actions.put_back, note="收入改过")
    with pytest.raises(SaidError, match="还差：入户调查、核对授权、民政核对（上次核查完毕之后改过家庭年度总收入"):
        life.verb(actions.check, note="从前查过")
    for kind in this_time.CHECKS:
        actions.note(life.file, kind, life.done())
    life.verb(actions.check)
    life.verb(actions.put_on_notice, extra=CALENDAR)
    life.later(8)
    life.verb(actions.enrol, word="县级")
    assert life.file.is_enrolled


def test_checks_of_facts_that_stand_count_after_a_step_back(life):
    life.checked()
    edited(life, phone="13900000001")
    life.verb(actions.put_back, note="少一页扫描件")
    life.verb(actions.check)
    assert life.file.status == "checked"


def test_what_was_mended_after_a_check_asks_for_the_reason(life):
    life.verb(actions.report, by="lu")
    for kind in this_time.CHECKS:
        actions.note(life.file, kind, life.done())
    edited(life, annual_income_fen=100)
    with pytest.raises(SaidError, match=r"记了核查以后又改过：家庭年度总收入"):
        life.verb(actions.check)
    life.verb(actions.check, note="入户时看过工资条，按它改的")
    assert life.file.status == "checked"


def test_a_member_who_comes_goes_or_earns_otherwise_is_a_fact_too(life):
    member(life, 1, name="韦小雨", relationship="女儿")
    life.checked()
    member(life, 1, phone="13900000001")
    assert this_time.changed_since_checked(life.file) == []
    member(life, 2, name="韦大山", relationship="父亲")
    actions.take_out(life.file, 1, version=life.file.version, officer="lu", at=life.done().at)
    with pytest.raises(SaidError, match=r"家庭成员增减、家庭成员的姓名、家庭成员的与户主关系"):
        life.verb(actions.put_on_notice, extra=CALENDAR)


def test_every_fact_is_a_field_of_a_form():
    gained = {"essential_expenditure_fen", "sudden_cost_fen"}
    assert {field.name for field in FORM.fields("household")} | gained >= this_time.FACTS
    assert {field.name for field in FORM.fields("member")} | {"is_in_file"} >= this_time.MEMBER_FACTS


def test_who_is_who_is_not_emptied_and_no_edit_makes_a_second_file(life, huang):
    other = drafted(huang, life.at, worker_name="陆建国", id_number=HUSBAND)
    for values in ({"id_number": ""}, {"worker_name": ""}):
        with pytest.raises(SaidError, match="不能清空"):
            edited(life, **values)
    with pytest.raises(SaidError, match="已有档案，归"):
        edited(life, id_number=HUSBAND)
    actions.edit(other, fields(id_number=HUSBAND), version=0, officer="lu", at=life.at)  # its own stays its own


def test_who_heads_a_file_that_stands_is_no_member_of_another_that_does(life, huang):
    life.enrolled()
    wife = {"name": "韦秀兰", "relationship": "配偶", "id_number": "450422197503064228"}
    husband = Life(drafted(huang, life.at, worker_name="陆建国", id_number=HUSBAND), life.at)
    member(husband, 1, **wife)  # true, and found among the doubles
    husband.checked()
    husband.verb(actions.put_on_notice, extra=CALENDAR)
    husband.later(8)
    with pytest.raises(SaidError, match="一户一档"):
        husband.verb(actions.enrol, word="县级")
    actions.take_out(husband.file, 1, version=husband.file.version, officer="lu", at=husband.at)
    for _ in range(2):
        husband.verb(actions.put_back, note="改")
    for kind in this_time.CHECKS:
        actions.note(husband.file, kind, husband.done())
    husband.verb(actions.check)
    husband.verb(actions.put_on_notice, extra=CALENDAR)
    husband.later(8)
    husband.verb(actions.enrol, word="县级")
    with pytest.raises(SaidError, match="一户一档"):
        member(husband, 2, **wife)


def test_a_file_on_its_way_is_not_rewritten_and_may_be_called_back(life, city):
    life.enrolled()
    life.verb(actions.send_to, city.children.get())
    with pytest.raises(SaidError, match="正在转出"):
        edited(life, employer="别的厂")
    with pytest.raises(SaidError, match="只记在档的档案"):
        life.verb(actions.review_certificate, word="下半年未通过")
    life.verb(actions.call_back)
    assert (life.file.moving_to, life.file.federation, life.file.status) == (None, city, "enrolled")
    assert life.file.entries.last().kind == "called_back"


def test_an_earlier_half_year_is_not_written_over_a_later_one(life):
    life.enrolled()
    with pytest.raises(SaidError, match="下半年还没开始"):
        life.verb(actions.review_certificate, on=date(2017, 2, 1), word="下半年通过")
    life.verb(actions.review_certificate, word="下半年通过")
    with pytest.raises(SaidError, match="2017年下半年的已经记过"):
        life.verb(actions.review_certificate, on=date(2015, 3, 1), word="上半年未通过")
    assert life.file.certificate_review == "passed"
    life.verb(actions.review_certificate, word="下半年通过")  # the same again says nothing else
    for wrong in ({"by": "lu"}, {"note": "看错了表"}):
        with pytest.raises(SaidError, match="请另一位同事来改"):
            life.verb(actions.review_certificate, word="下半年未通过", **wrong)
    life.verb(actions.review_certificate, by="lu", word="上半年通过", note="那次看的是上半年的表")
    assert (life.file.certificate_review, life.file.certificate_reviewed_in) == ("passed", "2017-1")


@pytest.mark.parametrize("number", ["D450400-2017-临1", "D450400-2017--99999", "D450400-2017-99"])
def test_a_number_that_an_import_brought_stops_no_new_file(life, huang, number):
    Household.objects.filter(pk=life.pk).update(file_number=number)
    assert drafted(huang, life.at, id_number=HUSBAND).file_number == "D450400-2017-00001"


def test_the_numbers_of_an_office_end_with_a_word(life, huang):
    Household.objects.filter(pk=life.pk).update(file_number="D450400-2017-99999")
    with pytest.raises(SaidError, match="编号用到了"):
        drafted(huang, life.at, id_number=HUSBAND)


def test_a_file_is_neither_merged_into_itself_nor_into_one_that_is_less_far(life, huang):
    life.enrolled()
    begun = drafted(huang, life.at, worker_name="陆建国", id_number=HUSBAND)
    by = {"reason": "夫妻", "officer": "huang", "at": life.at}
    with pytest.raises(SaidError, match="并入自己"):
        actions.merge(life.file, life.file, versions=(life.file.version,) * 2, **by)
    with pytest.raises(SaidError, match="请反过来"):
        actions.merge(begun, life.file, versions=(begun.version, life.file.version), **by)
    actions.merge(life.file, begun, versions=(life.file.version, begun.version), **by)
    assert FileEntry.objects.filter(household=life.pk).exists()
