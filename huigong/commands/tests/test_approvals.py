"""`huigong approvals bands`: shown as they stand, laid down once out of a table, refused without a source."""

import pytest

from huigong.approvals.queries import boxes_for
from huigong.commands import main
from huigong.organisations import actions as organisations

TABLE = "up_to_yuan,boxes\n10000,handler finance deputy\n,handler department finance deputy chair\n"


@pytest.fixture
def qin(city, at):
    return organisations.add_officer("覃", role="approver", organisation=city, by="system", at=at)


def bands(city, *more):
    return main(["approvals", "bands", city.code, *more])


def test_bands_are_loaded_once_and_shown(city, qin, tmp_path, capsys):
    assert bands(city) == 0
    assert "按常规" in capsys.readouterr().out
    (tmp_path / "bands.csv").write_text(TABLE, encoding="utf-8")
    how = ("--load", str(tmp_path / "bands.csv"), "--from", "2017-01-01", "--source", "梧工发〔2017〕5号", "--by", "覃")
    assert bands(city, *how) == 0
    told = capsys.readouterr().out
    for word in ("laid down: 2", "10,000", "梧工发〔2017〕5号"):
        assert word in told
    assert bands(city, *how) == 0
    assert "laid down: 0" in capsys.readouterr().out
    assert boxes_for(city, 1_000_001, on=qin.appointments.get().valid_from)[-1] == "chair"


@pytest.mark.parametrize(
    "table", ["up_to_yuan\n1\n", "up_to_yuan,boxes\nviel,handler\n", TABLE.replace("deputy\n", "\n")]
)
def test_a_table_that_cannot_be_is_told_and_nothing_is_laid_down(city, qin, tmp_path, capsys, table):
    (tmp_path / "bands.csv").write_text(table, encoding="utf-8")
    how = ["--load", str(tmp_path / "bands.csv"), "--from", "2017-01-01", "--source", "5号", "--by", "覃"]
    assert bands(city, *how) == 1
    assert bands(city, *how[:4]) == 1
    assert boxes_for(city, 5_000_000, on=qin.appointments.get().valid_from) == ("handler", "finance", "deputy")
