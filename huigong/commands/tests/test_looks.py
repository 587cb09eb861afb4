"""`huigong looks`: the command draws the names that the page draws."""

import pytest

from huigong.casework.sampling import drawn
from huigong.commands import main
from huigong.studentaid.models import Application
from huigong.web.tests.campaign_at_work import campaign_at_work


@pytest.fixture
def work(db, at):
    return campaign_at_work(at, up_to="shared")


def test_a_seed_draws_the_same_names(work, capsys):
    wanted = ["looks", "draw", work.campaign.code, "--seed", "2017", "--size", "4", "--by", "黄"]
    assert main(wanted) == 0
    told = capsys.readouterr().out.split()
    references = Application.objects.exclude(verified_by="").values_list("reference", flat=True)
    assert told == drawn(references, seed="2017", size=4)
    assert main(["looks", "show", work.campaign.code]) == 0
    shown = capsys.readouterr().out
    assert "种子 2017" in shown
    assert all(one in shown for one in told)


def test_who_does_not_verify_draws_nothing(work, capsys):
    assert main(["looks", "draw", work.campaign.code, "--seed", "1", "--size", "1", "--by", "覃"]) == 1
    assert "覃" in capsys.readouterr().err
