"""A case that was worked on: every table of the desk has rows, written by the actions that an office takes."""

import io
from datetime import date

from PIL import Image

from huigong.casework import actions
from huigong.casework.actions import Wanted
from huigong.vault import actions as vault

REFERENCE, CAMPAIGN = "SA-450422-2017-00001", "SA-450400-2017"
FACTS = {"admission_letter": False, "card_valid": True}
LETTER = Wanted("还差录取通知书复印件。", "admission_letter_seen", "admission_letter", "附件1(一)")
BY_HAND = Wanted("请带户口本来核对。")
DUE, DAY = date(2017, 8, 21), date(2017, 8, 7)


def picture(colour="white"):
    """The bytes of a small sheet."""
    out = io.BytesIO()
    Image.new("RGB", (210, 297), colour).save(out, "PNG")
    return out.getvalue()


def told(officer, at, *wanted, facts=FACTS, reason="", reference=REFERENCE):
    return actions.say_once(
        reference,
        wanted or (LETTER, BY_HAND),
        facts=facts,
        facts_digest="0" * 64,
        due_on=DUE,
        data_key_id=vault.new_data_key().pk,
        officer=officer,
        at=at,
        reason=reason,
    )


def checked(officer, at, outcome="fine", note="", criterion="admission_letter_seen"):
    return actions.check(
        REFERENCE,
        criterion,
        outcome=outcome,
        note=note,
        facts_digest="0" * 64,
        data_key_id=vault.new_data_key().pk,
        officer=officer,
        at=at,
    )


def received(officer, at, reference=REFERENCE):
    return actions.receive_original(
        reference,
        paper="admission_letter",
        received_from="韦秀兰",
        due_back_on=DUE,
        officer=officer,
        on=DAY,
        at=at,
    )


def given(look, officer, at, opinion="eligible", hands=()):
    return actions.give(
        look.pk, opinion=opinion, first_verdict="eligible", first_hands=hands, note="", officer=officer, at=at
    )


def worked(officer, leader, at):
    checked(officer, at, "doubt", "照片看不清")
    actions.answer(told(officer, at).points.get(criterion=""), officer=officer, at=at)
    told(leader, at, Wanted("请补成绩单。", "enrolment", "enrolment_proof"), reason="学校来信更正")
    draw = actions.draw(CAMPAIGN, [REFERENCE, "SA-450422-2017-00002"], seed="2017", size=2, officer=officer, at=at)
    given(draw.looks.get(position=1), leader, at)
    slip = received(officer, at)
    received(officer, at)
    actions.give_back(slip.number, returned_to="韦小雨", officer=officer, on=DUE, at=at)
    actions.add_scan(REFERENCE, picture(), paper="admission_letter", name="通知书.png", officer=officer, at=at)
    actions.save_list("我的", campaign_code=CAMPAIGN, query="?status=incomplete", share=True, officer=officer)
    actions.like_it(officer, dense=True)
    actions.take(REFERENCE, officer=officer, at=at)
    taken = actions.assign(CAMPAIGN, {REFERENCE: officer.username}, how="taken", officer=officer, at=at)
    assert taken is not None
    actions.undo_assignment(taken.pk, officer=leader, at=at)
    bulk = actions.note_bulk(CAMPAIGN, [REFERENCE], officer=officer, at=at)
    actions.undo_bulk(bulk.pk, reason="看错了一批", officer=officer, at=at)
