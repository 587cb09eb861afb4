"""The rules of a fund at both gates: what it may not pay is held at approval and at release, and what another may pay is paid by it."""

from datetime import date, timedelta

import pytest

from huigong.audit.queries import history
from huigong.audit.tests.kept import kept
from huigong.circulars import parameters
from huigong.circulars.parameters import ParameterRow
from huigong.ledger import queries as ledger
from huigong.payments import actions as payments
from huigong.payments.models import Payment, PaymentBatch
from huigong.payments.queries import standing_against
from huigong.payments.tests.bank import hand_out
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.registry.models import Household
from huigong.studentaid import actions
from huigong.studentaid.fund_checks import refusals, sentence_of
from huigong.studentaid.models import Application, Award, Revocation
from huigong.studentaid.money_line import money_lines
from huigong.studentaid.other_help import could_pay, other_help
from huigong.studentaid.tests.forms_to_sign import later, put, sign, signed
from huigong.studentaid.tests.objected_to import answer, back, object_to, reply
from huigong.studentaid.tests.office import AFTER, MINUTES, WEI, Family
from huigong.values.sentence import SaidError

CASE, OTHER = "SA-450422-2017-00001", "SA-450422-2017-00002"
CITED = "总工发〔2015〕20号第四条"
FUND_RULE = "fund_rule"


@pytest.fixture
@kept
def hung(office):
    """Two families past their notice, both files of the national level."""
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("published")
    office.finance = office.officer("农", "finance")
    levels("全国级")
    return office


def levels(level, reference=None):
    rows = (
        Household.objects.filter(pk=Application.objects.get(reference=reference).household_id)
        if reference
        else Household.objects.all()
    )
    rows.update(enrolment_level=level)


def source(office):
    return FundSource.objects.get(code=office.circular.quota.fund_source)


def rule(office, rule="national_files", value=1, day=date(2017, 1, 1)):
    told = {"valid_from": day, "citation": CITED, "officer": "qin", "at": office.at}
    return quotas.keep_rule(source(office), rule, value, **told)


def dibao(office, fen=38_000):
    row = ParameterRow("dibao_line_month", office.city.code, fen, date(2015, 11, 1), "示例")
    parameters.keep_parameters([row], officer="qin", at=office.at)


def given(office, fen=5_000_000):
    """Another source with money of its own."""
    told = {"name": "社会捐助", "officer": "chen", "at": office.at}
    quotas.keep_source("donation-2017", kind="donation", **told)
    payments.provide(office.campaign, "donation-2017", fen, document="D1", **told)


def anew(office):
    told = {"officer": office.huang, "on": AFTER, "at": later(office)}
    return actions.ask_anew(office.campaign, office.circular, **told)


def standing():
    return {reference: [str(one) for one in reasons] for reference, reasons in standing_against([CASE, OTHER]).items()}


def test_central_money_for_a_local_file_is_held_at_approval_and_the_other_is_approved(hung):
    levels("市级", CASE)
    rule(hung)
    assert hung.approve() == 1
    assert (hung.case().status, hung.case(OTHER).status, standing()) == ("on_notice", "approved", {CASE: [FUND_RULE]})
    told = [one for one in history(CASE) if one.action == "fund.refused"]
    assert [one.payload["rule"] for one in told] == ["national_files"]


def test_a_level_that_nobody_wrote_down_refuses_nobody(hung):
    levels("", CASE)
    rule(hung)
    rule(hung, "student_months", 1)  # no dibao line of the place is kept
    assert hung.approve() == 2


def test_ten_months_of_the_line_for_a_student_to_the_fen(hung):
    rule(hung, "student_months", 10)
    dibao(hung, 29_999)  # ten months are 2,999.90, the award is 3,000
    assert (hung.approve(), standing()) == (0, {CASE: [FUND_RULE], OTHER: [FUND_RULE]})
    dibao_raised = ParameterRow("dibao_line_month", hung.city.code, 30_000, date(2017, 8, 1), "示例")
    parameters.keep_parameters([dibao_raised], officer="qin", at=hung.at)
    assert hung.approve() == 2
    assert standing() == {}


