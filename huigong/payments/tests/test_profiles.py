"""Bank profiles: three typical files and the treasury; what a file cannot carry is refused before, never written as `?`."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.payments import actions, bank_files, profiles, queries
from huigong.payments.bank_files import BankLine
from huigong.payments.models import BankAgreement, Hold, PaymentBatch
from huigong.payments.tests.test_release import CARD, order
from huigong.values.sentence import SaidError

LINES = [
    BankLine("SA-450422-2017-00001", "韦秀兰", CARD, 300_000),
    BankLine("SA-450422-2017-00002", "Alim Tur", CARD, 1),
]


def profile(name):
    return profiles.profile_from(profiles.text_of(name))


def cells(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_every_shipped_profile_loads_under_its_own_name():
    assert profiles.shipped() == ["csv-plain", "default", "treasury", "txt-pipe", "xls-portal"]
    assert [profile(name).name for name in profiles.shipped()] == profiles.shipped()


def test_a_text_with_a_bar_behind_every_value():
    written = bank_files.write(profile("txt-pipe"), LINES)
    assert written == (f"1|韦秀兰|{CARD}|3000.00|金秋助学|\r\n2|AlimTur|{CARD}|0.01|金秋助学|\r\n").encode("gbk")


def test_a_csv_without_heading_that_gives_our_reference():
    written = bank_files.write(profile("csv-plain"), LINES).decode("gb18030").splitlines()
    assert written[0] == f"{CARD},韦秀兰,3000.00,金秋助学,SA-450422-2017-00001"


def test_the_sheet_of_a_banks_portal_has_headings_texts_and_amounts():
    written = bank_files.write(profile("xls-portal"), LINES)
    assert written == bank_files.write(profile("xls-portal"), LINES)
    assert cells(written) == [
        ["账号", "姓名", "金额", "备注"],
        [CARD, "韦秀兰", 3000.0, "金秋助学"],
        [CARD, "Alim Tur", 0.01, "金秋助学"],
    ]


@given(st.lists(st.integers(1, 10**11), min_size=1, max_size=20))
def test_no_amount_of_a_sheet_has_a_hidden_third_decimal(amounts):
    written = bank_files.write(profile("xls-portal"), [BankLine("r", "韦秀兰", CARD, fen) for fen in amounts])
    read = [row[2] for row in cells(written)[1:]]
    assert [f"{value:.2f}" for value in read] == [f"{fen // 100}.{fen % 100:02d}" for fen in amounts]
    assert [round(value * 100) for value in read] == amounts


@pytest.mark.parametrize(
    ("name", "carried"), [("韦秀兰", "all"), ("韦𬭚", "wide"), ("韦\ue000", "none"), ("买买提·阿卜杜拉", "all")]
)
def test_a_character_is_carried_or_refused_and_never_replaced(name, carried):
    wide = [bank_files.carries(profile(one), name) for one in ("csv-plain", "xls-portal", "treasury")]
    assert wide == [carried != "none"] * 3
    assert bank_files.carries(profile("txt-pipe"), name) == (carried == "all")


@given(st.text(min_size=1, max_size=8))
def test_what_is_carried_comes_back_as_the_same_name(name):
    for encoding in ("gbk", "gb18030", "utf-8"):
        chosen = replace(profile("txt-pipe"), encoding=encoding)
        if bank_files.carries(chosen, name):
            line = bank_files.write(chosen, [BankLine("r", name, CARD, 100)]).decode(encoding)
            assert line.split("|")[1] == bank_files.name_as_written(chosen, name)


def test_spaces_inside_a_name_are_kept_taken_out_or_refused():
    keeps, removes = profile("csv-plain"), profile("txt-pipe")
    assert bank_files.name_as_written(keeps, "Alim  Tur") == "Alim Tur"
    assert bank_files.name_as_written(removes, "Alim  Tur") == "AlimTur"
    assert not bank_files.carries(replace(keeps, spaces="refuse"), "Alim Tur")
    assert bank_files.carries(replace(keeps, spaces="refuse"), "韦 秀 兰")


def test_a_bank_of_whole_yuan_takes_no_fen():
    whole = replace(profile("csv-plain"), decimals=0)
    assert bank_files.write(whole, [BankLine("r", "韦秀兰", CARD, 300_000)]).split(b",")[2] == b"3000"
    with pytest.raises(SaidError, match="角分"):
        bank_files.write(whole, [BankLine("r", "韦秀兰", CARD, 300_050)])


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ('kind = "pdf"', "kind"),
        ('encoding = "klingon"', "encoding"),
        ("decimals = 3", "decimals"),
        ('separator = ""', "separator"),
        ('headings = ["只有一个"]', "headings"),
        ("max_rows = 0", "max_rows"),
        ('colour = "red"', "colour"),
        ('spaces = "some"', "spaces"),
        ("= x", "TOML"),
    ],
)
def test_a_profile_that_cannot_be_is_told(change, named):
    text = profiles.text_of("csv-plain")
    key = change.split(" ")[0]
    kept = "\n".join(line for line in text.partition("# The result")[0].splitlines() if not line.startswith(f"{key} "))
    with pytest.raises(SaidError, match=named):
        profiles.profile_from(f"{change}\n{kept}\n")


@pytest.mark.parametrize("lacking", ["name", "columns", "max_rows"])
def test_a_profile_without_what_every_one_has_is_told(lacking):
    text = profiles.text_of("csv-plain").partition("[reply]")[0]
    kept = [line for line in text.splitlines() if not line.startswith(f"{lacking} ")]
    with pytest.raises(SaidError, match=lacking):
        profiles.profile_from("\n".join(kept))


def test_a_profile_that_is_nowhere_is_told():
    with pytest.raises(SaidError, match="csv-plain"):
        profiles.text_of("/nowhere/bank.toml")


def agreed(campaign, name, at):
    return actions.agree(campaign, profiles.text_of(name), officer="chen", at=at)


def pay(campaign, at, *orders):
    return actions.release(campaign, orders, fund_source="regional-2017", officer="chen", at=at)


def test_a_campaign_is_paid_as_was_agreed_for_it_and_what_went_out_stays(city, at):
    campaign = opened(city, at)
    (first,) = pay(campaign, at, order(1))
    assert agreed(campaign, "txt-pipe", at)
    assert agreed(campaign, "txt-pipe", at) is None
    (second,) = pay(campaign, at, order(2))
    assert (first.file_name[-3:], second.file_name[-3:]) == ("csv", "txt")
    assert queries.file_of(second).decode("gbk").startswith("1|韦秀兰|")
    assert second.agreement.name == "txt-pipe"
    assert [event.action for event in history(campaign.code)].count("bank.agreed") == 1


def test_agreeing_on_what_is_so_without_it_changes_nothing(city, at):
    campaign = opened(city, at)
    assert agreed(campaign, "default", at) is None
    assert not BankAgreement.objects.exists()


def test_a_batch_that_the_treasury_pays_has_no_file(city, at):
    campaign = opened(city, at)
    agreed(campaign, "treasury", at)
    (batch,) = pay(campaign, at, order(1, name="韦𬭚"), order(2, fen=5))
    batch = PaymentBatch.objects.get(pk=batch.pk)
    assert (batch.document, batch.file_name, batch.declared_count, batch.declared_fen) == (None, "", 2, 300_005)
    assert batch.payments.count() == 2


def test_what_the_agreed_file_cannot_carry_is_held_and_stops_nobody_else(city, at):
    campaign = opened(city, at)
    whole = "decimals = 0\n" + profiles.text_of("txt-pipe")
    actions.agree(campaign, whole, officer="chen", at=at)
    (batch,) = pay(campaign, at, order(1, name="韦𬭚"), order(2, fen=5), order(3))
    assert batch.declared_count == 1
    assert set(Hold.objects.values_list("reason", flat=True)) == {"name_not_carried", "amount_not_carried"}


def test_a_row_cap_splits_and_the_parts_hold_everything(city, at):
    campaign = opened(city, at)
    actions.agree(campaign, profiles.text_of("xls-portal").replace("3000", "2"), officer="chen", at=at)
    batches = pay(campaign, at, *(order(number) for number in range(1, 6)))
    assert [batch.declared_count for batch in batches] == [2, 2, 1]
    assert [len(cells(queries.file_of(batch))) for batch in batches] == [3, 3, 2]
