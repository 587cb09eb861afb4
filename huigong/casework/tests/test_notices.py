"""一次性告知: said once, closed afterwards, reopened only by a leader with a reason; held by the action and by the database."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from huigong.audit.queries import history
from huigong.casework import actions
from huigong.casework.actions import Wanted
from huigong.casework.actions.notices import ClosedPointError, NothingAskedError
from huigong.casework.models import NoticePoint, OneTimeNotice
from huigong.casework.tests.worked import BY_HAND, FACTS, LETTER, REFERENCE, told
from huigong.organisations.hands import OtherRoleError

OTHER = Wanted("惠工卡号校验不对。", "card_valid", "card_valid", "二(四)")


def test_the_first_notice_asks_for_everything(huang, at):
    notice = told(huang, at)
    assert [(point.ground, point.criterion) for point in notice.points.all()] == [
        ("first", LETTER.criterion),
        ("first", ""),
    ]
    assert [event.action for event in history(REFERENCE)] == ["case.told", "point.told", "point.told"]


def test_what_a_family_is_told_is_encrypted_and_never_in_history(huang, at):
    notice = told(huang, at)
    stored = NoticePoint.objects.filter(notice=notice).first()
    assert str(stored.said) == "****"
    assert not any("通知书" in str(event.payload) for event in history(REFERENCE))


def test_an_untouched_matter_is_closed(huang, at):
    told(huang, at)
    with pytest.raises(ClosedPointError, match="惠工卡号"):
        told(huang, at, OTHER)
    assert OneTimeNotice.objects.count() == 1


def test_what_was_not_supplied_may_be_asked_again(huang, at):
    told(huang, at)
    again = told(huang, at, LETTER, BY_HAND)
    assert {point.ground for point in again.points.all()} == {"unanswered"}


def test_what_changed_since_may_be_asked(huang, at):
    told(huang, at)
    again = told(huang, at, OTHER, facts=FACTS | {"card_valid": False})
    assert again.points.get().ground == "changed"


def test_a_point_that_was_answered_is_closed_too(huang, at):
    notice = told(huang, at)
    actions.answer(notice.points.get(criterion=""), officer=huang, at=at)
    with pytest.raises(ClosedPointError):
        told(huang, at, BY_HAND)


def test_a_reason_of_one_who_only_verifies_reopens_nothing(huang, at):
    told(huang, at)
    with pytest.raises(OtherRoleError):
        told(huang, at, OTHER, reason="想起来了")


def test_a_leader_reopens_with_a_reason_that_stands_in_the_notice(huang, qin, at):
    told(huang, at)
    again = told(qin, at, OTHER, reason="银行来函更正")
    point = again.points.get()
    assert (point.ground, point.reasoned_by, again.reason.plain()) == ("reasoned", qin.username, "银行来函更正")


def test_a_leader_gives_a_reason_too(huang, qin, at):
    told(huang, at)
    with pytest.raises(ClosedPointError):
        told(qin, at, OTHER)


def test_a_notice_that_asks_for_nothing_is_not_sent(huang, at):
    with pytest.raises(NothingAskedError):
        actions.say_once(
            REFERENCE, [], facts={}, facts_digest="", due_on=at.date(), data_key_id=None, officer=huang, at=at
        )


def test_who_decides_nothing_tells_nothing(lu, at):
    with pytest.raises(OtherRoleError):
        told(lu, at)


def slipped(notice, **ground):
    """A point written past the action."""
    point = NoticePoint(notice=notice, round=notice.round, position=9, data_key_id=notice.data_key_id, **ground)
    point.said = "再补一样"
    with transaction.atomic():
        point.save(force_insert=True)


def test_the_database_refuses_a_later_point_without_ground(huang, at):
    told(huang, at)
    again = told(huang, at, LETTER)
    with pytest.raises(IntegrityError, match="a_later_notice_says_on_what_ground_it_asks"):
        slipped(again, ground="first")


def test_the_database_refuses_a_reopened_point_without_a_name(huang, at):
    told(huang, at)
    again = told(huang, at, LETTER)
    with pytest.raises(IntegrityError, match="what_was_closed_is_asked_by_a_named_leader_only"):
        slipped(again, ground="reasoned")


@pytest.mark.parametrize("model", [OneTimeNotice, NoticePoint])
def test_what_was_said_is_never_unsaid(huang, at, model):
    told(huang, at)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        model.objects.update(round=3)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        model.objects.all()._raw_delete(model.objects.db)