def test_twelve_months_for_a_household_count_its_children_one_after_the_other(sisters):
    assert (sisters.approve(), standing()) == (1, {OTHER: [FUND_RULE]})
    assert sisters.release() == 1
    assert sisters.approve() == 0  # what was paid counts as what was promised did


@pytest.fixture
@kept
def sisters(office):
    """Two students of one household past their notice; its cap is 4,560, which is one award of 3,000 and not two."""
    sister = {"姓名": "韦小雪", "身份证号码": Family(2).child}
    office.file(households=[WEI.household()], members=[WEI.member(), WEI.member(**sister)])
    office.send(WEI.row(), WEI.row(student_name="韦小雪", student_id_number=Family(2).child))
    office.carry("published")
    rule(office, "household_months", 12)
    dibao(office)
    return office


def test_money_that_came_back_counts_against_no_cap_and_the_new_fund_is_charged(sisters):
    hung, own, other = sisters, sisters.circular.quota.fund_source, "donation-2017"
    nong = hung.officer("农", "approver")
    given(hung)
    quotas.keep_rule(
        FundSource.objects.get(code=other), "household_months", 12,
        valid_from=date(2017, 1, 1), citation=CITED, officer="qin", at=hung.at,
    )  # fmt: skip

    def pay(fund, on):
        told = {"officer": hung.qin, "on": on, "at": later(hung), "only": {CASE}, "fund_source": fund}
        assert actions.approve(hung.campaign, hung.circular, MINUTES, **told) == 1
        assert hung.release(on=on) == 1

    def refused(on=AFTER):
        return [fund for fund in (own, other) if refusals(fund, [hung.case(OTHER)], on=on)]

    pay(own, AFTER)
    hand_out(PaymentBatch.objects.get(), officer=hung.chen, at=later(hung))
    objection = object_to(hung, assignee=nong)
    assert answer(hung, objection, "yes", by=nong, days=22) == "out"
    assert refused() == [own]  # asked back, and not here yet
    reply(hung, PaymentBatch.objects.get(), "成功")
    back(hung, Revocation.objects.get())
    assert refused() == []
    hung.carry("shared")
    hung.publish(from_day=AFTER)
    pay(other, date(2017, 9, 30))
    assert refused() == [other]
    assert refused(date(2018, 9, 30)) == []


def test_each_is_told_who_could_pay_it_though_not_both(sisters):
    own, cases = "another", [sisters.case(), sisters.case(OTHER)]
    given(sisters)
    payments.provide(
        sisters.campaign, source(sisters).code, 600_000, document="D2", name="示例", officer="chen", at=sisters.at
    )
    names = {one.code: one.name for one in FundSource.objects.all()}
    both = sorted(names.values())
    assert {one: sorted(told) for one, told in could_pay(own, cases, on=AFTER).items()} == {CASE: both, OTHER: both}
    counts = {one.source.code: one.count for one in other_help(own, cases, on=AFTER)}
    assert counts == {source(sisters).code: 1, "donation-2017": 2}


@pytest.mark.parametrize("gate", ["release", "again"])
def test_a_rule_that_came_after_approval_stops_the_payment(hung, gate):
    hung.approve()
    if gate == "again":
        hung.release()
        batch = PaymentBatch.objects.get()
        payments.undo_batch(batch, officer=hung.chen, at=later(hung) + timedelta(days=2))
    levels("市级", CASE)
    rule(hung)
    pay = (
        hung.release
        if gate == "release"
        else lambda: actions.pay_again(hung.campaign, officer=hung.chen, at=later(hung))
    )
    assert pay() == 1
    assert standing() == {CASE: [FUND_RULE]}


