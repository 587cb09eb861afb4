"""What each value accepts, refuses and shows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huigong.values import bank_card, money, names, phone, resident_id, school_year, text, working_days
from huigong.values.case_reference import CaseReference
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError
from huigong.values.uuid7 import uuid7

INVENTED = "45042219990101002"


def number(first_seventeen=INVENTED):
    return first_seventeen + resident_id.check_digit(first_seventeen)


def test_an_identity_number_tells_birth_date_and_gender():
    parsed = ResidentId.parse(number())
    assert (parsed.born, parsed.gender, parsed.region_code) == (date(1999, 1, 1), "female", "450422")


def test_an_identity_number_prints_masked():
    assert str(ResidentId.parse(number())) == f"{ResidentId.parse(number())!r}" == f"4504**********{number()[-4:]}"


@pytest.mark.parametrize(
    "typed",
    ["４５０４２２１９９９０１０１００２", "450422 19990101 002", "\t450422199901010\u200b02", "'450422-19990101-002"],
)
def test_numbers_are_read_as_typed(typed):
    last = resident_id.check_digit(INVENTED)
    assert ResidentId.parse(typed + last.lower()).plain() == INVENTED + last


def test_a_fifteen_digit_number_is_lengthened():
    assert ResidentId.parse("450422990101002").plain() == number()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_shape"),
        ("4504", "id_shape"),
        ("45042219990230002X", "id_birth_date"),
        (INVENTED + "?", "id_shape"),
        (f"{INVENTED}{(int(resident_id.check_digit(INVENTED).replace('X', '9')) + 1) % 10}", "id_checksum"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(typed, code):
    with pytest.raises(WrongValueError) as refused:
        ResidentId.parse(typed)
    assert refused.value.sentence.code == code


@given(
    st.from_regex(r"4504\d{2}19[5-9]\d(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}", fullmatch=True),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_one_wrong_digit_never_passes(first_seventeen, place, shift):
    first_seventeen = text.narrow(first_seventeen)
    right = number(first_seventeen)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    with pytest.raises(WrongValueError):
        ResidentId.parse(wrong)


@pytest.mark.parametrize(
    ("typed", "fen"), [("1.2万元", 1_200_000), ("8,000元/年", 800_000), ("¥3000.50", 300_050), ("９４００", 940_000)]
)
def test_amounts_are_read_as_people_write_them(typed, fen):
    assert money.parse_yuan(typed) == fen


@pytest.mark.parametrize("typed", ["低保", "", "1.234", "1e5", "--5"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(WrongValueError):
        money.parse_yuan(typed)


@given(st.integers(-(10**12), 10**12))
def test_fen_survive_writing_and_reading(fen):
    assert money.parse_yuan(money.in_yuan(fen)) == fen


def test_amounts_for_people_have_separators():
    assert (money.for_people(300_000), money.for_people(-300_050)) == ("3,000", "-3,000.50")


def test_cards_and_certificates_are_told_apart():
    assert bank_card.is_bank_card("6214 6730 2157 3681 932")
    assert not bank_card.is_bank_card("梧困201500001")


def test_one_wrong_digit_of_a_card_is_found():
    assert bank_card.is_valid("6214673021573681932")
    assert not bank_card.is_valid("6214673021573681933")


def test_a_passbook_has_no_luhn_and_any_length_between_twelve_and_twenty_three():
    assert [length for length in range(30) if bank_card.is_valid("8" + "1" * (length - 1))] == list(range(12, 24))
    assert bank_card.is_valid("4504 2101 0123-4567")
    assert not bank_card.is_valid("6.217E+15")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("188-3784-4457", True),
        ("+86 13800000000", True),
        ("0774-6003629", True),
        ("6003629转12", True),
        ("1842821944", False),
        ("12345678901", False),
        ("", False),
    ],
)
def test_phones(typed, right):
    assert phone.is_valid(typed) is right


@pytest.mark.parametrize(
    ("name", "page", "board"),
    [
        ("韦秀兰", "韦**", "韦*兰"),
        ("王波", "王**", "王*"),
        ("欧阳小雨", "欧阳**", "欧阳*雨"),
        ("买买提•阿卜杜拉", "买**", "买买提·****"),
        ("韦", "韦**", "*"),
    ],
)
def test_names_are_masked_for_the_public(name, page, board):
    assert (names.surname_masked(name), names.one_starred(name)) == (page, board)


def test_five_dots_and_invisible_characters_are_one_name():
    assert len({names.normalise(f"买买提{dot}阿卜\u202e杜拉") for dot in "·•‧・．"}) == 1


def test_the_saturday_before_the_holiday_was_worked():
    calendar = working_days.shipped_calendar()
    assert calendar.is_working(date(2017, 9, 30))
    assert calendar.window(date(2017, 9, 29), working_days=3) == (date(2017, 9, 29), date(2017, 10, 9))


def test_a_window_begins_on_a_working_day():
    assert working_days.shipped_calendar().window(date(2017, 8, 12), working_days=5) == (
        date(2017, 8, 14),
        date(2017, 8, 18),
    )


def test_a_year_that_the_calendar_lacks_is_told():
    with pytest.raises(WrongValueError, match="2050"):
        working_days.shipped_calendar().window(date(2050, 1, 4), working_days=5)


def test_case_references_are_read_and_written():
    assert str(CaseReference.parse(" sa-450422-2017-00042 ")) == "SA-450422-2017-00042"
    with pytest.raises(WrongValueError):
        CaseReference.parse("42")


def test_school_years():
    assert school_year.is_freshman(admitted_year=2017, campaign_year=2017)
    assert school_year.graduates_in(entry_year=2014, length_years=3) == 2017


def test_keys_sort_by_time():
    assert uuid7(milliseconds=1, randomness=2**74 - 1) < uuid7(milliseconds=2, randomness=0)
    assert uuid7(milliseconds=1, randomness=0).version == 7
