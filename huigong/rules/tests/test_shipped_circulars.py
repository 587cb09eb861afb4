"""Every circular that ships may be published, whatever city it is from: the vocabulary carries it without new code."""

from pathlib import Path

import pytest

from huigong.rules import checking, loading
from huigong.rules.deciding import decide

FOLDERS = sorted(path.parent for path in (Path(__file__).resolve().parents[3] / "circulars").glob("*/circular.toml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_it_may_be_published(folder):
    circular = loading.load(folder)
    assert checking.check(circular) == []
    assert circular.head.slug == folder.name
    assert len({example.verdict for example in circular.examples}) >= 3


def test_there_are_circulars_of_two_cities_and_two_years():
    heads = [loading.load(folder).head for folder in FOLDERS]
    assert len({head.issuer for head in heads}) >= 2
    assert len({head.year for head in heads}) >= 2


def test_contacts_are_marked_as_examples():
    for folder in FOLDERS:
        head = loading.load(folder).head
        assert "示例" in head.contact
        assert "示例" in head.receiving_desk


def test_a_worker_without_a_union_is_asked_for_another_thing_than_one_with():
    circular = loading.load(next(folder for folder in FOLDERS if folder.name == "2019-wuzhou"))
    given = dict(circular.examples[0].given)
    assert decide(circular, {**given, "unit_has_union": None}).verdict == "incomplete"
    assert decide(circular, {**given, "submitted_by_unit": False}).failed == ("through_the_union",)
