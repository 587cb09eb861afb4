"""`huigong looks`: the command draws the names that the page draws."""

import pytest

from huigong.casework.sampling import drawn
from huigong.commands import main
from huigong.studentaid.models import Application
from huigong.studentaid.tests.office import Family, opened


@pytest.fixture
def office(city, at, tmp_path):
    """Eight families whose facts somebody vouched for."""
    made = opened(city, at, tmp_path)
    families = [Family(number) for number in range(1, 9)]
    made.file(*families)
    made.send(*(family.row() for family in families))
    made.vouch()
    return made


def test_a_seed_draws_the_same_names(office, capsys):
    wanted = ["looks", "draw", office.campaign.code, "--seed", "2017", "--size", "4", "--by", "黄"]
    assert main(wanted) == 0
    told = capsys.readouterr().out.split()
    references = Application.objects.exclude(verified_by="").values_list("reference", flat=True)
    assert told == drawn(references, seed="2017", size=4)
    assert main(["looks", "show", office.campaign.code]) == 0
    shown = capsys.readouterr().out
    assert "种子 2017" in shown
    assert all(one in shown for one in told)


def test_who_does_not_verify_draws_nothing(office, capsys):
    assert main(["looks", "draw", office.campaign.code, "--seed", "1", "--size", "1", "--by", "覃"]) == 1
    assert "覃" in capsys.readouterr().err
