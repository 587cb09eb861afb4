"""审批表: put to a collective decision, signed box by box by different people, approved by the last; the household is kept."""

import json
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from huigong.approvals import actions as approvals
from huigong.approvals import queries as of_approvals
from huigong.approvals.actions import BandRow, PaperBox
from huigong.approvals.models import Approval, HouseholdSnapshot, Opinion
from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.documents import actions as documents
from huigong.organisations.hands import OtherRoleError, SameHandsError
from huigong.payments import actions as payments
from huigong.payments.hands import signed_for
from huigong.payments.models import Hold, PaymentBatch
from huigong.studentaid import actions
from huigong.studentaid.answering import decided_by
from huigong.studentaid.models import Application, Award
from huigong.studentaid.tests.forms_to_sign import NO, YES, later, put, sign, signed
from huigong.studentaid.tests.office import AFTER, WEI, Family, card
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"
BOXES = ("handler", "department", "finance", "deputy", "chair")


@pytest.fixture
@kept
def ready(wei):
    wei.carry("published")
    wei.finance = wei.officer("农", "finance")
    return wei


@pytest.fixture
@kept
def banded(ready):
    """Up to 1,000 yuan three sign, above that all five."""
    rows = [BandRow(100_000, ("handler", "finance", "deputy")), BandRow(None, BOXES)]
    told = {"valid_from": date(2017, 1, 1), "source": "梧工发〔2017〕5号", "officer": "su", "at": ready.at}
    approvals.lay_bands(ready.city, rows, **told)
    return ready


def test_the_last_box_approves_with_state_event_money_and_snapshot(ready):
    form, count = signed(ready)
    form.refresh_from_db()
    award = Award.objects.get()
    assert (count, form.status, ready.case().status) == (1, "approved", "approved")
    assert (award.approved_by, form.number in award.minutes) == (ready.qin.username, True)
    kept = json.loads(HouseholdSnapshot.objects.get().content.plain())
    assert (kept["columns"]["worker_name"], kept["members"][0]["name"]) == ("韦秀兰", "韦小雨")
    assert history(form.number)[-1].payload["approved"] == 1


def test_nothing_is_approved_before_the_last_box(ready):
    form = put(ready)
    assert [sign(ready, form, who) for who in (ready.huang, ready.finance)] == [None, None]
    assert Award.objects.count() == 0


def test_boxes_are_written_in_their_order_by_their_roles(ready):
    form = put(ready)
    with pytest.raises(OtherRoleError):
        sign(ready, form, ready.qin)
    sign(ready, form, ready.huang)
    with pytest.raises(OtherRoleError):
        sign(ready, form, ready.qin)


def test_nobody_signs_two_boxes_and_no_verifier_approves(banded):
    form = put(banded)
    other = banded.officer("邓", "aid_centre")
    sign(banded, form, other)
    with pytest.raises(SameHandsError):
        sign(banded, form, banded.huang)  # 部门 by whoever verified the case
    with pytest.raises(SameHandsError):
        sign(banded, form, other)


def test_a_larger_sum_needs_more_signatures(banded):
    form = put(banded)
    assert tuple(form.boxes) == BOXES
    assert of_approvals.boxes_for(banded.county, 100_000, on=AFTER) == ("handler", "finance", "deputy")
    assert of_approvals.boxes_for(banded.city, 100_000, on=date(2016, 12, 31)) == of_approvals.USUAL


@pytest.mark.parametrize(
    "rows",
    [
        [BandRow(100_000, ("handler", "deputy"))],
        [BandRow(None, ("deputy",)), BandRow(None, ("deputy",))],
        [BandRow(100_000, ("handler", "deputy")), BandRow(None, ("deputy",))],
        [BandRow(None, ("deputy", "finance"))],
        [BandRow(None, ("deputy", "deputy"))],
        [BandRow(None, ("president",))],
    ],
    ids=["no open end", "two open ends", "fewer for more", "not the approver last", "a box twice", "no such box"],
)
def test_bands_that_make_no_sense_are_refused(ready, rows):
    with pytest.raises(SaidError):
        approvals.lay_bands(ready.city, rows, valid_from=date(2017, 1, 1), source="示例", officer="su", at=ready.at)


def test_bands_that_were_laid_down_are_not_changed(banded):
    told = {"valid_from": date(2017, 1, 1), "source": "示例", "officer": "su", "at": banded.at}
    with pytest.raises(SaidError, match="定了不改"):
        approvals.lay_bands(banded.city, [BandRow(None, ("handler", "deputy"))], **told)


