"""`huigong partners …` keeps to the officer's own exchanges, says what is not there, and its day is kept by the serving process."""

import pytest
from django.utils import timezone

from huigong.commands import _daily, main
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.partners.actions import invite
from huigong.partners.actions.settling import keep_hits
from huigong.partners.models import Exchange, Hit
from huigong.partners.tests.conftest import DELETE, asked, families  # noqa: F401  fixtures


@pytest.fixture
def exchange(families, asked, huang, at, monkeypatch):  # noqa: F811
    monkeypatch.setattr(timezone, "now", lambda: at)
    return invite(asked, officer=huang, at=at)


@pytest.fixture
def deng(city, at):
    """邓, who verifies in a county and does not see the city's exchanges."""
    county = Organisation.objects.get(code="450422")
    return organisations.add_officer("邓", role="verifier", organisation=county, by="system", at=at)


def test_an_officer_of_a_county_ends_and_answers_nothing_of_the_city(exchange, deng, tmp_path, capsys):
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.4")
    told = ["--by", "邓"]
    reply = ["partners", "reply", exchange.number, str(paper), "--on", "2017-08-07", "--fingerprint", "AAAA", *told]
    calls = [["partners", "end", exchange.number, *told], reply]
    calls += [["partners", "answer", exchange.number, str(paper), "--out", str(tmp_path / "o"), *told]]
    calls += [["partners", "learn", exchange.number, str(paper), *told]]
    for words in calls:
        assert main(words) == 1
        assert f"没有编号为 {exchange.number} 的比对" in capsys.readouterr().err
    row = Exchange.objects.get(pk=exchange.pk)
    assert (row.status, row.fingerprint, row.secret is None) == ("invited", "", False)


def test_whose_exchange_it_is_ends_it(exchange, capsys):
    assert main(["partners", "end", exchange.number, "--by", "黄"]) == 0
    assert Exchange.objects.get(pk=exchange.pk).secret is None


def test_a_number_is_ended_by_somebody(exchange, capsys):
    assert main(["partners", "end", exchange.number]) == 1
    assert "--by" in capsys.readouterr().err
    assert Exchange.objects.get(pk=exchange.pk).status == "invited"


@pytest.mark.parametrize("verb", ["list", "answer", "learn", "reply"])
def test_a_file_that_is_not_there_is_said_to_be_not_there(exchange, tmp_path, capsys, verb):
    asks = ["--partner", "民政局", "--programme", "金秋助学", "--basis", "法", "--letter-number", "1", "--most", "9"]
    more = {
        "list": [*asks, "--until", "2017-09-30", "--delete-on", "2017-12-31"],
        "answer": ["--out", str(tmp_path / "o")],
        "learn": [],
        "reply": ["--on", "2017-08-07", "--fingerprint", "A"],
    }
    number = [] if verb == "list" else [exchange.number]
    assert main(["partners", verb, *number, str(tmp_path / "没有.csv"), *more[verb], "--by", "黄"]) == 1
    said = capsys.readouterr().err
    assert "找不到文件" in said
    assert "Traceback" not in said


def test_the_day_of_deletion_comes_by_the_clock_and_nobody_signs(exchange, at, monkeypatch, capsys):
    assert main(["partners", "end"]) == 0
    assert Exchange.objects.get(pk=exchange.pk).status == "invited"
    monkeypatch.setattr(timezone, "now", lambda: at.replace(month=DELETE.month, day=DELETE.day))
    assert main(["partners", "end"]) == 0
    assert "结束了 1 次" in capsys.readouterr().out
    assert Exchange.objects.get(pk=exchange.pk).secret is None


@pytest.fixture
def ticks(monkeypatch):
    """An hour that passes three times at once, in this thread; then the thread ends."""
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        if len(slept) > 3:
            raise SystemExit

    class Now:
        def __init__(self, target, **_):
            self.target = target

        def start(self):
            with pytest.raises(SystemExit):
                self.target()

    monkeypatch.setattr(_daily.time, "sleep", sleep)
    monkeypatch.setattr(_daily.threading, "Thread", Now)
    monkeypatch.setattr(_daily.connections, "close_all", lambda: None)
    return slept


def test_who_serves_looks_at_once_and_every_hour_also_after_a_look_that_failed(ticks, monkeypatch, capsys):
    looked = []

    def look(at):
        looked.append(at)
        if len(looked) == 2:
            raise OSError("away")

    monkeypatch.setattr(_daily, "once", look)
    _daily.begin()
    assert (len(looked), set(ticks)) == (4, {3600})
    assert "away" in capsys.readouterr().err


def test_what_is_due_goes_when_the_pages_are_served(exchange, at, ticks, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: at.replace(year=2018))
    _daily.begin()
    row = Exchange.objects.get(pk=exchange.pk)
    assert (row.status, row.secret, row.data_key_id) == ("ended", None, None)


def test_what_an_end_forgot_is_told_so_the_books_hold(exchange, families, at, capsys):  # noqa: F811
    hit = Hit(household=families[0], position=1, programme="低保", how="list", pattern=1, told="韦*；4504")
    keep_hits(exchange, [hit], officer="黄", at=at)
    assert main(["partners", "end", exchange.number, "--by", "黄"]) == 0
    assert Hit.objects.get().told is None
    assert main(["books", "verify"]) == 0
