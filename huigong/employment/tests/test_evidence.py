"""Kinds of evidence are dated words that an office adds to; an outcome is judged and told by the words of its paper's day."""

from datetime import date, timedelta

import pytest

from huigong.employment import actions, evidence
from huigong.employment.models import Graduate
from huigong.registry import actions as registry
from huigong.registry.code_lists import WordRow, shipped
from huigong.values.sentence import SaidError


@pytest.fixture
def keep(at):
    """Words of the list of what shows work, as an office keeps them out of a circular."""

    def keep(*lines):
        rows = [WordRow("shows_employed", *line, "梧工发〔2018〕9号") for line in lines]
        return registry.keep_codes(rows, source="2018", officer="huang", at=at)

    return keep


def test_the_shipped_kinds_stand_where_no_list_was_loaded_and_each_shows_its_own_outcome(db):
    told = {kind: set(evidence.kinds().showing(kind, on=date(2017, 8, 7))) for kind in (*evidence.LISTS, "declined")}
    assert told == {
        "employed": {"contract", "social_insurance", "employer_letter", "payroll"},
        "self_employed": {"licence"},
        "further_study": {"admission"},
        "enlisted": {"enlistment"},
        "declined": set(),
    }


def test_a_kind_that_a_later_circular_takes_shows_nothing_of_a_day_before_it(centre, keep):
    one = centre.graduate(1)
    outcome = centre.hire(one, evidence="", evidence_on=None)
    keep(("filing", "就业登记备案表", centre.today + timedelta(days=5), None))
    with pytest.raises(SaidError) as error:
        actions.prove(outcome, "filing", evidence_on=centre.today, document=None, **centre.by)
    assert (error.value.sentence.code, "工资流水" in error.value.sentence.zh) == ("evidence_unfit", True)
    assert "备案" not in error.value.sentence.zh
    centre.later(5)
    actions.prove(outcome, "filing", evidence_on=centre.today, document=None, **centre.by)
    assert Graduate.objects.get(pk=one.pk).proven


def test_an_old_outcome_keeps_the_words_of_its_day_and_what_was_ended_shows_nothing_new(centre, keep):
    registry.keep_codes(shipped(), source="shipped", officer="huang", at=centre.at)
    keep(("contract", "劳动合同", None, date(2017, 12, 31)), ("contract", "书面劳动合同", date(2018, 1, 1), None))
    named = WordRow(
        "shows_employed", "contract", "书面劳动合同", date(2018, 1, 1), None, "梧工发〔2018〕9号", "written contract"
    )
    registry.keep_codes([named], source="2018", officer="huang", at=centre.at)
    keep(("payroll", "工资流水", None, date(2017, 12, 31)))
    kinds = evidence.kinds()
    assert kinds.word("employed", "contract", on=date(2017, 8, 7)) == ("劳动合同", "labour contract")
    assert kinds.word("employed", "contract", on=date(2018, 2, 1)) == ("书面劳动合同", "written contract")
    assert kinds.word("employed", "payroll", on=date(2018, 2, 1))[0] == "工资流水"
    assert "payroll" not in kinds.showing("employed", on=date(2018, 1, 1))
    assert "payroll" in kinds.showing("employed", on=date(2017, 12, 31))
    assert kinds.word("employed", "contract", on=None)[1] == "written contract", "the newest word has its own English"
    assert kinds.word("employed", "forgotten", on=None) == ("forgotten", "forgotten")


def test_a_word_that_was_added_without_a_code_is_its_own(centre, keep):
    keep(("", "网上签约记录", None, None))
    outcome = centre.hire(centre.graduate(1), evidence="网上签约记录")
    assert evidence.kinds().word(outcome.kind, outcome.evidence, on=centre.today) == ("网上签约记录", "网上签约记录")


def test_one_code_in_the_lists_of_two_outcomes_is_told_in_the_words_of_each(centre):
    rows = [
        WordRow("shows_employed", "record", "就业登记记录", None, None, "梧工发〔2018〕9号"),
        WordRow("shows_self_employed", "record", "创业登记记录", None, None, "梧工发〔2018〕9号"),
    ]
    registry.keep_codes(rows, source="2018", officer="huang", at=centre.at)
    told = {kind: evidence.kinds().word(kind, "record", on=centre.today)[0] for kind in evidence.LISTS}
    assert told == {
        "employed": "就业登记记录",
        "self_employed": "创业登记记录",
        "further_study": "record",
        "enlisted": "record",
    }


@pytest.mark.parametrize("since", [None, date(2017, 1, 1)])
def test_a_shipped_kind_keeps_its_code_where_the_office_leaves_it_empty(centre, keep, since):
    keep(("", "劳动合同", since, None))
    kinds = evidence.kinds()
    assert kinds.word("employed", "contract", on=centre.today) == ("劳动合同", "labour contract")
    assert "劳动合同" not in kinds.showing("employed", on=centre.today)


@pytest.mark.parametrize(("kind", "code"), [("declined", "evidence_not_needed"), ("employed", "evidence_unfit")])
def test_nobody_notes_by_hand_what_only_the_survey_says(centre, kind, code):
    with pytest.raises(SaidError) as error:
        centre.hire(centre.graduate(1), kind=kind, evidence="survey")
    assert error.value.sentence.code == code
