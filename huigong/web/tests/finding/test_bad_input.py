"""Whatever is typed into a search or stands in the address of a list: an answer, never a fault, and never somebody's file."""

import pytest

NASTY = (
    "%", "_", "\\", "'", '"; DROP TABLE registry_household; --', "<script>", "\u202e韦小雨\u202c", "韦" + "\u0301" * 4000,
    "𠮷䶮", "阿·依", "阿•依", "阿‧依", "阿・依", "阿･依", "9" * 400, "-1", "²", "\ud7ff\uffff", "SA-450422-2017-00001' OR 1=1",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_search_for_anything_is_answered(files, desk, text):
    answer = desk("450423").find(text)
    assert answer.status_code == 200
    assert "GX0001" not in answer.content.decode()


@pytest.mark.parametrize("name", ["s", "page", "mark", "stands", "federation", "unknown"])
def test_a_list_asked_for_anything_is_answered(files, desk, name):
    sat = desk("450423")
    for text in NASTY:
        for address in ("/households/", "/search/"):
            answer = sat.get(address, {name: text})
            assert answer.status_code == 200
            assert "GX0001" not in answer.content.decode()
