"""Say what kind of money a source is, and keep its rules: dated, each with where it is written; a new one replaces by its day.

What refuses less than before counts from tomorrow at the earliest, and money of the autonomous region stays that once places of
it were issued (五(四), decision 464).
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.quotas.columns import RULE, SOURCE
from huigong.quotas.models import Allotment, FundRule, FundSource
from huigong.quotas.queries import standing_rules
from huigong.rules.fund_rules import is_weaker
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@transaction.atomic
def keep_source(code: str, *, name: str, kind: str, officer: str, at: datetime, citation: str = "") -> FundSource:
    """The source of that code, opened where it is new; the same again changes nothing. Raises SaidError where it may not."""
    source, new = FundSource.objects.get_or_create(code=code, defaults={"name": name, "kind": FundSource.Kind(kind)})
    if not new and source.kind == kind:
        return source
    _refuse_to_leave_the_region(source, kind)
    source.kind, source.citation = FundSource.Kind(kind), whole(citation, 200, "出处", "the source")
    source.save(update_fields=["kind", "citation"])
    told = {"fund": code, "kind": kind, "source": SOURCE.told(source)}
    audit.record("source.kept", subject=f"fund:{code}", officer=officer, at=at, payload=told)
    return source


@transaction.atomic
def keep_rule(
    source: FundSource, rule: str, value: int, *, valid_from: date, citation: str, officer: str, at: datetime
) -> FundRule:
    """A rule from a day on; value 0 ends it. Raises SaidError without a citation, or where another stands from that day."""
    if not citation.strip():
        raise SaidError(
            Sentence(
                "rule_without_source",
                "请写出处：哪份文件、第几条。",
                "Say where it is written: which paper, which article.",
            )
        )
    kept = FundRule.objects.filter(fund_source=source, rule=rule, valid_from=valid_from).first()
    if kept is not None and kept.value == value:
        return kept
    if kept is not None:
        raise SaidError(
            Sentence(
                "rule_stands",
                f"从 {valid_from} 起的这一条已有，定了不改；有新规定请写新的起始日。",
                f"This rule stands from {valid_from} on and is not changed: give a new first day.",
            )
        )
    _refuse_weaker_today(source, rule, value, valid_from=valid_from, today=timezone.localdate(at))
    made = FundRule(
        fund_source=source,
        rule=FundRule.Rule(rule),
        value=value,
        valid_from=valid_from,
        citation=whole(citation, 200, "出处", "the source"),
        kept_by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"rule": rule, "from": valid_from.isoformat(), "fund_rule": str(made.pk), "columns": RULE.told(made)}
    audit.record("fund_rule.kept", subject=f"fund:{source.code}", officer=officer, at=at, payload=told)
    return made


def _refuse_to_leave_the_region(source: FundSource, kind: str) -> None:
    region, used = FundSource.Kind.REGION, Allotment.objects.filter(fund_source=source)
    if source.kind == region and kind != region and used.exists():
        raise SaidError(
            Sentence(
                "source_stays_regional",
                f"{source.name}是自治区（省）资金，名额已经下达，性质不再改：改了，五(四)就管不到已经下达的钱。"
                "真是另一种钱的，请财务按拨款文件另开一个来源。",
                f"{source.name} is money of the autonomous region and places of it were issued: it stays that, or 五(四) would "
                "no more hold. Is it other money, let finance open another source by its paper.",
            )
        )


def _refuse_weaker_today(source: FundSource, rule: str, value: int, *, valid_from: date, today: date) -> None:
    """Raises SaidError where a rule would end or ask less from today on, or from a day gone by."""
    now = next((one.value for one in standing_rules(source, on=today) if one.rule == rule), 0)
    if valid_from > today or not is_weaker(rule, value, now):
        return
    raise SaidError(
        Sentence(
            "rule_weaker_today",
            f"还没有记：这样比现行的规则松，放松的最早从明天起（今天是 {today}），好让别人先看到。请改起始日。",
            f"Not noted: this asks less than the rule in force, and that counts from tomorrow at the earliest (today is {today}), "
            "so that others see it first. Give a later first day.",
        )
    )
