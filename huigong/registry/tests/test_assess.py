"""The class of a household under a circular: to the fen, by the lines of the place and day, with its clauses, for ever."""

from datetime import date

import pytest
from django.conf import settings

from huigong.audit import queries as audit
from huigong.circulars import actions as circulars
from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.registry import actions
from huigong.registry.actions.assess import RURAL, answer_of, replays
from huigong.registry.file_form import form_on
from huigong.registry.models import Assessment, Household
from huigong.registry.tests.lives import CLASSES, drafted
from huigong.values.sentence import SaidError

OLD, NEW = date(2018, 7, 1), date(2019, 7, 1)
FORM = form_on(OLD)


@pytest.fixture
def version(city, at):
    rows = [
        ParameterRow("dibao_line_month", "450400", 38_000, date(2015, 11, 1), "来文甲"),
        ParameterRow("dibao_line_month", "450422", 35_000, date(2016, 1, 1), "来文乙"),
        ParameterRow("dibao_line_month", "450422", 45_000, date(2019, 1, 1), "来文丙"),
        ParameterRow("relative_percent", "450400", 150, date(2015, 11, 1), "来文甲"),
    ]
    parameters.keep_parameters(rows, officer="system", at=at)
    return circulars.publish(CLASSES, officer="system", at=at)


@pytest.fixture
def classed(version, huang, city, at):
    def made(income, essentials=0, *, on=OLD, excludes=True, sudden=None, size=3):
        said = {"annual_income_fen": income, "essential_expenditure_fen": essentials, "size": size}
        values = {FORM.field("household", name): value for name, value in (said | {"sudden_cost_fen": sudden}).items()}
        file = actions.edit(drafted(huang, at), values, version=0, officer=huang.username, at=at)
        file.federation = city.children.get()
        file.save(update_fields=["federation"])
        given = {"on": on, "nothing_excludes": excludes, "officer": huang.username, "at": at}
        return actions.assess(file, version, **given)

    return made


@pytest.mark.parametrize(
    ("income", "essentials", "outcome"),
    [
        (350_00 * 36, 0, "深度困难"),
        (350_00 * 36 + 1, 0, "相对困难"),
        (350_00 * 36 + 1, 1, "深度困难"),
        (525_00 * 36, 0, "相对困难"),
        (525_00 * 36 + 1, 0, ""),
    ],
)
def test_the_class_is_told_to_the_fen_by_the_line_of_the_county(classed, income, essentials, outcome):
    made = classed(income, essentials)
    assert made.outcome == outcome
    assert (made.line.source, made.multiple.source) == ("来文乙", "来文甲")


def test_another_day_has_another_line(classed):
    made = classed(450_00 * 36, on=NEW)
    assert (made.outcome, made.line.source) == ("深度困难", "来文丙")


def test_a_sudden_cost_above_four_fifths_of_the_income_classes_a_family_above_the_lines(classed):
    assert classed(100_000_00, sudden=80_000_01).outcome == "意外致困"


def test_unknown_income_or_an_exclusion_gives_no_class(classed):
    assert classed(None).outcome == ""


def test_whom_something_excludes_has_no_class_whatever_the_income(classed):
    made = classed(0, excludes=False)
    assert (made.verdict, made.outcome) == ("refused", "")


def test_it_cites_its_clauses_and_replays(classed):
    made = Assessment.objects.get(pk=classed(350_00 * 36).pk)
    assert {finding.clause for finding in answer_of(made).findings} == {"一(一)", "一(二)", "一(三)", "二"}
    assert replays(made)
    made.facts = made.facts.plain().replace("1260000", "1260001")
    assert not replays(made)


def test_a_circular_that_classes_nobody_is_refused(classed, huang, at):
    file = drafted(huang, at)
    other = circulars.publish(settings.BASE_DIR / "circulars" / "2019-wuzhou", officer="system", at=at)
    with pytest.raises(SaidError, match="不是困难认定"):
        actions.assess(file, other, on=OLD, nothing_excludes=True, officer="x", at=at)


def test_a_standard_that_stands_is_not_changed(version, at):
    row = ParameterRow("dibao_line_month", "450400", 38_000, date(2015, 11, 1), "来文甲")
    assert parameters.keep_parameters([row], officer="system", at=at) == 0
    with pytest.raises(SaidError, match="定了不改"):
        parameters.keep_parameters(
            [ParameterRow("dibao_line_month", "450400", 1, date(2015, 11, 1), "x")], officer="system", at=at
        )


@pytest.mark.parametrize(
    "line",
    [
        "nothing,450400,380,2015-11-01,来文",
        "dibao_line_month,450400,-3,2015-11-01,来文",
        "dibao_line_month,450400,380,去年,来文",
        "dibao_line_month,450400,380,2015-11-01,",
    ],
)
def test_a_table_of_standards_names_the_line_that_cannot_be_read(line):
    with pytest.raises(SaidError, match="第 2 行"):
        parameters.read_rows(f"name,place,value,valid_from,source\n{line}\n", name="表.csv")


def test_the_line_of_the_country_is_told_by_the_year_and_kept_with_the_assessment(version, huang, at):
    rows = [ParameterRow("dibao_line_year_rural", "450400", 360_001, date(2017, 1, 1), "来文丁")]
    parameters.keep_parameters(rows, officer="system", at=at)
    said = {"annual_income_fen": 30_001 * 36, "essential_expenditure_fen": 0, "size": 3}
    values = {FORM.field("household", name): value for name, value in said.items()}
    file = actions.edit(drafted(huang, at), values, version=0, officer=huang.username, at=at)
    given = {"on": OLD, "nothing_excludes": True, "officer": huang.username, "at": at}
    rural = actions.assess(file, version, line=RURAL, **given)
    # 3,600.01 yuan a year are 300.01 a month, rounded up for the family.
    assert (rural.outcome, rural.line.name) == ("深度困难", "dibao_line_year_rural")
    assert replays(rural)
    edited = actions.edit(
        file, {FORM.field("household", "annual_income_fen"): 30_001 * 36 + 1}, version=file.version, officer="x", at=at
    )
    assert actions.assess(edited, version, line=RURAL, **given).outcome == "相对困难"


def test_a_class_goes_into_the_file_by_a_person_and_is_history(classed, huang, at):
    made = classed(525_00 * 36)
    file = Household.objects.get()
    assert file.hardship_category == ""
    actions.adopt(made, version=file.version, officer=huang.username, at=at)
    file.refresh_from_db()
    assert file.hardship_category == "相对困难"
    assert [one.action for one in audit.history(file.file_number)][-2:] == ["household.amended", "file.classed"]


def test_only_the_last_assessment_with_a_class_is_adopted(classed, version, huang, at):
    first = classed(525_00 * 36)
    given = {"nothing_excludes": False, "officer": huang.username, "at": at}
    second = actions.assess(Household.objects.get(), version, on=OLD, **given)
    for one in (first, second):
        with pytest.raises(SaidError, match="最近一次认定"):
            actions.adopt(one, version=Household.objects.get().version, officer=huang.username, at=at)
    assert Household.objects.get().hardship_category == ""


def test_a_class_is_not_written_over_a_file_that_was_changed_meanwhile(classed, huang, at):
    made = classed(525_00 * 36)
    with pytest.raises(actions.StaleFileError):
        actions.adopt(made, version=0, officer=huang.username, at=at)
