"""资金规则把关: before money is committed, and again before it is handed to the bank, what its fund may not pay is held.

The hold says what the rules say now: mended in the file, raised by a new standard, or asked of another source, it goes.
"""

from collections.abc import Sequence
from datetime import date, datetime

from huigong.audit import actions as audit
from huigong.payments import actions as payments
from huigong.payments.models import Hold
from huigong.payments.queries import reasons_held
from huigong.studentaid.fund_checks import refusals
from huigong.studentaid.models import Application, Award


def hold_refused_by_fund(
    fund_source: str, cases: Sequence[Application], *, officer: str, on: date, at: datetime
) -> None:
    """Hold whom the rules of this source refuse, and free whom they refused before. Inside the caller's transaction."""
    refused = refusals(fund_source, cases, on=on)
    held = {
        reference
        for reference, reason in reasons_held(one.reference for one in cases)
        if reason == Hold.Reason.FUND_RULE
    }
    for reference in sorted(refused.keys() - held):
        payments.hold(reference, reason=Hold.Reason.FUND_RULE, officer=officer, at=at)
        rule = refused[reference].rule
        told = {"fund": fund_source, "rule": rule.rule, "fund_rule": str(rule.pk)}
        audit.record("fund.refused", subject=reference, officer=officer, at=at, payload=told)
    for reference in sorted(held - refused.keys()):
        payments.lift(reference, reason=Hold.Reason.FUND_RULE, officer=officer, at=at)


def hold_awards_refused_by_fund(awards: Sequence[Award], *, officer: str, on: date, at: datetime) -> None:
    """As above, each award by the rules of the source that it was approved from."""
    for source in sorted({award.fund_source for award in awards}):
        cases = [award.application for award in awards if award.fund_source == source]
        hold_refused_by_fund(source, cases, officer=officer, on=on, at=at)
