"""Hold a circular against itself: citations, rules that nothing cites, who may refuse, ranking, examples.

A circular with a problem cannot be published.
"""

import tomllib
from collections.abc import Iterator

from huigong.rules import loading
from huigong.rules.circular import Circular, Example
from huigong.rules.deciding import decide
from huigong.rules.entitlement import entitlement
from huigong.rules.facts import known
from huigong.rules.problems import Lines, Problem, problem
from huigong.values import money

_INCOME_FACTS = {"income_per_head_fen", "annual_income_fen"}


def check(circular: Circular) -> list[Problem]:
    """Everything that is wrong, in the order of the files. An empty list: it may be published."""
    found = [
        *_doubled(circular),
        *_unknown_facts(circular),
        *_citations(circular),
        *_uncited_rules(circular),
        *_refusals(circular),
        *_ranking(circular),
    ]
    # Examples are decided with the criteria: that needs names that are unique and facts that exist.
    broken = any(problem.sentence.code in {"doubled", "unknown_fact"} for problem in found)
    return found if broken else [*found, *_examples(circular)]


def cited(circular: Circular) -> Iterator[tuple[str, str, int]]:
    """Every citation: clause, table, and which of that table."""
    for table, clauses in (
        ("criterion", [use.clause for use in circular.criteria]),
        ("amount", [amount.clause for amount in circular.amounts]),
        ("indicator", [indicator.clause for indicator in circular.indicators]),
    ):
        for number, clause in enumerate(clauses):
            yield clause, table, number
    for number, (clause, _) in enumerate(circular.procedures):
        yield clause, "procedure", number
    for number, interpretation in enumerate(circular.interpretations):
        for clause in interpretation.clauses:
            yield clause, "interpretation", number
    for table, single in (
        ("ranking", circular.ranking),
        ("quota", circular.quota),
        ("public_notice", circular.notice),
        ("form", circular.form),
    ):
        if single is not None:
            yield single.clause, table, 0


def _citations(circular: Circular) -> Iterator[Problem]:
    for clause, table, number in cited(circular):
        if clause and clause not in circular.clause:
            yield _at(
                circular,
                table,
                number,
                "clause_missing",
                f"引用了“{clause}”，通知里没有这一条。",
                f"“{clause}” is cited, but the circular has no such clause.",
                key="clause",
            )


def _uncited_rules(circular: Circular) -> Iterator[Problem]:
    used = {clause for clause, table, _ in cited(circular) if table != "interpretation"}
    for number, clause in enumerate(circular.clauses):
        if clause.force == "rule" and clause.id not in used:
            yield _at(
                circular,
                "clause",
                number,
                "rule_not_cited",
                f"{clause.id} 是规定，却没有一处落实它：请加判断，或用 [[procedure]] 写明在哪一步做。",
                f"{clause.id} is a rule that nothing cites: add a criterion, or a [[procedure]] that says which step keeps it.",
            )


def _refusals(circular: Circular) -> Iterator[Problem]:
    for number, use in enumerate(circular.criteria):
        clause = circular.clause.get(use.clause)
        if use.failing == "refused" and clause is not None and clause.force != "rule":
            yield _at(
                circular,
                "criterion",
                number,
                "not_a_rule",
                f"{use.clause} 的效力是 {clause.force}，不能据此不予通过；目标和优先都不拒绝人。",
                f"{use.clause} is a {clause.force}: only a rule may refuse a person.",
                key="failing",
            )


def _unknown_facts(circular: Circular) -> Iterator[Problem]:
    for number, use in enumerate(circular.criteria):
        for name in use.reads():
            if not known(name):
                yield _at(
                    circular,
                    "criterion",
                    number,
                    "unknown_fact",
                    f"没有叫 {name} 的事实；说不清的请用 officer_confirms 和 confirmed_… 。",
                    f"There is no fact {name}; what cannot be said becomes officer_confirms with a confirmed_… fact.",
                )


def _doubled(circular: Circular) -> Iterator[Problem]:
    for table, names in (
        ("clause", [clause.id for clause in circular.clauses]),
        ("criterion", [use.name for use in circular.criteria]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield _at(circular, table, number, "doubled", f"“{name}”出现了两次。", f"“{name}” stands twice.")


def _ranking(circular: Circular) -> Iterator[Problem]:
    if circular.ranking is None:
        return
    facts = {key.fact for key in circular.ranking.keys}
    if facts <= _INCOME_FACTS:
        printed = circular.printed(circular.ranking.clause)
        yield _at(
            circular,
            "ranking",
            0,
            "income_alone",
            f"只按收入排序不合{printed}：还要看子女教育负担（在学子女数、教育费用）。",
            f"Ranking by income alone goes against {circular.ranking.clause}: education burden counts too (children in school, schooling cost).",
            key="keys",
        )
    for name in sorted(facts):
        if not known(name):
            yield _at(
                circular,
                "ranking",
                0,
                "unknown_fact",
                f"没有叫 {name} 的事实。",
                f"There is no fact {name}.",
                key="keys",
            )


def _examples(circular: Circular) -> Iterator[Problem]:
    for number, example in enumerate(circular.examples):
        if wrong := _example(circular, example):
            yield _at(
                circular,
                "example",
                number,
                "example_fails",
                f"例子“{example.title}”不对：{wrong[0]}。",
                f"The example “{example.title}” fails: {wrong[1]}.",
                key="verdict",
            )


def _example(circular: Circular, example: Example) -> tuple[str, str] | None:
    decision = decide(circular, example.given)
    if decision.verdict != example.verdict:
        return (
            f"应为 {example.verdict}，得到 {decision.verdict}（{'、'.join(decision.failed)}）",
            f"expected {example.verdict}, got {decision.verdict} ({', '.join(decision.failed)})",
        )
    if example.failed and set(example.failed) != set(decision.failed):
        return (
            f"应当没过 {'、'.join(example.failed)}，得到 {'、'.join(decision.failed)}",
            f"expected {', '.join(example.failed)} not to be met, got {', '.join(decision.failed)}",
        )
    if (
        example.amount_yuan is not None
        and circular.amounts
        and entitlement(circular, example.given).fen != money.yuan(example.amount_yuan)
    ):
        return f"金额应为 {example.amount_yuan} 元", f"expected {example.amount_yuan} yuan"
    return None


def _at(circular: Circular, table: str, number: int, code: str, zh: str, en: str, *, key: str = "") -> Problem:
    """A problem at the number-th table of that name, counted through the main text and the supplements."""
    names = [loading.MAIN, *(name for name in circular.texts if name != loading.MAIN)]
    for name in names:
        if not name.endswith(".toml"):
            continue
        entries = tomllib.loads(circular.texts[name]).get(table, [])
        here = len(entries) if isinstance(entries, list) else 1 if entries else 0
        if number < here:
            return problem(name, Lines(circular.texts[name]).of(table, number, key), code, zh, en)
        number -= here
    return problem(loading.MAIN, 1, code, zh, en)
