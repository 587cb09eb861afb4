"""`huigong documents erase --file`: a look first, and with --yes the papers that are over and the key that nothing needs."""

from huigong.commands import main
from huigong.documents import actions as documents
from huigong.documents.queries import is_erased
from huigong.figures.tests.conftest import town  # noqa: F401  the fixture
from huigong.registry import actions
from huigong.runs.tests.test_erasing import GROUND, OVER, qin  # noqa: F401  the fixture
from huigong.runs.tests.test_erasing_keys import AFTER, has_key, paid  # noqa: F401  the fixture
from huigong.runs.tests.test_erasing_papers import two  # noqa: F401  the fixture


def test_the_command_looks_first_and_erases_when_told(two, qin, capsys, monkeypatch):  # noqa: F811
    life, papers = two
    life.verb(actions.leave, word="脱困")
    documents.keep_back(papers[0], GROUND, officer="liang", at=OVER)
    monkeypatch.setattr("huigong.commands.documents.timezone.now", lambda: OVER)
    command = ["documents", "erase", "--file", life.file.file_number, "--by", "覃"]
    assert main(command) == 0
    told = capsys.readouterr().out
    for word in ("梧信访〔2027〕3号", "会销毁", "1 份", "--yes"):
        assert word in told
    assert not is_erased(papers[1])
    assert main([*command, "--yes"]) == 0
    assert "已销毁" in capsys.readouterr().out
    assert [is_erased(paper) for paper in papers] == [False, True]
    assert main(["documents", "erase", "--by", "覃"]) == 1
    assert main(["documents", "erase", "--file", "GX-0", "--by", "覃"]) == 1
    assert "--file" in capsys.readouterr().err


def test_the_command_looks_at_the_key_and_destroys_it_when_told(paid, capsys, monkeypatch):  # noqa: F811
    _, case = paid
    command = ["documents", "erase", "--file", case.household.file_number, "--by", "覃"]
    monkeypatch.setattr("huigong.commands.documents.timezone.now", lambda: OVER)
    assert main(command) == 0
    assert "2047-12-31" in capsys.readouterr().out
    monkeypatch.setattr("huigong.commands.documents.timezone.now", lambda: AFTER)
    assert main(command) == 0
    assert "钥匙会毁" in capsys.readouterr().out
    assert has_key(case)
    assert main([*command, "--yes"]) == 0
    assert "钥匙毁了" in capsys.readouterr().out
    assert not has_key(case)