def test_mended_in_the_file_it_is_freed_by_asking_anew(hung):
    levels("市级")
    rule(hung)
    with pytest.raises(SaidError, match="现在没有公示期满"):
        put(hung)
    assert standing() == {CASE: [FUND_RULE], OTHER: [FUND_RULE]}  # there was nothing to write, and why is kept
    assert anew(hung) == 0
    levels("全国级", CASE)
    assert anew(hung) == 1
    assert signed(hung)[1] == 1


def test_the_sentence_names_the_rule_its_source_and_who_could_pay(hung):
    levels("市级", CASE)
    rule(hung)
    own, cases = hung.circular.quota.fund_source, [hung.case()]
    refusal = refusals(own, cases, on=AFTER)[CASE]
    assert "请先落实资金" in sentence_of(refusal, []).zh
    given(hung)
    others = [one.source.name for one in other_help(own, cases, on=AFTER)]
    told = sentence_of(refusal, others)
    for word in ("只给全国级建档的家庭", CITED, "档案是市级", "可以改由 社会捐助 付"):
        assert word in told.zh
    assert CITED in told.en


def test_what_the_fund_refuses_another_source_pays_out_of_its_own_account(hung):
    levels("市级", CASE)
    rule(hung)
    given(hung)
    anew(hung)
    other = put(hung, fund_source="donation-2017")
    assert list(other.lines.values_list("case_reference", flat=True)) == [CASE]
    assert signed(hung, other)[1] == 1
    assert Award.objects.get().fund_source == "donation-2017"
    assert ledger.balance("fund:donation-2017").available == 4_700_000
    assert signed(hung)[1] == 1
    assert hung.release() == 2
    assert set(PaymentBatch.objects.values_list("fund_source", "declared_fen")) == {
        ("donation-2017", 300_000),
        (hung.circular.quota.fund_source, 300_000),
    }


def test_another_source_is_not_overdrawn_and_its_own_rules_are_asked(hung):
    levels("市级", CASE)
    rule(hung)
    given(hung, 299_999)
    anew(hung)
    other = put(hung, fund_source="donation-2017")
    with pytest.raises(SaidError, match=r"还差 0\.01 元"):
        signed(hung, other)
    assert Award.objects.count() == 0


def test_a_form_whose_fund_refuses_every_case_says_which_rule(hung):
    form = put(hung)
    levels("市级")
    rule(hung)
    for who in (hung.huang, hung.finance):
        sign(hung, form, who)
    with pytest.raises(SaidError, match=CITED):
        sign(hung, form, hung.qin)


def goes_to_the_donations(hung):
    """The one that a rule holds goes back to the decision and is approved from the other source; the other one does not."""
    with pytest.raises(SaidError, match="没有因为资金规则暂停"):
        actions.revoke_for_another_fund(hung.case(OTHER), officer=hung.qin, at=later(hung))
    actions.revoke_for_another_fund(hung.case(), officer=hung.qin, at=later(hung))
    assert hung.case().status == "on_notice"
    other = put(hung, fund_source="donation-2017")
    assert signed(hung, other)[1] == 1


def test_approved_and_then_forbidden_it_goes_back_so_that_another_fund_pays_it(hung):
    hung.approve()
    levels("市级", CASE)
    rule(hung)
    given(hung)
    anew(hung)
    assert standing() == {CASE: [FUND_RULE]}
    goes_to_the_donations(hung)
    assert hung.release() == 2
    assert sorted(line.fund_source for line in money_lines(hung.campaign) if line.adds_up) == sorted(
        ["donation-2017", hung.circular.quota.fund_source]
    )


def test_failed_and_then_forbidden_it_goes_back_so_that_another_fund_pays_it(hung):
    hung.approve()
    hung.release()
    reply(hung, PaymentBatch.objects.get(), "失败", "成功")
    levels("市级", CASE)
    rule(hung)
    given(hung)
    assert actions.pay_again(hung.campaign, officer=hung.chen, at=later(hung)) == 0
    assert FUND_RULE in standing()[CASE]
    goes_to_the_donations(hung)
    assert hung.release() == 1
    assert Payment.objects.filter(case_reference=CASE).order_by("attempt").last().attempt == 2