def test_a_no_ends_the_form_and_the_cases_may_be_put_again(ready):
    form = put(ready)
    sign(ready, form, ready.huang)
    assert sign(ready, form, ready.finance, NO) is None
    form.refresh_from_db()
    assert (form.status, ready.case().status) == ("declined", "on_notice")
    with pytest.raises(SaidError, match="已经签完或收回"):
        sign(ready, form, ready.qin)
    assert put(ready).number.endswith("SP002")


def test_a_case_is_on_one_open_form_only(ready):
    put(ready)
    with pytest.raises(SaidError, match="不用写审批表"):
        put(ready)


def test_a_form_is_taken_back_by_its_writer_before_others_signed(ready):
    form = put(ready)
    with pytest.raises(SaidError):
        approvals.withdraw(form, officer=ready.qin, at=later(ready))
    approvals.withdraw(form, officer=ready.huang, at=later(ready))
    form = put(ready)
    sign(ready, form, ready.huang)
    sign(ready, form, ready.finance)
    with pytest.raises(SaidError, match="别人签过"):
        approvals.withdraw(form, officer=ready.huang, at=later(ready))


def test_what_is_held_meanwhile_is_left_out_and_where_all_is_held_nothing_moves(ready):
    form = put(ready)
    sign(ready, form, ready.huang)
    sign(ready, form, ready.finance)
    payments.hold(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=ready.at)
    with pytest.raises(SaidError, match="都暂停着"):
        sign(ready, form, ready.qin)
    assert Opinion.objects.count() == 2


@pytest.mark.parametrize("changes", [{"number": " "}, {"attendees": ""}, {"held_on": AFTER + timedelta(days=9)}])
def test_a_decision_names_minutes_day_and_people(ready, changes):
    with pytest.raises(SaidError, match="集体研究要写明"):
        put(ready, **changes)


@pytest.mark.parametrize("held_on", [date(1, 1, 1), AFTER - timedelta(days=1)])
def test_a_decision_is_of_a_day_after_the_notice(ready, held_on):
    with pytest.raises(SaidError, match="期满以后才研究"):
        put(ready, held_on=held_on)


def test_who_is_no_handler_writes_no_form(ready):
    with pytest.raises(OtherRoleError):
        put(ready, by=ready.chen)


class TestOnPaper:
    @pytest.fixture
    def scan(self, ready):
        return documents.store(b"%PDF signed", name="表.pdf", media_type="application/pdf", officer="x", at=ready.at)

    def enter(self, office, form, scan, *boxes, clerk=None):
        leaders = {"handler": office.huang, "finance": office.finance, "deputy": office.qin}
        told = [PaperBox(box, leaders[box], AFTER) for box in boxes]
        return approvals.enter_paper(form, told, scan, clerk=clerk or office.chen, at=later(office))

    def confirm(self, office, form, clerk):
        told = {"clerk": clerk, "on": AFTER, "at": later(office)}
        return actions.sign_from_paper(form, office.circular, **told)

    def test_one_clerk_enters_and_another_confirms_and_the_leaders_stand_for_it(self, ready, scan):
        form, clerk = put(ready), ready.officer("邓", "aid_centre")
        self.enter(ready, form, scan, "handler", "finance", "deputy")
        assert Opinion.objects.count() == 0
        with pytest.raises(SaidError):
            self.confirm(ready, form, ready.chen)
        assert self.confirm(ready, form, clerk) == (3, 1)
        assert [one.given_by for one in Opinion.objects.all()] == [
            ready.huang.username,
            ready.finance.username,
            ready.qin.username,
        ]
        assert Award.objects.get().approved_by == ready.qin.username

    def test_what_was_entered_wrongly_is_rejected_and_entered_anew(self, ready, scan):
        form, clerk = put(ready), ready.officer("邓", "aid_centre")
        self.enter(ready, form, scan, "handler", "finance", "deputy")
        told = {"clerk": clerk, "at": later(ready)}
        assert approvals.reject_paper(form, reason="分管那一栏没有签", **told) == 3
        with pytest.raises(SaidError, match="没有等核对的签字"):
            approvals.reject_paper(form, reason="再退", **told)
        self.enter(ready, form, scan, "handler", "finance")
        assert self.confirm(ready, form, clerk) == (2, None)
        assert Opinion.objects.count() == 2

    def test_nobody_signed_before_the_decision(self, ready, scan):
        form, early = put(ready), AFTER - timedelta(days=1)
        with pytest.raises(SaidError, match="早于集体研究"):
            approvals.enter_paper(
                form, [PaperBox("handler", ready.huang, early)], scan, clerk=ready.chen, at=later(ready)
            )

    def test_paper_and_screen_mix_but_no_box_is_left_out(self, ready, scan):
        form = put(ready)
        with pytest.raises(SaidError, match="中间不能空"):
            self.enter(ready, form, scan, "finance")
        sign(ready, form, ready.huang)
        self.enter(ready, form, scan, "finance")
        with pytest.raises(SaidError, match="请先核对"):
            self.enter(ready, form, scan, "finance")
        self.confirm(ready, form, ready.officer("邓", "aid_centre"))
        assert sign(ready, form, ready.qin) == 1


