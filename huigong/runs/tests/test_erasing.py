"""A file whose time is over goes with its papers: what speaks of people is gone, history and books hold, a legal hold stands before it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huigong.audit import verification
from huigong.audit.queries import history
from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.documents import actions as documents
from huigong.documents import queries as of_documents
from huigong.documents.actions import Ground
from huigong.documents.models import LegalHold
from huigong.figures import books
from huigong.figures.retention import files_over, kept_of, papers_of
from huigong.figures.tests.conftest import town  # noqa: F401  the fixture
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError
from huigong.registry import actions, joined
from huigong.registry.models import Assessment, FileEntry, Household, Measure, Merge, SearchKey
from huigong.registry.tests.lives import Life, drafted, fields, lived
from huigong.registry.tests.stored import everything_stored
from huigong.runs import erasing
from huigong.values.sentence import SaidError
from huigong.vault.keys import WrongKeyError

NUMBERS = ("450422197503064228", "450422197601011234")
OVER = datetime(2028, 1, 1, 2, tzinfo=UTC)
GROUND = Ground("信访复查", "梧信访〔2027〕3号")
PEOPLE = ("韦秀兰", "陆建国", "邻居说一家四口靠她一人", "介绍到糖厂做包装工")


@pytest.fixture
def qin(city, at):
    return organisations.add_officer("覃", role="approver", organisation=city, by="system", at=at)


@pytest.fixture
def left(huang, at):
    """A family with everything that a file may have, another file merged into it; it left in the autumn of 2017."""
    life = lived(huang, at)
    life.verb(actions.decline, note="不在这里")
    life.verb(actions.leave, word="脱困")
    return life


def told_of(file):
    return [one.action for one in history(file.file_number)]


def test_what_speaks_of_people_is_gone_and_history_and_books_hold(left, qin, django_capture_on_commit_callbacks):
    file, paper = left.file, FileEntry.objects.filter(paper__isnull=False).first().paper
    others = Merge.objects.get(undone_at=None).absorbed
    assert [one.pk for one in files_over(qin, today=OVER.date())] == [file.pk]
    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase_file(file, officer=qin, at=OVER) == 1
    file, others = left.file, Household.objects.get(pk=others.pk)
    for one in (file, others):
        assert (one.status, one.file_status, one.worker_name, one.id_number, one.details) == (
            "erased",
            "已销毁",
            "",
            None,
            None,
        )
        assert told_of(one)[-3:] == ["file.moved", "file.erased", "file.key_erased"]
    assert not SearchKey.objects.filter(household__in=(file, others)).exists()
    with pytest.raises(SaidError, match="到期销毁"):
        of_documents.content(paper)
    for row, column in (
        (FileEntry.objects.exclude(note=None).first(), "note"),
        (Measure.objects.get(), "what"),
        (Assessment.objects.get(), "facts"),
    ):
        with pytest.raises(WrongKeyError):
            getattr(row, column).plain()
    assert verification.verify().holds
    assert books.verify().sentence.zh.startswith("对账通过")


def test_nothing_of_the_worker_stands_in_the_database_any_more(huang, qin, at):
    life = Life(drafted(huang, at, hardship_cause="大病", address="藤县人民路8号"), at)
    life.enrolled()
    life.verb(actions.leave, word="脱困")
    index = life.file.id_number_index
    assert index.encode() in everything_stored()
    erasing.erase_file(life.file, officer=qin, at=OVER)
    stored = everything_stored()
    for word in ("韦秀兰", "weixiulan", index, *NUMBERS):
        assert word.encode() not in stored


@pytest.mark.parametrize("how", ["file", "paper"])
def test_under_a_legal_hold_nothing_goes_until_another_person_lifts_it(left, qin, how):
    if how == "file":
        hold = documents.keep_file_back(left.file.file_number, GROUND, officer="liang", at=OVER)
    else:
        paper = FileEntry.objects.filter(paper__isnull=False).first().paper
        hold = documents.keep_back(paper, GROUND, officer="liang", at=OVER)
    with pytest.raises(SaidError, match="梧信访"):
        erasing.erase_file(left.file, officer=qin, at=OVER)
    assert (left.file.status, left.file.worker_name) == ("exited", "韦秀兰")
    documents.let_go(hold, officer="qin", at=OVER)
    erasing.erase_file(left.file, officer=qin, at=OVER)
    assert left.file.status == "erased"


def test_a_hold_on_a_file_keeps_each_of_its_papers(left, qin):
    paper = FileEntry.objects.filter(paper__isnull=False).first().paper
    documents.keep_file_back(left.file.file_number, GROUND, officer="liang", at=OVER)
    kept = papers_of([left.file])[0][1]
    with pytest.raises(SaidError, match="梧信访"):
        documents.erase(paper, kept, officer="qin", at=OVER)


def test_before_its_day_while_it_stands_and_without_the_role_nothing_goes(left, huang, qin):
    until = left.file.keep_until
    with pytest.raises(SaidError, match="保存期没有满"):
        erasing.erase_file(left.file, officer=qin, at=datetime(until.year, until.month, until.day, 3, tzinfo=UTC))
    with pytest.raises(OtherRoleError):
        erasing.erase_file(left.file, officer=huang, at=OVER)
    left.verb(actions.open_again)
    with pytest.raises(SaidError, match="退出后才起算"):
        erasing.erase_file(left.file, officer=qin, at=OVER)
    assert left.file.worker_name == "韦秀兰"


@pytest.mark.parametrize(("years", "kept"), [(15, 15), (3, 10)])
def test_a_place_may_say_longer_and_never_shorter(huang, city, at, years, kept):
    row = ParameterRow("file_retention_years", city.code, years, date(2017, 1, 1), "示例")
    parameters.keep_parameters([row], officer="qin", at=at)
    life = Life(drafted(huang, at), at)
    life.enrolled()
    life.verb(actions.leave, word="脱困")
    assert life.file.keep_until.year == 2017 + kept


def test_an_erased_file_is_not_written_to_any_more(left, huang, qin):
    erasing.erase_file(left.file, officer=qin, at=OVER)
    version = Assessment.objects.get().version
    made = Merge.objects.get(undone_at=None)
    left.at = OVER + timedelta(days=1)
    for verb in (
        lambda: actions.edit(left.file, fields(address="别处"), version=left.file.version, officer="huang", at=left.at),
        lambda: actions.amend(left.file, "worker_name", "别人", officer="huang", at=left.at),
        lambda: actions.note(left.file, "paper", left.done()),
        lambda: actions.take_apart(made, officer="huang", at=left.at),
        lambda: erasing.erase_file(left.file, officer=qin, at=left.at),
        lambda: actions.put_into_group(left.file, "别的", on=left.at.date(), officer="lu", at=left.at),
        lambda: actions.plan(left.file, "a", "b", owner=huang, due=left.at.date(), officer="lu", at=left.at),
        lambda: actions.close(Measure.objects.get(), "planned", officer="lu", at=left.at),
        lambda: actions.give_from_elsewhere(left.file, "a", "民政", fen=1, on=left.at.date(), officer="lu", at=left.at),
        lambda: actions.assess(left.file, version, on=left.at.date(), nothing_excludes=True, officer="lu", at=left.at),
        lambda: erasing.keep_file_back(left.file, GROUND, officer="lu", at=left.at),
    ):
        with pytest.raises(SaidError, match="销毁"):
            verb()
    assert left.file.worker_name == ""


def test_what_was_erased_is_not_kept_back_any_more(left, qin):
    paper = FileEntry.objects.filter(paper__isnull=False).first().paper
    erasing.erase_file(left.file, officer=qin, at=OVER)
    with pytest.raises(SaidError, match="没有什么可保全"):
        documents.keep_back(paper, GROUND, officer="liang", at=OVER)
    assert not LegalHold.objects.exists()


@pytest.fixture
def merged(huang, at):
    """A file that left, with its paper, and one on file; `into` takes the first into the second."""
    gone, kept = (
        Life(drafted(huang, at, worker_name=name, id_number=number), at)
        for name, number in zip(("陆建国", "韦秀兰"), NUMBERS[::-1], strict=True)
    )
    gone.enrolled(paper=documents.store(b"old", name="旧.jpg", media_type="image/jpeg", officer="lu", at=at))
    kept.enrolled()

    def into():
        versions = (kept.file.version, gone.file.version)
        actions.merge(kept.file, gone.file, versions=versions, reason="夫妻", officer="huang", at=kept.at)
        return gone, kept

    return gone, kept, into


def test_a_paper_of_a_merged_file_is_kept_while_the_file_lives_that_took_it_in(merged):
    gone, kept, into = merged
    gone.verb(actions.leave, word="脱困")
    paper = FileEntry.objects.filter(paper__isnull=False).first().paper
    assert kept_of(paper).until == gone.file.keep_until
    into()
    assert kept_of(paper).until is None
    assert set(kept_of(paper).files) == {gone.file.file_number, kept.file.file_number}
    erasing.keep_file_back(kept.file, GROUND, officer="liang", at=OVER)
    with pytest.raises(SaidError, match="梧信访"):
        documents.erase(paper, kept_of(paper), officer="qin", at=OVER)


def test_the_papers_of_a_file_merged_while_it_stood_go_with_the_file_that_took_it_in(merged, qin):
    gone, kept = merged[2]()
    kept.verb(actions.leave, word="脱困")
    assert erasing.erase_file(kept.file, officer=qin, at=OVER) == 1
    assert of_documents.is_erased(FileEntry.objects.filter(paper__isnull=False).first().paper)
    assert (gone.file.status, kept.file.status) == ("erased", "erased")


def test_a_merged_file_that_an_import_brought_back_stands_in_the_way_by_name(merged, qin):
    gone, kept = merged[2]()
    kept.verb(actions.leave, word="脱困")
    actions.amend(gone.file, "file_status", "在档", officer="lu", at=kept.at)
    paper = FileEntry.objects.filter(paper__isnull=False).first().paper
    assert kept_of(paper).until is None
    with pytest.raises(SaidError, match=f"{gone.file.file_number} 又单独立着（在档）"):
        erasing.erase_file(kept.file, officer=qin, at=OVER)
    assert kept.file.status == "exited"
    gone.verb(actions.leave, word="脱困")
    erasing.erase_file(gone.file, officer=qin, at=OVER)
    erasing.erase_file(kept.file, officer=qin, at=OVER)
    assert (gone.file.status, kept.file.status) == ("erased", "erased")


def test_a_merge_that_comes_between_looking_and_locking_stops_the_erasure(merged, monkeypatch, qin):
    _, kept = merged[2]()
    kept.verb(actions.leave, word="脱困")
    answers = iter([[], joined.absorbed_by(kept.file)])
    monkeypatch.setattr("huigong.registry.actions.erasing.absorbed_by", lambda _: next(answers))
    with pytest.raises(SaidError, match="并入或移出"):
        erasing.erase_file(kept.file, officer=qin, at=OVER)
    assert kept.file.status == "exited"


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_every_row_is_locked_before_the_head_of_history(left, qin):
    with CaptureQueriesContext(connection) as asked:
        erasing.erase_file(left.file, officer=qin, at=OVER)
    locks = [one["sql"].split(" FROM ")[1].split('"')[1] for one in asked if "FOR UPDATE" in one["sql"]]
    before = locks[: locks.index("audit_chainhead")]
    assert before == ["registry_household", "documents_document"]


def test_a_family_that_applied_keeps_the_key_that_its_case_needs(town):  # noqa: F811
    case = town.of(1)
    at, home = town.office.at, case.household
    Life(home, at).verb(actions.leave, word="脱困")
    erasing.erase_file(Household.objects.get(pk=home.pk), officer=town.office.qin, at=OVER + timedelta(days=2))
    home.refresh_from_db()
    assert (home.status, home.worker_name, home.card) == ("erased", "", None)
    assert "file.key_erased" not in told_of(home)
    assert case.decisions.last().facts.plain()  # what was decided can be replayed
    assert books.verify().holds


def test_the_books_name_an_open_column_of_a_row_whose_key_went(left, qin):
    erasing.erase_file(left.file, officer=qin, at=OVER)
    Measure.objects.update(due=date(2018, 1, 1))
    assert "帮扶措施" in books.verify().sentence.zh
