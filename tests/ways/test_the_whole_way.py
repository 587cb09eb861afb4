"""From a folder of forms to the bank's file in one call: what it writes, where it stops, and that doing it twice is once."""

import csv
import io
import re
import shutil
from collections import Counter

import pytest

from huigong import commands
from huigong.audit import queries as audit
from huigong.circulars.models import Campaign
from huigong.figures import books
from huigong.ledger import queries as ledger
from huigong.organisations.models import Appointment
from huigong.payments.models import Payment
from huigong.publicnotices.models import NoticeLine
from huigong.registry.models import AidGiven
from huigong.studentaid.models import Application
from tests.ways.folders import EXAMPLES, appoint, contents, decisions, run, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def appointed(db):
    appoint()


def test_the_whole_way_ends_at_the_bank_and_the_books_balance(appointed, tmp_path):
    told = run(tmp_path / "out")

    assert told["stopped_at"] is None
    assert told["statuses"]["released"] == sum(batch["count"] for batch in told["batches"]) > 10
    assert told["books"]["balanced"] is True
    total = sum(batch["fen"] for batch in told["batches"])
    assert total == told["books"]["pending_fen"] == told["money_fen"]["released"]
    assert all(one["left"] >= 0 for one in told["quota"].values())
    assert commands.main(["audit", "verify"]) == commands.main(["books", "verify"]) == 0


def test_it_writes_every_paper_that_a_campaign_owes(appointed, tmp_path):
    run(tmp_path / "out")

    names = {name.split("/")[0] for name in contents(tmp_path / "out")}
    assert names == {
        "register.xlsx",
        "returned",
        "decisions.xlsx",
        "decisions.json",
        "public-notice.html",
        "public-notice.docx",
        "bank",
        "ledger.xlsx",
        "statistics.xlsx",
        ".written",
        "to-visit.xlsx",
        "left-out.xlsx",
        "report.docx",
        "summary.json",
    }


def test_the_printed_notice_is_in_the_order_of_its_random_numbers(appointed, tmp_path):
    """By county, a place that was told no closer than the city would stand in its county's block all the same."""
    run(tmp_path / "out")
    page = (tmp_path / "out" / "public-notice.html").read_text()
    numbers = [number for number in NoticeLine.objects.values_list("number", flat=True) if number in page]
    assert len(numbers) > 10
    assert sorted(numbers, key=page.index) == sorted(numbers)


def test_a_second_run_records_nothing_pays_nobody_and_writes_the_same_bytes(appointed, tmp_path):
    run(tmp_path / "out")
    first, events, payments = contents(tmp_path / "out"), audit.count(), Payment.objects.count()

    run(tmp_path / "out")

    assert contents(tmp_path / "out") == first
    assert (audit.count(), Payment.objects.count()) == (events, payments)


@pytest.mark.parametrize(
    ("changes", "stopped_at", "says"),
    [
        ({"verified_by": None}, "verification", "--verified-by"),
        ({"verified_by": "莫"}, "verification", "莫"),
        ({"papers": None}, "papers", "--papers"),
        ({"supplement": None, "quotas": EXAMPLES / "quotas.csv"}, "supplement", "[quota]"),
        ({"notice_from": None}, "public_notice", "--notice-from"),
        ({"as_of": "2017-08-18"}, "public_notice", "2017-08-18"),
        ({"as_of": "2017-08-10"}, "public_notice", "2017-08-18"),
        ({"decision": None}, "approval", "--decision"),
        ({"decision": "同意"}, "approval", "纪要号和日期"),
        ({"decision": "2017年第9号纪要，2017-08-26"}, "approval", "以后"),
        ({"approved_by": None}, "approval", "--approved-by"),
        ({"released_by": None}, "approval", "--released-by"),
        ({"released_by": "黄"}, "approval", "黄"),
        ({"approved_by": "黄"}, "approval", "黄"),
    ],
)
def test_what_needs_a_person_a_paper_or_a_day_stops_it(appointed, tmp_path, changes, stopped_at, says):
    told = run(tmp_path / "out", **changes)

    assert told["stopped_at"] == stopped_at
    assert says in told["why"]["zh"]
    assert (Payment.objects.count(), ledger.trial_balance()) == (0, [])
    assert not (tmp_path / "out" / "bank").exists()


