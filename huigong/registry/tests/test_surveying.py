"""摸底: the files counted by union, frozen; a filled sheet read back and held against the counts."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.annexes.pool import read_all
from huigong.annexes.readings import FormReading, FormRow
from huigong.annexes.writing import blank_document, blank_workbook
from huigong.audit import queries as audit
from huigong.documents import actions as documents
from huigong.organisations.models import Organisation
from huigong.registry import actions, survey_names, surveying
from huigong.registry.models import Household, Survey, SurveyLine, SurveyName, SurveyReply
from huigong.registry.tests.lives import drafted, fields
from huigong.values.resident_id import check_digit
from huigong.values.sentence import SaidError

CHILDREN = (
    ("韦小雨", "在读", "senior_high", 2015, 3),
    ("韦小雪", "毕业未就业", "undergraduate", 2012, 4),
    ("韦小冰", "已就业", "higher_vocational", 2014, 3),
    ("韦小霜", "在读", "undergraduate", 2013, 4),
    ("韦小露", "待业", "junior_high", 2010, 3),
)


@pytest.fixture
def union(city):
    return Organisation.objects.create(
        code="sugar",
        name="梧州糖业有限公司工会",
        kind="grassroots",
        level="grassroots",
        parent=city,
        path=f"{city.path}sugar/",
    )


@pytest.fixture
def family(huang, union, at):
    """韦秀兰 of the sugar works with five children, on file."""
    file = drafted(huang, at, employer="梧州糖业 有限公司")
    for position, (name, occupation, level, entry, years) in enumerate(CHILDREN, 1):
        told = fields(
            "member",
            name=name,
            relationship="女儿",
            occupation=occupation,
            education_level=level,
            entry_year=entry,
            length_years=years,
        )
        file = actions.edit_member(file, position, told, version=file.version, officer="lu", at=at)
    actions.amend(file, "file_status", "在档", officer="lu", at=at)
    return Household.objects.get(pk=file.pk)


@pytest.fixture
def survey(city, family, at):
    return actions.freeze(city, officer="huang", at=at)


@pytest.fixture
def answered(survey, at):
    """Hands in a sheet with these texts for the one line."""

    def answer(**texts):
        row = FormRow(1, {"union_name": "梧州糖业有限公司"} | texts)
        sheet = documents.store(str(texts).encode(), name="摸底表.docx", media_type="x/y", officer="lu", at=at)
        return actions.take_back(
            list(survey.lines.all()), FormReading("摸底表", rows=(row,)), sheet, officer="lu", at=at
        )

    return answer


def counts(line):
    return tuple(getattr(line, name) for name in surveying.COUNTS)


def test_a_file_counts_for_the_union_of_its_employer(survey, union):
    line = survey.lines.get()
    assert line.union == union
    # One who leaves junior high without work is no graduate; one whose schooling ends this year is, employed or not.
    assert counts(line) == (1, 2, 3, 1, 1)


@pytest.mark.parametrize("days", [-30, -1, 1])
def test_only_today_is_counted_and_who_asks_for_another_day_is_told_what_stood_then(survey, city, at, days):
    day = at.date() + timedelta(days=days)
    with pytest.raises(SaidError) as refused:
        actions.freeze(city, on=day, officer="huang", at=at)
    said = f"{survey.on} 第 1 次，请用那一次" if days > 0 else "那天以前没有摸过底"
    assert said in refused.value.sentence.zh
    assert Survey.objects.get() == survey
    assert actions.freeze(city, on=at.date(), officer="huang", at=at).on == at.date()


def test_a_file_without_a_union_counts_for_its_federation(city, family, at):
    actions.amend(family, "employer", "个体", officer="lu", at=at)
    assert actions.freeze(city, officer="huang", at=at).lines.get().union == city


def test_a_unit_of_another_line_of_command_leaves_the_file_with_its_federation(city, other_city, family, at):
    Household.objects.update(unit=other_city, employer="")
    assert actions.freeze(city, officer="huang", at=at).lines.get().union == city


def test_what_was_frozen_stays_and_the_next_survey_stands_beside_it(city, family, survey, at):
    before = counts(survey.lines.get())
    member = family.members.get(name="韦小雪")
    actions.amend_member(member, "occupation", "已就业", officer="lu", at=at)
    second = actions.freeze(city, officer="huang", at=at + timedelta(days=1))
    assert (survey.number, second.number) == (1, 2)
    assert counts(SurveyLine.objects.get(survey=survey)) == before
    assert counts(second.lines.get()) == (1, 2, 2, 1, 0)
    assert surveying.before(second)[second.lines.get().union_id] == survey.lines.get()
    assert [told.action for told in audit.history("survey:450400-2")] == ["survey.frozen"]


def listed(survey, count, page=1):
    lines = list(survey.lines.select_related("union").order_by("union__path"))
    return [one.name for one in surveying.names_of(lines, count, page=page)]


def neighbours(officer, at, many):
    """So many workers on file whose employer has no union of its own: they count at the city."""
    for number in range(many):
        first = f"45042219800101{number:03}"
        told = {"worker_name": f"职工{number}", "id_number": first + check_digit(first), "employer": "个体"}
        actions.amend(drafted(officer, at, **told), "file_status", "在档", officer="lu", at=at)


def test_every_count_opens_as_many_names_as_it_says(survey):
    assert {count: listed(survey, count) for count in surveying.COUNTS} == {
        "households": ["韦秀兰"],
        "in_school": ["韦小雨", "韦小霜"],
        "graduates": ["韦小雪", "韦小冰", "韦小霜"],
        "employed": ["韦小冰"],
        "need_help": ["韦小雪"],
    }


def test_the_names_stay_as_they_were_frozen(family, survey, at):
    actions.amend_member(family.members.get(name="韦小雪"), "occupation", "已就业", officer="lu", at=at)
    actions.amend_member(family.members.get(name="韦小雨"), "name", "韦晓雨", officer="lu", at=at)
    actions.amend(family, "file_status", "已脱困", officer="lu", at=at)
    assert (listed(survey, "need_help"), listed(survey, "in_school")[0]) == (["韦小雪"], "韦小雨")


def test_a_page_of_names_begins_where_the_one_before_ended(monkeypatch, huang, city, family, at):
    """Also where a union's names end in the middle of a page."""
    monkeypatch.setattr(surveying, "A_PAGE", 2)
    neighbours(huang, at, 3)
    survey = actions.freeze(city, officer="huang", at=at)
    pages = [listed(survey, "households", page=page) for page in (1, 2, 3)]
    assert pages == [["职工0", "职工1"], ["职工2", "韦秀兰"], []]


