"""The demo city is built once, shows every state that its scenes need, and never touches what is not its own."""

import pytest
from django.conf import settings as installed

from huigong.audit import queries as history
from huigong.circulars.queries import circular_of
from huigong.figures import books
from huigong.intake.queries import forms_of
from huigong.organisations.models import Appointment
from huigong.organisations.queries import roles_of, root
from huigong.runs import demo, demo_cast
from huigong.studentaid import queries as studentaid
from huigong.studentaid.lifecycle import (
    APPROVED,
    INCOMPLETE,
    ON_NOTICE,
    RELEASED,
    TIED,
    TO_SETTLE,
    WAITING,
)
from huigong.values.sentence import SaidError

pytestmark = pytest.mark.django_db


def test_the_city_stands_where_most_can_be_seen_and_a_second_building_is_nothing(at):
    campaign = demo.build(at=at)

    statuses = studentaid.counts(studentaid.applications_of(campaign))
    assert statuses == {
        RELEASED: 11, APPROVED: 3, ON_NOTICE: 1, TIED: 2, WAITING: 3, INCOMPLETE: 7, TO_SETTLE: 4
    }  # fmt: skip
    assert books.verify().holds
    forms = {form.name: form for form in forms_of(campaign)}
    assert len(forms) == 8
    assert not set(demo.SAMPLES) & set(forms)
    assert forms[demo.CAME_LATE].received_on > circular_of(campaign).deadline
    assert sum(form.rows_returned for form in forms.values()) == 4
    (scan,) = history.told_of("form.stamp_compared")
    assert (scan.payload["outcome"], scan.payload["columns"]) == ("changed", "phone"), "one cell since the stamp"
    players = demo_cast.players()
    assert [player.part for player in players] == list(demo_cast.CAST)
    assert {player.part.role for player in players} == set(Appointment.Role.values)
    held = {player.part.key: roles_of(player.officer, on=at.date()) for player in players}
    assert held == {part.key: {part.role} for part in demo_cast.CAST} | {"verifier": {"aid_centre", "verifier"}}
    assert demo.standing().campaign == campaign.code

    events = history.count()
    assert demo.build(at=at) is None
    assert history.count() == events


def test_an_installation_that_holds_other_data_is_left_alone(city, at):
    events = history.count()
    with pytest.raises(SaidError) as refused:
        demo.build(at=at)
    assert str(installed.HUIGONG_HOME) in refused.value.sentence.zh
    assert "HUIGONG_HOME=" in refused.value.sentence.en
    assert (history.count(), demo.standing()) == (events, None)
    assert not demo.marker().exists()


def test_who_stops_the_building_half_way_finds_the_installation_empty(at, monkeypatch):
    def killed(*_args, **_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo.studentaid, "approve", killed)
    with pytest.raises(KeyboardInterrupt):
        demo.build(at=at)
    assert (history.head().sequence, root(), demo.standing()) == (0, None, None)


def test_in_production_there_is_no_demo(at, settings):
    settings.PRODUCTION = True
    with pytest.raises(SaidError, match="production"):
        demo.build(at=at)


def test_a_demo_is_none_any_more_once_it_runs_in_production(city, at, settings):
    mark(city, at)
    assert demo.standing().campaign == "SA-450400-2017"
    settings.PRODUCTION = True
    assert demo.standing() is None


def test_a_file_alone_makes_no_demo_of_other_data(city):
    demo.marker().parent.mkdir(parents=True, exist_ok=True)
    demo.marker().write_text("{}", "utf-8")
    assert demo.standing() is None


def test_without_the_folder_of_examples_it_says_where_it_was_looked_for(at, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(SaidError) as refused:
        demo.build(at=at)
    assert str(tmp_path / "examples") in refused.value.sentence.zh


def mark(city, at):
    demo.audit.record(
        "demo.built", subject=demo.SUBJECT, officer="system", at=at, payload={"campaign": f"SA-{city.code}-2017"}
    )
    demo.marker().parent.mkdir(parents=True, exist_ok=True)
    demo.marker().write_text("{}", "utf-8")