def test_one_person_may_not_hold_two_of_the_three_pens(appointed, tmp_path, capsys):
    assert commands.main(["officers", "add", "黄", "--role", "approver"]) != 0
    assert "审核、审批、财务各由不同的人担任" in capsys.readouterr().err
    held = Appointment.objects.get(officer__name="黄")  # and who held both from before is stopped by the run
    Appointment.objects.create(
        officer=held.officer, role="approver", organisation=held.organisation, valid_from=held.valid_from
    )

    told = run(tmp_path / "out", approved_by="黄")

    assert told["stopped_at"] == "approval"
    assert "三个不同的人" in told["why"]["zh"]


def test_stops_one_after_the_other_lead_to_the_same_end(appointed, tmp_path):
    for changes in ({"verified_by": None}, {"notice_from": None}, {"as_of": "2017-08-16"}, {"decision": None}, {}):
        told = run(tmp_path / "out", **changes)
    assert told["stopped_at"] is None
    assert told["statuses"]["released"] == sum(batch["count"] for batch in told["batches"])
    assert books.verify().holds


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"received": "2017-08-08"}, "2017-08-07"), ({"notice_from": "2017-08-21"}, "2017-08-14")],
)
def test_other_days_for_a_campaign_that_exists_are_refused(appointed, tmp_path, capsys, changes, says):
    run(tmp_path / "out")

    assert commands.main(words(tmp_path / "other", **changes)) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"notice_from": "2017-07-01"}, "补充通知成文"),
        ({"notice_from": "2017-08-04"}, "收表"),
        ({"received": "2017-07-01"}, "通知成文"),
        ({"as_of": "2017-08-01"}, "收表"),
    ],
)
def test_days_that_cannot_be_are_refused_before_anything_is_done(appointed, tmp_path, capsys, changes, says):
    assert commands.main(words(tmp_path / "out", **changes)) == 1
    assert says in capsys.readouterr().err
    assert not Campaign.objects.exists()


def test_a_supplement_that_was_lacking_lets_the_campaign_go_on(appointed, tmp_path):
    assert run(tmp_path / "out", supplement=None)["stopped_at"] == "supplement"
    told = run(tmp_path / "out")
    assert (told["stopped_at"], told["statuses"]["released"]) == (None, 19)
    assert commands.main(["books", "verify"]) == 0


def test_a_table_that_takes_away_places_that_people_hold_is_refused(appointed, tmp_path, capsys):
    run(tmp_path / "out", decision=None)
    fewer = tmp_path / "quotas.csv"
    lines = (EXAMPLES / "quotas.csv").read_text(encoding="utf-8-sig").splitlines()
    fewer.write_text("\n".join([lines[0], *(re.sub(r"\d+$", "0", line) for line in lines[1:])]), encoding="utf-8")
    assert commands.main(words(tmp_path / "other", quotas=fewer)) == 1
    assert "占着名额" in capsys.readouterr().err


def test_another_circular_for_a_campaign_that_exists_is_refused(appointed, tmp_path, capsys):
    run(tmp_path / "out")
    circular = tmp_path / "2017-wuzhou-21"
    shutil.copytree(EXAMPLES.parents[1] / "circulars" / "2017-wuzhou-21", circular)
    text = (circular / "supplement-example.toml").read_text(encoding="utf-8")
    (circular / "supplement-example.toml").write_text(text.replace("yuan = 3000", "yuan = 4000"), encoding="utf-8")
    # Its own examples are changed too, so that the circular itself is right.
    main = (circular / "circular.toml").read_text(encoding="utf-8")
    (circular / "circular.toml").write_text(main.replace("amount_yuan = 3000", "amount_yuan = 4000"), encoding="utf-8")

    asked = words(tmp_path / "other", circular=circular, supplement=circular / "supplement-example.toml")

    assert commands.main(asked) == 1
    assert "不换通知" in capsys.readouterr().err


