"""审核并认定 on its page: an officer vouches for every case as it was shown."""

import re

from huigong.registry.models import Household
from huigong.studentaid.models import Application
from huigong.web.tests.steps.desk import (
    CHANGED,
    NO_LETTER,
    events,
    references,
)


def test_an_officer_vouches_for_every_case_as_shown(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    assert "担保这 30 件事实属实" in page
    assert "符合条件 20，缺材料 6，请负责人定 4" in page
    assert "审核并认定了 30 件，由您署名：符合条件 20" in at_desk.say_yes("step-verify", page)
    assert {(one.verified_by, one.is_verified) for one in Application.objects.all()} == {
        (submitted.huang.username, True)
    }
    assert len(events("application.verified")) == 30


def test_without_the_tick_nobody_vouches(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    assert "还没有办" in at_desk.say_yes("step-verify", page, sure="")
    assert events("application.verified") == []


def test_what_changed_since_it_was_shown_is_shown_again_and_not_vouched_for(desk, submitted):
    at_desk = desk(submitted)
    page = at_desk.look("step-verify")
    Household.objects.filter(worker_name="韦秀兰").update(file_status="已脱困")
    assert CHANGED in at_desk.say_yes("step-verify", page)
    assert events("application.verified") == []
    assert "审核并认定了 30 件" in at_desk.do("step-verify")


def test_three_cases_are_drawn_and_nobody_draws_others_by_asking_again(desk, submitted):
    at_desk = desk(submitted)
    drawn = [drawn_on(at_desk.look("step-verify")) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 3
    assert set(drawn[0]) <= set(references())
    at_desk.bring(NO_LETTER, "admission_letter")
    assert drawn_on(at_desk.look("step-verify")) != drawn[0]


def drawn_on(page):
    return re.findall(r">(SA-[\d-]+)<", page.split("要看一眼的")[0])


def test_cases_to_look_at_once_are_linked_with_what_to_look_at(desk, submitted):
    looks = desk(submitted).look("step-verify").split("要看一眼的")[1]
    links = re.findall(r'<a href="/applications/(SA-[\d-]+)/">', looks)
    assert links
    assert looks.count('class="tag look"') >= len(links)
    assert "：否" in looks


def test_a_file_that_changed_since_brings_its_case_back(desk, shared):
    at_desk = desk(shared)
    assert "没有等着审核的" in at_desk.look("step-verify")
    waiting = Application.objects.filter(status="waiting").first()
    Household.objects.filter(pk=waiting.household_id).update(file_status="已脱困")
    assert "担保这 1 件事实属实" in at_desk.look("step-verify")