def test_a_card_changed_after_approval_stops_the_payment_until_it_is_confirmed(ready):
    signed(ready)
    ready.file(households=[WEI.household(惠工卡号=card(77))])
    assert ready.release() == 0
    told = {"officer": ready.huang, "at": later(ready)}
    actions.confirm_changed_payee(ready.case(), **told)
    with pytest.raises(SaidError, match="不用确认"):
        actions.confirm_changed_payee(ready.case(), **told)
    assert ready.release() == 1
    kept = json.loads(HouseholdSnapshot.objects.get().content.plain())
    assert kept["columns"]["card"] == card(1)


def test_who_confirmed_a_changed_card_does_not_send_the_money_there(ready):
    signed(ready)
    ready.file(households=[WEI.household(惠工卡号=card(77))])
    assert ready.release() == 0
    pan = ready.also(ready.officer("潘", "verifier"), "finance")
    actions.confirm_changed_payee(ready.case(), officer=pan, at=later(ready))
    with pytest.raises(SameHandsError, match="确认"):
        ready.release(by=pan)


def test_a_sum_that_changed_since_the_form_was_written_goes_on_a_form_of_its_own(ready):
    form = put(ready)
    sign(ready, form, ready.huang)
    sign(ready, form, ready.finance)
    Application.objects.filter(reference=CASE).update(amount_fen=1_000_000)
    with pytest.raises(SaidError, match="另写审批表"):
        sign(ready, form, ready.qin)
    assert Award.objects.count() == 0


@pytest.mark.parametrize("table", ["band", "approvalline", "opinion", "householdsnapshot"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_itself_keeps_what_was_signed(ready, table, change):
    rows = [BandRow(None, ("handler", "finance", "deputy"))]
    told = {"valid_from": date(2017, 1, 1), "source": "示例", "officer": "su", "at": ready.at}
    approvals.lay_bands(ready.city, rows, **told)
    signed(ready)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(f"approvals_{table}"))


def test_the_database_itself_keeps_the_form(ready):
    put(ready)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM approvals_approval")


def test_only_what_a_form_names_is_approved(office):
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    office.finance = office.officer("农", "finance")
    payments.hold(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=office.at)
    form = put(office)
    payments.lift(CASE, reason=Hold.Reason.OBJECTION, officer="qin", at=office.at)
    assert signed(office, form)[1] == 1
    assert (Approval.objects.get().declared_count, office.case(CASE).status) == (1, "on_notice")


def test_yes_is_said_in_words(ready):
    form = put(ready)
    sign(ready, form, ready.huang, YES)
    assert Opinion.objects.get().words.plain() == "同意"


def test_whoever_wrote_into_a_box_but_finances_neither_pays_nor_answers(banded):
    """Department and chair are approvers, who might pay or answer where they had no hand in it."""
    form = put(banded)
    department, chair = banded.officer("甲", "approver"), banded.officer("乙", "approver")
    for who in (banded.huang, department, banded.finance, banded.qin):
        assert sign(banded, form, who) is None
    assert sign(banded, form, chair) == 1
    signers = {who.username for who in (banded.huang, department, banded.qin, chair)}
    assert signed_for({CASE}) == signers
    assert decided_by(banded.case()) == signers | {banded.finance.username}
    batch = (banded.release(), PaymentBatch.objects.get())[1]
    for who in (department, chair):
        with pytest.raises(SameHandsError, match="没有经手过"):
            payments.take_file(batch, officer=who, at=later(banded))
    assert payments.take_file(batch, officer=banded.finance, at=later(banded))
