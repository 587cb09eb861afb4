"""Calls, promises and the morning list: who is on it, why now, and who is not."""

from datetime import timedelta

import pytest

from huigong.employment import actions, queries
from huigong.employment.actions import Promise
from huigong.employment.calling import reasons
from huigong.employment.models import Graduate
from huigong.values.sentence import SaidError


def again(graduate):
    return Graduate.objects.get(pk=graduate.pk)


def codes(graduate, today):
    return [one.sentence.code for one in reasons(again(graduate), today=today)]


def test_whoever_was_never_called_is_on_the_list_zero_employment_first(centre, huang):
    plain, zero = centre.graduate(1), centre.graduate(2, zero_employment=True)
    assert list(queries.to_call(huang, today=centre.today)) == [zero, plain]
    assert codes(plain, centre.today) == ["never_called"]


def test_a_call_takes_off_the_list_until_the_promise_is_due(centre, huang):
    one = centre.graduate(1)
    due = centre.today + timedelta(days=5)
    centre.call(one, promise=Promise("寄简历", due, huang))
    assert again(one).status == "planned"
    assert not queries.to_call(huang, today=due - timedelta(days=1))
    assert queries.to_call(huang, today=due).get() == one
    assert codes(one, due + timedelta(days=4)) == ["promise_due"]


def test_without_a_promise_silence_brings_them_back(centre):
    one = centre.graduate(1)
    centre.call(one)
    assert again(one).act_on == centre.today + timedelta(days=14)
    assert codes(one, centre.today + timedelta(days=14)) == ["silent"]


def test_three_calls_in_vain_say_so_and_it_is_tried_again(centre):
    one = centre.graduate(1)
    for _ in range(3):
        centre.call(one, "no_answer")
        centre.later(1)
    found = again(one)
    assert (found.status, found.unanswered) == ("unreachable", 3)
    assert codes(one, centre.today + timedelta(days=30)) == ["not_reached"]
    centre.call(one)
    assert (again(one).status, again(one).unanswered) == ("planned", 0)


def test_a_call_that_is_still_to_come_and_a_promise_before_it_are_refused(centre, huang):
    one = centre.graduate(1)
    with pytest.raises(SaidError, match="还没到"):
        centre.later(-1) or centre.__class__.call(centre_of_tomorrow(centre), one)
    with pytest.raises(SaidError, match="之前"):
        centre.call(one, promise=Promise("寄简历", centre.today - timedelta(days=1), huang))
    assert not one.contacts.exists()


def centre_of_tomorrow(centre):
    """An office that writes down a day which has not come."""

    class Tomorrow(type(centre)):
        @property
        def today(self):
            return self.at.date() + timedelta(days=1)

    return Tomorrow(centre.city, centre.officer, at=centre.at)


def test_a_call_without_an_answer_is_no_talk_and_a_late_note_moves_nothing_back(centre):
    one = centre.graduate(1)
    centre.call(one, "no_answer")
    found = Graduate.objects.get(pk=one.pk)
    assert (found.last_contact_on, found.spoke_on, found.unanswered) == (centre.today, None, 1)
    centre.call(one)
    late = centre.today - timedelta(days=20)
    actions.note_contact(one, "phone", "no_answer", on=late, **centre.by)
    found = Graduate.objects.get(pk=one.pk)
    assert (found.last_contact_on, found.spoke_on, found.unanswered) == (centre.today, centre.today, 0)
