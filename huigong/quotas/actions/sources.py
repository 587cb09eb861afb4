"""Say what kind of money a source is, and keep its rules: dated, each with where it is written; a new one replaces by its day."""

from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.quotas.columns import RULE, SOURCE
from huigong.quotas.models import FundRule, FundSource
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def keep_source(code: str, *, name: str, kind: str, officer: str, at: datetime) -> FundSource:
    """The source of that code, opened where it is new; the same again changes nothing."""
    source, new = FundSource.objects.get_or_create(code=code, defaults={"name": name, "kind": FundSource.Kind(kind)})
    if not new and source.kind == kind:
        return source
    source.kind = FundSource.Kind(kind)
    source.save(update_fields=["kind"])
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
    made = FundRule(
        fund_source=source,
        rule=FundRule.Rule(rule),
        value=value,
        valid_from=valid_from,
        citation=citation.strip()[:200],
        kept_by=officer,
        at=at,
    )
    made.save(force_insert=True)
    told = {"rule": rule, "from": valid_from.isoformat(), "fund_rule": str(made.pk), "columns": RULE.told(made)}
    audit.record("fund_rule.kept", subject=f"fund:{source.code}", officer=officer, at=at, payload=told)
    return made
