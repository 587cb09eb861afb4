"""The family's own page: a receipt says that nothing changed, and nobody finds a code or a file by trying."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from huigong.registry import receipts
from huigong.registry.tests.lives import Life, drafted
from huigong.registry.tests.stored import everything_stored
from huigong.vault.models import Try
from huigong.web.often import OF_A_RECEIPT, OF_AN_ADDRESS

HERE = "203.0.113.9"


@pytest.fixture
def life(huang, at):
    life = Life(drafted(huang, at), at)
    life.enrolled()
    return life


@pytest.fixture
def say(client, on):
    on(8, 16)

    def saying(number, code, address=HERE):
        answer = client.post(reverse("confirm"), {"number": number, "code": code}, REMOTE_ADDR=address)
        return answer.status_code, unescape(answer.content.decode())

    return saying


def test_the_code_of_the_receipt_confirms_and_shows_nothing_of_the_file(life, say):
    status, page = say(life.file.file_number, receipts.code_of(life.file, year=2017))
    assert (status, "收到了" in page) == (200, True)
    assert "韦秀兰" not in page
    assert life.file.entries.filter(kind="yearly_check").exists()


def test_a_wrong_code_and_a_file_that_is_none_are_answered_alike(life, say):
    pages = [say(number, "ABCDEFGH") for number in (life.file.file_number, "D450400-2017-99999")]
    assert {status for status, _ in pages} == {422}
    assert len({re.search(r'role="alert">([^<]+)', page)[1] for _, page in pages}) == 1


def test_after_some_tries_of_one_number_even_the_right_code_waits_for_the_next_hour(life, say, monkeypatch):
    number, right = life.file.file_number, receipts.code_of(life.file, year=2017)
    for place in range(OF_A_RECEIPT):
        assert say(number, "ABCDEFGH", address=f"203.0.113.{place}")[0] == 422
    status, page = say(number, right, address="203.0.113.99")
    assert status == 429
    assert "过一小时再填" in page
    later = datetime(2017, 8, 16, 5, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert say(number, right)[0] == 200


def test_one_address_does_not_try_number_after_number(life, say):
    for place in range(OF_AN_ADDRESS):
        assert say(f"D450400-2017-{place + 100}", "ABCDEFGH")[0] == 422
    assert say(life.file.file_number, receipts.code_of(life.file, year=2017))[0] == 429
    assert say(life.file.file_number, receipts.code_of(life.file, year=2017), address="203.0.113.10")[0] == 200


def test_what_is_counted_names_neither_address_nor_file_and_goes_after_a_day(life, say, monkeypatch):
    say("D450400-2017-77777", "ABCDEFGH")
    stored = everything_stored()
    assert HERE.encode() not in stored
    assert b"2017-77777" not in stored
    monkeypatch.setattr(timezone, "now", lambda: datetime(2017, 8, 18, 4, 0, tzinfo=UTC))
    say("D450400-2017-88888", "ABCDEFGH")
    assert Try.objects.count() == 2
