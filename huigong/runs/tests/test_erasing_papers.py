"""All papers of one file at once: looked at first, those that are over go, the others are told with what keeps them."""

from datetime import UTC, datetime

import pytest

from huigong.documents import actions as documents
from huigong.documents.actions import Ground
from huigong.documents.queries import is_erased
from huigong.figures import books
from huigong.organisations.hands import OtherRoleError
from huigong.registry import actions
from huigong.registry.tests.lives import Life, drafted
from huigong.runs import erasing
from huigong.runs.tests.test_erasing import GROUND, OVER, qin  # noqa: F401  the fixture


@pytest.fixture
def two(huang, at):
    """A file that left in 2017, with two papers."""
    papers = [
        documents.store(content, name=name, media_type="image/jpeg", officer="lu", at=at)
        for content, name in ((b"one", "户口本.jpg"), (b"two", "诊断书.jpg"))
    ]
    life = Life(drafted(huang, at), at)
    life.enrolled(paper=papers[0])
    actions.note(life.file, "paper", life.done(paper=papers[1]))
    return life, papers


def stays(found):
    return {one.paper.name: one.stays.code if one.stays else "" for one in found}


def ahead(life):
    return stays(erasing.papers_ahead(life.file, today=OVER.date()))


def test_while_the_file_stands_and_before_its_day_nothing_is_over(two, qin):  # noqa: F811
    life, _ = two
    assert set(ahead(life).values()) == {"time_not_over"}
    life.verb(actions.leave, word="脱困")
    until = life.file.keep_until
    last = datetime(until.year, until.month, until.day, 3, tzinfo=UTC)
    assert set(stays(erasing.erase_papers(life.file, officer=qin, at=last)).values()) == {"time_not_over"}


def test_what_is_over_goes_and_a_paper_on_hold_stays_with_its_reason(two, qin):  # noqa: F811
    life, papers = two
    life.verb(actions.leave, word="脱困")
    documents.keep_back(papers[0], GROUND, officer="liang", at=OVER)
    assert ahead(life) == {"户口本.jpg": "kept_back", "诊断书.jpg": ""}
    assert not any(is_erased(paper) for paper in papers)  # a look changes nothing
    found = erasing.erase_papers(life.file, officer=qin, at=OVER)
    assert stays(found) == {"户口本.jpg": "kept_back", "诊断书.jpg": ""}
    assert [is_erased(paper) for paper in papers] == [False, True]
    assert (life.file.status, life.file.worker_name) == ("exited", "韦秀兰")
    assert stays(erasing.erase_papers(life.file, officer=qin, at=OVER)) == {"户口本.jpg": "kept_back"}
    assert books.verify().holds


def test_a_hold_on_the_file_keeps_all_and_another_role_erases_nothing(two, huang, qin):  # noqa: F811
    life, papers = two
    life.verb(actions.leave, word="脱困")
    erasing.keep_file_back(life.file, Ground("诉讼", "梧法〔2028〕1号"), officer="liang", at=OVER)
    assert set(stays(erasing.erase_papers(life.file, officer=qin, at=OVER)).values()) == {"kept_back"}
    with pytest.raises(OtherRoleError):
        erasing.erase_papers(life.file, officer=huang, at=OVER)
    assert not any(is_erased(paper) for paper in papers)