def test_a_survey_asks_as_often_however_many_it_counts(huang, city, family, at, django_assert_max_num_queries):
    neighbours(huang, at, 5)
    with django_assert_max_num_queries(5):
        found = survey_names.counted(city, on=at.date())
    assert [one.counts["households"] for one in found] == [5, 1]


def test_a_line_from_before_names_were_kept_opens_none(survey):
    line = SurveyLine.objects.select_related("union").get()
    line.survey = Survey(federation=line.union, number=9)  # of which nothing is stored
    line.pk = line.survey.pk
    assert surveying.names_of([line], "households", page=1) == []


def test_where_no_file_stands_nothing_is_frozen(city, at):
    with pytest.raises(SaidError, match="没有在档的档案"):
        actions.freeze(city, officer="huang", at=at)
    assert not Survey.objects.exists()


def test_the_database_keeps_frozen_counts(survey):
    for change in (
        lambda: SurveyLine.objects.update(in_school=9),
        lambda: Survey.objects.filter(pk=survey.pk).delete(),
        lambda: SurveyName.objects.update(name="另一个"),
        lambda: SurveyName.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_sheet_that_agrees_has_no_differences(answered):
    (reply,) = answered(households=1, in_school=2, graduates=3, employed=1, need_help=1)
    assert surveying.answers(reply.line, reply) == []


def test_a_sheet_that_differs_says_where(answered):
    (reply,) = answered(households=1, in_school=3, graduates=3, employed=1)
    found = surveying.answers(reply.line, reply)
    assert [(one.name, one.counted, one.said) for one in found] == [("in_school", 2, 3), ("need_help", 1, None)]


def test_a_sheet_about_somebody_else_is_taken_not_at_all(answered):
    with pytest.raises(SaidError, match="不在这次摸底里"):
        answered(union_name="藤县纸业有限公司", households=1)
    assert not SurveyReply.objects.exists()


@pytest.mark.parametrize(("write", "suffix"), [(blank_document, "docx"), (blank_workbook, "xlsx")])
def test_what_is_printed_is_read_back_as_it_was(survey, tmp_path, write, suffix):
    line = SurveyLine.objects.select_related("union").get()
    path = tmp_path / f"表.{suffix}"
    path.write_bytes(write(surveying.form(), unit=line.union.name, rows=[surveying.as_row(line)]))
    (reading,) = read_all([path], surveying.form(), workers=1)
    (row,) = reading.rows
    assert reading.unit == line.union.name
    assert tuple(row.values[name] for name in surveying.COUNTS) == counts(line)
    assert row.problems == ()


def test_another_city_sees_no_survey(survey, mo, huang):
    assert not surveying.surveys_for(mo).exists()
    assert surveying.surveys_for(huang).exists()
