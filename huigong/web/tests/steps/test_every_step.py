"""Every step of a campaign: looking moves nothing, saying yes does it once, and both languages are spoken."""

import pytest

from huigong.audit import queries as audit
from huigong.studentaid.models import Application
from huigong.web.tests.steps.desk import NOTHING, STEPS


def test_looking_at_a_step_moves_nothing(desk, taken):
    at_desk = desk(taken)
    for step in STEPS:
        at_desk.look(step)
    assert not Application.objects.exists()
    at_desk.do("step-submit")
    before = audit.head()
    for step in STEPS:
        at_desk.look(step)
    assert audit.head() == before


@pytest.mark.parametrize("step", STEPS)
def test_saying_yes_twice_does_it_once(desk, taken, step):
    at_desk = desk(taken)
    for earlier in STEPS[: STEPS.index(step)]:
        at_desk.do(earlier)
    page = at_desk.look(step)
    assert NOTHING not in at_desk.say_yes(step, page)
    before = audit.head()
    assert NOTHING in at_desk.say_yes(step, page)
    assert audit.head() == before
    assert "确认" not in at_desk.look(step)


ENGLISH = {
    "step-submit": ("Rows that become cases", "Make cases (30 rows)"),
    "step-verify": (
        "Open these three first",
        "vouch for the facts of these 30 cases",
        "The form agrees with itself: no",
    ),
    "step-share": ("income per head, children in school", "Rank and share (20)", "Get a place"),
    "step-publish": ("How long it hangs", "5 working days", "Publish (15 cases)"),
}


def test_the_pages_of_the_steps_speak_english(desk, taken):
    at_desk = desk(taken)
    at_desk.client.cookies["django_language"] = "en"
    for step, words in ENGLISH.items():
        page = at_desk.look(step)
        assert [word for word in words if word not in page] == []
        at_desk.say_yes(step, page)
    for word in ("Onward", "put to the collective decision and signed"):
        assert word in at_desk.campaign()
