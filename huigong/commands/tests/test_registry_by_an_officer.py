"""`huigong registry import --by`: an officer takes in what the circular sends to their centre, and is told of the rest."""

import json

import pytest
from django.utils import timezone

from huigong import commands
from huigong.circulars.tests.test_routing import campaign, unit  # noqa: F401  fixtures
from huigong.registry.models import Household
from huigong.registry.tests.test_receiving import book, tang  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db


def test_the_command_takes_in_for_an_officer_what_is_theirs(campaign, unit, tang, book, at, monkeypatch, capsys):  # noqa: F811
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert commands.main(["registry", "import", str(book), "--by", "唐", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["fresh"], ["五(四)" in one["zh"] for one in told["other_desks"]]) == (1, [True])
    assert [(one.file_number, one.federation.code) for one in Household.objects.all()] == [("GX0001", "450422")]


def test_nobody_of_the_name_takes_nothing(city, book, capsys):  # noqa: F811
    assert commands.main(["registry", "import", str(book), "--by", "谁"]) == 1
    assert not Household.objects.exists()
    assert "谁" in "".join(capsys.readouterr())
