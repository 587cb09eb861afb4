"""Releasing payments: declared count and total, the same bytes for ever, nobody twice."""

from dataclasses import replace

import pytest

from huigong.audit.queries import history
from huigong.circulars.tests.test_open_campaign import opened
from huigong.payments import actions, bank_files, queries
from huigong.payments.models import Hold, Payment
from huigong.values.sentence import SaidError
from huigong.vault import actions as vault

CARD = "6214673021573681932"


def order(number=1, *, name="韦秀兰", card=CARD, fen=300_000):
    reference = f"SA-450422-2017-{number:05d}"
    key = vault.new_data_key()
    return actions.Order(reference, name, card, key.id, fen, f"{reference}:award:1:pending")


def released(city, at, *orders):
    campaign = opened(city, at)
    return campaign, actions.release(campaign, orders, fund_source="regional-2017", officer="chen", at=at)


def test_a_batch_declares_what_its_file_holds(city, at):
    _, (batch,) = released(city, at, order(2, fen=150_000), order(1))
    lines = queries.file_of(batch).decode("gb18030").splitlines()
    assert [line.split(",")[3] for line in lines] == ["3000.00", "1500.00"]
    assert (batch.declared_count, batch.declared_fen) == (2, 450_000)
    assert batch.file_name == "SA-450400-2017-B001_2_4500.00.csv"
    assert [event.action for event in history("SA-450422-2017-00001")] == ["payment.released"]


def test_nobody_is_paid_twice(city, at):
    first = order()
    campaign, _ = released(city, at, first)
    assert actions.release(campaign, [first], fund_source="regional-2017", officer="chen", at=at) == []
    assert Payment.objects.count() == 1


def test_a_held_case_stays_out(city, at):
    actions.hold("SA-450422-2017-00001", reason=Hold.Reason.OBJECTION, officer="qin", at=at)
    campaign, batches = released(city, at, order())
    assert batches == []
    actions.lift("SA-450422-2017-00001", reason=Hold.Reason.OBJECTION, officer="qin", at=at)
    assert len(actions.release(campaign, [order()], fund_source="regional-2017", officer="chen", at=at)) == 1


def test_a_name_that_the_file_cannot_carry_becomes_a_hold(city, at):
    _, batches = released(city, at, order(name="韦\ue000兰"))
    assert batches == []
    assert queries.holds(["SA-450422-2017-00001"]) == {"SA-450422-2017-00001": "银行文件装不下姓名里的字"}


def test_a_card_that_fails_its_check_is_held_and_the_others_are_paid(city, at):
    _, (batch,) = released(city, at, order(1, card=CARD[:-1] + "3"), order(2, card=""), order(3))
    assert batch.declared_count == 1
    assert set(Hold.objects.values_list("case_reference", "reason")) == {
        ("SA-450422-2017-00001", "card_invalid"),
        ("SA-450422-2017-00002", "card_invalid"),
    }


def test_what_somebody_looked_at_and_lifted_is_not_held_for_the_same_thing_again(db, at):
    def held(about):
        actions.hold("SA-450422-2017-00001", reason="card_changed", about=about, officer="qin", at=at)
        return queries.held(["SA-450422-2017-00001"]) != set()

    assert held("one card")
    assert held("one card")
    actions.lift("SA-450422-2017-00001", reason="card_changed", officer="qin", at=at)
    assert not held("one card")
    assert held("another card")


def test_a_hold_that_stands_is_about_what_stands_now(db, at):
    def held(about):
        actions.hold("SA-450422-2017-00001", reason="card_changed", about=about, officer="qin", at=at)
        return queries.held(["SA-450422-2017-00001"]) != set()

    for about in ("one card", "another card", "another card"):
        held(about)
    assert [event.action for event in history("SA-450422-2017-00001")] == ["hold.placed", "hold.renewed"]
    actions.lift("SA-450422-2017-00001", reason="card_changed", officer="qin", at=at)
    assert not held("another card")
    assert held("one card")  # which nobody looked at


def test_a_hold_about_nothing_in_particular_is_placed_as_often_as_its_cause_stands(db, at):
    for _ in range(2):
        actions.hold("SA-450422-2017-00001", reason="identity", officer="qin", at=at)
        assert queries.reasons_held(["SA-450422-2017-00001"]) == {("SA-450422-2017-00001", "identity")}
        actions.lift("SA-450422-2017-00001", reason="identity", officer="qin", at=at)
    told = [event.action for event in history("SA-450422-2017-00001")]
    assert told == ["hold.placed", "hold.lifted"] * 2


def test_more_payments_than_a_file_may_hold_become_several_batches(city, at):
    profile = replace(bank_files.default_profile(), max_rows=2)
    orders = [order(number) for number in range(1, 6)]
    campaign = opened(city, at)
    made = actions.release(campaign, orders, fund_source="regional-2017", officer="chen", at=at, profile=profile)
    assert [(batch.number[-4:], batch.declared_count) for batch in made] == [("B001", 2), ("B002", 2), ("B003", 1)]
    assert sum(len(queries.file_of(batch).splitlines()) for batch in made) == 5


def test_a_profile_with_a_column_that_no_payment_has_is_told():
    with pytest.raises(SaidError, match="identity"):
        bank_files.profile_from('columns = ["identity"]')


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "韦,兰", ""])
def test_a_name_with_signs_of_the_file_is_not_carried(name):
    profile = bank_files.default_profile()
    with pytest.raises(SaidError):
        bank_files.write(profile, [bank_files.BankLine("r", name, CARD, 100)])


def test_a_rare_character_comes_back_whole():
    profile = bank_files.default_profile()
    assert "𬭚" in bank_files.write(profile, [bank_files.BankLine("r", "韦𬭚", CARD, 100)]).decode("gb18030")


def test_a_wrong_card_is_refused():
    with pytest.raises(SaidError, match="对照原卡"):
        bank_files.write(bank_files.default_profile(), [bank_files.BankLine("r", "韦秀兰", CARD[:-1] + "3", 100)])
