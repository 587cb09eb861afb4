"""A decision made again from what is stored with it is the same for ever, and an altered one is told."""

import shutil

import pytest
from django.db import connection

from huigong.audit.tests.kept import kept
from huigong.circulars.models import CircularVersion
from huigong.studentaid.models import Decision
from huigong.studentaid.replay import replay
from huigong.studentaid.tests.office import FOLDER, WEI

CASE = "SA-450422-2017-00001"


def unguarded(table):
    """As somebody with the file in hand does it: the guard is dropped first."""
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        cursor.execute(f"DROP TRIGGER {table}_no_update{on}")


@pytest.fixture
@kept
def decided(wei):
    wei.vouch()
    return wei


def same(office):
    return [one.same for one in replay(office.case())]


def test_it_is_the_same_after_the_household_file_changed(decided):
    decided.file(households=[WEI.household(档案状态="脱困", **{"家庭年度总收入(元)": 90_000})])
    (one,) = replay(decided.case())
    assert (one.same, one.verdict) == (True, "eligible")
    assert "符合条件" in one.sentence.zh
    decided.vouch()
    assert same(decided) == [True, True]


def test_it_is_the_same_after_the_folder_of_the_circular_changed(office, tmp_path):
    """What counts is the text that was published, not what lies in the folder now."""
    folder = shutil.copytree(FOLDER, tmp_path / "circular")
    office.file(WEI)
    office.send(WEI.row())
    office.vouch()
    text = (folder / "circular.toml").read_text("utf-8")
    (folder / "circular.toml").write_text(text.replace("deadline = 2017-08-10", "deadline = 2017-08-01"), "utf-8")
    assert same(office) == [True]


@pytest.mark.parametrize(
    "changes",
    [{"verdict": "refused"}, {"amount_fen": 900_000}, {"digest": "0" * 64}, {"vocabulary": "7"}],
)
def test_an_altered_decision_differs(decided, changes):
    unguarded("studentaid_decision")
    Decision.objects.update(**changes)
    (one,) = replay(decided.case())
    assert one.same is False
    assert "取备份核对" in one.sentence.zh


def test_facts_and_findings_written_anew_with_the_key_in_hand_differ(decided):
    unguarded("studentaid_decision")
    for name, before, after in (
        ("facts", '"received_on": "2017-08-07"', '"received_on": "2017-08-09"'),
        ("outcomes", '"in_time": "met"', '"in_time": "not_met"'),
    ):
        decision = Decision.objects.get()
        kept = getattr(decision, name).plain()
        assert before in kept
        setattr(decision, name, kept.replace(before, after))
        decision.save()
        assert same(decided) == [False]
        setattr(decision, name, kept)
        decision.save()
        assert same(decided) == [True]


def test_facts_that_do_not_open_are_told_and_are_no_crash(decided):
    unguarded("studentaid_decision")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE studentaid_decision SET facts = outcomes")
    (one,) = replay(decided.case())
    assert (one.same, one.sentence.code) == (False, "replay_unreadable")


def test_an_altered_text_of_the_published_circular_differs(decided):
    unguarded("circulars_circularversion")
    version = CircularVersion.objects.get()
    name = "supplement-example.toml"
    version.texts[name] = version.texts[name].replace("五个工作日", "三个工作日")
    CircularVersion.objects.update(texts=version.texts)
    assert same(decided) == [False]
