"""Checks, locks, second looks, slips, scans, kept lists and bulks: each does once what it says, and history knows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.casework import actions, queries
from huigong.casework.actions.bulks import UndoneError
from huigong.casework.actions.locks import KEPT
from huigong.casework.actions.looks import NoSampleError
from huigong.casework.actions.slips import NotKeptError
from huigong.casework.models import CaseLock, Check, OriginalSlip, Scan, SecondLook
from huigong.casework.sampling import drawn
from huigong.casework.tests.worked import CAMPAIGN, DAY, DUE, REFERENCE, checked, given, picture, received
from huigong.documents.pictures import NotAPaperError
from huigong.organisations import actions as organisations
from huigong.organisations.hands import OtherRoleError, SameHandsError

CASES = [f"SA-450422-2017-{number:05d}" for number in range(1, 41)]


def test_the_last_check_of_a_criterion_stands(huang, at):
    checked(huang, at, "missing")
    checked(huang, at + timedelta(minutes=1), "fine")
    assert queries.checks_of(REFERENCE)["admission_letter_seen"].outcome == "fine"
    assert [event.action for event in history(REFERENCE)] == ["case.checked", "case.checked"]


def test_the_same_check_twice_is_one(huang, at):
    checked(huang, at)
    assert checked(huang, at) is None
    assert Check.objects.count() == 1


def test_who_prepares_checks_nothing(lu, at):
    with pytest.raises(OtherRoleError):
        checked(lu, at)


def test_a_check_is_never_rewritten(huang, at):
    checked(huang, at, "missing")
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        Check.objects.update(outcome="fine")


def test_a_case_in_hand_is_taken_over_only_when_that_ran_out(huang, qin, at):
    actions.take(REFERENCE, officer=huang, at=at)
    assert actions.take(REFERENCE, officer=qin, at=at + KEPT / 2).held_by == huang.username
    actions.take(REFERENCE, officer=huang, at=at + KEPT / 2)
    assert actions.take(REFERENCE, officer=qin, at=at + KEPT).held_by == huang.username
    taken = actions.take(REFERENCE, officer=qin, at=at + KEPT * 2)
    assert (taken.held_by, taken.since) == (qin.username, at + KEPT * 2)


def test_only_the_holder_lets_go(huang, qin, at):
    actions.take(REFERENCE, officer=huang, at=at)
    actions.release(REFERENCE, officer=qin)
    assert queries.locked_by_others([REFERENCE], officer=qin, at=at) == {REFERENCE}
    actions.release(REFERENCE, officer=huang)
    assert not CaseLock.objects.exists()


def test_a_seed_draws_the_same_names_whatever_the_order():
    assert drawn(CASES, seed="2017", size=5) == drawn(reversed(CASES), seed="2017", size=5)
    assert drawn(CASES, seed="2017", size=5) != drawn(CASES, seed="2018", size=5)
    assert drawn(CASES, seed="2017", size=3) == drawn(CASES, seed="2017", size=5)[:3]


def test_every_case_is_drawn_about_as_often():
    counts = [sum(one in drawn(CASES, seed=str(seed), size=10) for seed in range(400)) for one in CASES]
    assert min(counts) > 70
    assert max(counts) < 130


def test_a_draw_names_its_pool(huang, at):
    draw = actions.draw(CAMPAIGN, CASES, seed="2017", size=4, officer=huang, at=at)
    assert [look.case_reference for look in draw.looks.all()] == drawn(CASES, seed="2017", size=4)
    assert (draw.number, draw.out_of) == (1, 40)


def test_nothing_is_drawn_from_nothing(huang, at):
    with pytest.raises(NoSampleError):
        actions.draw(CAMPAIGN, [], seed="1", size=3, officer=huang, at=at)


def test_the_second_opinion_is_of_other_hands_and_given_once(huang, qin, at):
    look = actions.draw(CAMPAIGN, CASES, seed="2017", size=1, officer=huang, at=at).looks.get()
    with pytest.raises(SameHandsError):
        given(look, huang, at, hands=[huang.username])
    given(look, qin, at, opinion="incomplete", hands=[huang.username])
    assert given(look, qin, at, opinion="eligible").opinion == "incomplete"
    ((_, found),) = queries.draws_of(CAMPAIGN)
    assert (found.drawn, found.given, found.agree, found.percent) == (1, 1, 0, 0)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        SecondLook.objects.update(opinion="eligible")


def test_an_original_goes_back_once(huang, at):
    slip = received(huang, at)
    assert slip.number == f"{REFERENCE}-Y01"
    own = OriginalSlip.objects.values("case_reference")
    assert list(queries.slips_among(own, closed=False)) == [slip]
    actions.give_back(slip.number, returned_to="韦小雨", officer=huang, on=DUE, at=at)
    assert list(queries.slips_among(own, closed=True)) == [OriginalSlip.objects.get()]
    with pytest.raises(NotKeptError, match="已在"):
        actions.give_back(slip.number, returned_to="韦小雨", officer=huang, on=DUE, at=at)
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        OriginalSlip.objects.update(returned_to="别人")


def test_an_original_does_not_go_back_before_it_came(huang, at):
    slip = received(huang, at)
    with pytest.raises(NotKeptError, match="收到之前"):
        actions.give_back(slip.number, returned_to="韦小雨", officer=huang, on=DAY - timedelta(days=1), at=at)


def test_a_scan_is_kept_once(huang, at):
    for _ in range(2):
        actions.add_scan(REFERENCE, picture(), paper="admission_letter", name="a.png", officer=huang, at=at)
    assert Scan.objects.get().pages == 1
    assert [event.action for event in history(REFERENCE)] == ["scan.added"]


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"%PDF-1.7 nonsense", b"<svg onload=alert(1)></svg>"])
def test_what_is_no_paper_is_not_kept(huang, at, content):
    with pytest.raises(NotAPaperError, match="没有存"):
        actions.add_scan(REFERENCE, content, paper="admission_letter", name="a.png", officer=huang, at=at)
    assert not Scan.objects.exists()


def test_a_list_is_the_officers_own_until_it_is_shared(huang, qin, at):
    actions.save_list("缺材料", campaign_code=CAMPAIGN, query="?status=incomplete", share=False, officer=huang)
    assert not queries.lists_of(qin, CAMPAIGN).exists()
    actions.save_list("缺材料", campaign_code=CAMPAIGN, query="?status=incomplete", share=True, officer=huang)
    assert queries.lists_of(qin, CAMPAIGN).get().name == "缺材料"
    actions.drop_list("缺材料", campaign_code=CAMPAIGN, officer=qin)
    assert queries.lists_of(huang, CAMPAIGN).exists()


def test_a_shared_list_stays_in_the_office(huang, mo, at):
    actions.save_list("缺材料", campaign_code=CAMPAIGN, query="?", share=True, officer=huang)
    assert not queries.lists_of(mo, CAMPAIGN).exists()


def test_a_bulk_is_undone_once(huang, at):
    bulk = actions.note_bulk(CAMPAIGN, CASES[:3], officer=huang, at=at)
    actions.undo_bulk(bulk.pk, reason="看错了", officer=huang, at=at)
    with pytest.raises(UndoneError):
        actions.undo_bulk(bulk.pk, reason="再来", officer=huang, at=at)


def test_named_lists_need_no_appointment(city, at):
    someone = organisations.add_officer("农", role="auditor", organisation=city, by="system", at=at)
    assert (
        actions.save_list("全部", campaign_code=CAMPAIGN, query="?", share=False, officer=someone).owner
        == someone.username
    )