def test_a_late_campaign_waits_for_a_leader_and_loses_no_child(appointed, tmp_path):
    told = run(tmp_path / "out", received="2017-08-11")

    verdicts = Counter(one["verdict"] for one in decisions(tmp_path / "out"))
    assert verdicts["refused"] == verdicts["eligible"] == 0
    assert told["stopped_at"] == "papers"
    late = [
        found for one in decisions(tmp_path / "out") for found in one["findings"] if found["criterion"] == "in_time"
    ]
    assert {(found["clause"], found["outcome"], found["value"], found["threshold"]) for found in late} == {
        ("五(三)", "not_met", "2017-08-11", "2017-08-10")
    }


def test_a_named_officer_settles_whose_child_it_is(appointed, tmp_path):
    run(tmp_path / "out", decision=None)
    pair = _same_student(tmp_path / "out")
    assert {(one["verdict"], one["place"]) for one in pair} == {("to_settle", False)}
    # Of the two, the one whose federation still has a place.
    reference = next(one["reference"] for one in pair if one["form"] == "10-same-student.xlsx")
    table = tmp_path / "settlements.csv"
    table.write_text(f"student,household,settled_by\n{reference},{reference},黄\n", encoding="utf-8")

    told = run(tmp_path / "out", settlements=table)

    chosen, other = sorted(_same_student(tmp_path / "out"), key=lambda one: one["reference"] != reference)
    assert (chosen["verdict"], other["verdict"], other["place"]) == ("eligible", "refused", False)
    assert (chosen["status"], told["stopped_at"]) == ("on_notice", "public_notice")
    assert [(one["number"][-3:], one["first_day"]) for one in told["notices"]] == [
        ("N01", "2017-08-14"),
        ("N02", "2017-08-25"),
    ]
    cited = [found["clause"] for found in other["findings"] if found["outcome"] == "not_met" and found["clause"]]
    assert "五(六)" in cited


def test_a_household_that_was_settled_away_is_not_decided_again_once_the_other_is_paid(appointed, tmp_path):
    run(tmp_path / "out", decision=None)
    pair = _same_student(tmp_path / "out")
    reference = next(one["reference"] for one in pair if one["form"] == "10-same-student.xlsx")
    table = tmp_path / "settlements.csv"
    table.write_text(f"student,household,settled_by\n{reference},{reference},黄\n", encoding="utf-8")
    run(tmp_path / "out", settlements=table)
    told = run(tmp_path / "out", settlements=table, as_of="2017-09-15")
    paid, events = contents(tmp_path / "out"), audit.count()

    run(tmp_path / "out", settlements=table, as_of="2017-09-15")

    assert told["stopped_at"] is None
    assert (contents(tmp_path / "out"), audit.count()) == (paid, events)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("没有这人,{household},黄", "没有"),
        ("{student},GX1,黄", "对不上"),
        ("{student},,黄", "对不上"),
        ("{student},{household},莫", "莫"),
        ("{student},{household},陈", "陈"),
        ("{student},{household},", "settled_by"),
    ],
)
def test_a_settlement_that_cannot_be_names_its_line(appointed, tmp_path, capsys, line, says):
    run(tmp_path / "out", decision=None)
    reference = _same_student(tmp_path / "out")[0]["reference"]
    table = tmp_path / "settlements.csv"
    told = line.format(student=_student(reference), household=reference)
    table.write_text(f"student,household,settled_by\n{told}\n", encoding="utf-8")

    assert commands.main(words(tmp_path / "out", settlements=table)) == 1
    said = capsys.readouterr().err
    assert says in said
    assert "第 2 行" in said


