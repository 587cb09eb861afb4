"""A form takes effect once: the second time it leads where the first did, and what was refused may be sent again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from huigong.casework import actions
from huigong.casework.actions import slips
from huigong.casework.models import OriginalSlip, PostTaken
from huigong.casework.tests.worked import REFERENCE
from huigong.values.sentence import SaidError, Sentence

NUMBER, OTHER, HERE = "0" * 32, "1" * 32, "/originals/"


@pytest.fixture
def send(huang, at):
    def receive():
        day = at.date()
        told = {"paper": "admission_letter", "received_from": "韦秀兰", "due_back_on": day + timedelta(days=14)}
        return slips.receive_original(REFERENCE, **told, officer=huang, on=day, at=at).number

    def send(number=NUMBER, do=receive, *, address=HERE, officer=huang, later=0):
        return actions.do_once(number, do, address=address, officer=officer, at=at + timedelta(minutes=later))

    return send


def test_the_second_time_it_leads_where_the_first_did_and_does_nothing(send, at):
    assert send() == (f"{REFERENCE}-Y01", None)
    assert send(later=5) == (f"{REFERENCE}-Y01", at)
    assert OriginalSlip.objects.count() == 1


def test_another_form_another_page_and_another_officer_are_another_matter(send, qin):
    led = [send()[0], send(OTHER)[0], send(address="/elsewhere/")[0], send(officer=qin)[0]]
    assert led == [f"{REFERENCE}-Y0{number}" for number in (1, 2, 3, 4)]


def test_what_was_refused_leaves_nothing_and_may_be_sent_again(send):
    def refused():
        send(OTHER)  # something was written already when it is refused
        raise SaidError(Sentence("no", "不行。", "No."))

    with pytest.raises(SaidError):
        send(do=refused)
    assert not PostTaken.objects.exists()
    assert send() == (f"{REFERENCE}-Y01", None)


def test_where_it_led_is_written_once_and_stays(send):
    send()
    kept = PostTaken.objects.get()
    kept.led_to = "/x/"
    with pytest.raises(DatabaseError):
        kept.save()