def test_the_bank_file_holds_what_was_declared_and_the_worker_is_paid(appointed, tmp_path):
    told = run(tmp_path / "out")

    (batch,) = told["batches"]
    lines = list(csv.reader(io.StringIO((tmp_path / "out" / "bank" / batch["file"]).read_bytes().decode("gb18030"))))
    assert len(lines) == batch["count"]
    assert sum(int(line[3].replace(".", "")) for line in lines) == batch["fen"]
    assert AidGiven.objects.count() == batch["count"]


def test_a_decision_is_replayed_after_the_file_changed(appointed, tmp_path, capsys):
    run(tmp_path / "out")
    reference = next(one["reference"] for one in decisions(tmp_path / "out") if one["place"])

    assert commands.main(["decision", "replay", reference]) == 0
    assert commands.main(["decision", "replay", "SA-450400-2017-99999"]) == 1
    assert "没有案号" in capsys.readouterr().err


def _same_student(out):
    """The two rows that name one student of two households, told by the finding that says so."""
    found = [
        one
        for one in decisions(out)
        if any(
            found["criterion"] in {"one_household", "not_settled_elsewhere"} and found["outcome"] == "not_met"
            for found in one["findings"]
        )
    ]
    if len(found) == 2:
        return found
    student = _student(found[0]["reference"])
    return sorted(
        (one for one in decisions(out) if _student(one["reference"]) == student), key=lambda one: one["verdict"]
    )


def _student(reference):
    return Application.objects.get(reference=reference).student_name


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"circular": EXAMPLES.parents[1] / "circulars" / "2019-wuzhou", "supplement": None}, "[form]"),
        ({"circular": EXAMPLES / "forms"}, "circular.toml"),
        ({"forms": EXAMPLES / "nowhere"}, "--forms"),
        ({"registry": EXAMPLES / "units.csv"}, "units.csv"),
        ({"units": EXAMPLES / "nowhere.csv"}, "nowhere.csv"),
        ({"quotas": EXAMPLES / "units.csv"}, "division_code"),
        ({"papers": EXAMPLES / "units.csv"}, "form"),
    ],
)
def test_an_input_that_is_wrong_is_told_by_name(appointed, tmp_path, capsys, changes, says):
    assert commands.main(words(tmp_path / "out", **changes)) == 1
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_day_that_is_none_is_wrong_use(tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        commands.main(words(tmp_path / "out", received="8月7日"))
    assert left.value.code == 2
    assert "2017-08-07" in capsys.readouterr().err


def test_a_refused_campaign_leaves_the_household_files_as_they_were(appointed, tmp_path):
    run(tmp_path / "out")
    events = audit.count()

    assert commands.main(words(tmp_path / "other", received="2017-08-08", registry=EXAMPLES / "nowhere.xlsx")) == 1

    assert audit.count() == events


def test_a_folder_that_does_not_take_the_results_is_told_and_the_next_run_ends_the_same(appointed, tmp_path, capsys):
    (tmp_path / "out" / "summary.json").mkdir(parents=True)
    assert commands.main(words(tmp_path / "out")) == 1
    assert "--out" in capsys.readouterr().err
    events = audit.count()

    assert run(tmp_path / "again")["stopped_at"] is None
    assert audit.count() == events


def test_a_person_s_own_files_beside_the_results_stay(appointed, tmp_path):
    theirs = [tmp_path / "out" / name for name in ("returned/mine/a.docx", "returned/b.xlsx", "bank/c.txt", "d.txt")]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("theirs")
    run(tmp_path / "out")
    run(tmp_path / "out")
    assert [path.read_text() for path in theirs] == ["theirs"] * 4


def test_a_unit_under_a_federation_of_nowhere_is_told_by_name(appointed, tmp_path, capsys):
    units = tmp_path / "units.csv"
    units.write_text("unit,federation_code\n某厂工会,999999\n", encoding="utf-8")
    assert commands.main(words(tmp_path / "out", units=units)) == 1
    said = capsys.readouterr().err
    assert all(word in said for word in ("units.csv", "某厂工会", "999999"))
