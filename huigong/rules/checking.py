"""Hold a circular against itself: citations, rules that nothing cites, who may refuse, ranking, examples.

A circular with a problem cannot be published.
"""

from collections.abc import Iterator

from huigong.rules import campaign_checking, criteria, facts, quota_table
from huigong.rules.circular import Circular, Example, Use
from huigong.rules.deciding import decide
from huigong.rules.entitlement import entitlement
from huigong.rules.facts import known
from huigong.rules.problems import Problem, at_entry
from huigong.values import money

_BREAKS_EXAMPLES = {"doubled", "unknown_fact", "wrong_fact", "wrong_given"}


def check(circular: Circular) -> list[Problem]:
    """Everything that is wrong, in the order of the files. An empty list: it may be published."""
    found = [
        *_doubled(circular),
        *_unknown_facts(circular),
        *_wrong_facts(circular),
        *_wrong_levels(circular),
        *_citations(circular),
        *_uncited_rules(circular),
        *_refusals(circular),
        *_room(circular),
        *campaign_checking.check(circular),
        *_chosen(circular),
        *_quota(circular),
        *_given(circular),
    ]
    # Examples are decided with the criteria: that needs names that are unique, and facts that exist and fit.
    broken = any(problem.sentence.code in _BREAKS_EXAMPLES for problem in found)
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
    if circular.routing is not None:
        yield circular.routing.forms_clause, "routing", 0
        yield circular.routing.files_clause, "routing", 0
    for clause in circular.plans.room if circular.plans else ():
        yield clause, "county_plan", 0
    for table, single in (
        ("county_plan", circular.plans),
        ("ranking", circular.ranking),
        ("quota", circular.quota),
        ("public_notice", circular.notice),
        ("form", circular.form),
    ):
        if single is not None:
            yield single.clause, table, 0


_KEEPS_NOTHING = frozenset({"interpretation", "routing", "county_plan"})
"""Tables that cite a clause without keeping it."""


def _citations(circular: Circular) -> Iterator[Problem]:
    for clause, table, number in cited(circular):
        if clause and clause not in circular.clause:
            yield at_entry(
                circular,
                table,
                number,
                "clause_missing",
                f"引用了“{clause}”，通知里没有这一条。",
                f"“{clause}” is cited, but the circular has no such clause.",
                key="clause",
            )


def _uncited_rules(circular: Circular) -> Iterator[Problem]:
    used = {clause for clause, table, _ in cited(circular) if table not in _KEEPS_NOTHING}
    for number, clause in enumerate(circular.clauses):
        if clause.force == "rule" and clause.id not in used:
            yield at_entry(
                circular,
                "clause",
                number,
                "rule_not_cited",
                f"{clause.id} 是规定，却没有一处落实它：请加判断，或用 [[procedure]] 写明在哪一步做。",
                f"{clause.id} is a rule that nothing cites: add a criterion, or a [[procedure]] that says which step keeps it.",
            )


def _room(circular: Circular) -> Iterator[Problem]:
    """What is carried out for the whole city cannot be left to a county's plan."""
    kept = {clause for clause, table, _ in cited(circular) if table not in _KEEPS_NOTHING}
    for clause in circular.plans.room if circular.plans else ():
        if clause in kept:
            yield at_entry(
                circular,
                "county_plan",
                0,
                "room_is_kept",
                f"{clause} 由系统替全市执行，不能同时留给县里的实施方案另定。",
                f"{clause} is carried out for the whole city: it cannot be left to a county's plan as well.",
                key="room",
            )


def _refusals(circular: Circular) -> Iterator[Problem]:
    for number, use in enumerate(circular.criteria):
        clause = circular.clause.get(use.clause)
        if use.failing == "refused" and clause is not None and clause.force != "rule":
            yield at_entry(
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
                yield at_entry(
                    circular,
                    "criterion",
                    number,
                    "unknown_fact",
                    f"没有叫 {name} 的事实；说不清的请用 officer_confirms 和 confirmed_… 。",
                    f"There is no fact {name}; what cannot be said becomes officer_confirms with a confirmed_… fact.",
                )


def _wrong_facts(circular: Circular) -> Iterator[Problem]:
    for number, use in enumerate(circular.criteria):
        for key, name in misfits(use):
            words = "、".join(facts.fact(name).words or ())
            choices = f"可用：{words}" if words else f"它是 {facts.fact(name).kind}"
            yield at_entry(
                circular,
                "criterion",
                number,
                "wrong_fact",
                f"{use.criterion} 的 {key} 与事实 {name}（{facts.fact(name).zh}）不合；{choices}。",
                f"{key} of {use.criterion} does not fit the fact {name} ({facts.fact(name).kind}).",
                key=key,
            )


def misfits(use: Use) -> Iterator[tuple[str, str]]:
    """Parameters of a use, with the fact that each does not fit: another kind of fact, or a word that it never says."""
    word, given = criteria.VOCABULARY[use.criterion], use.parameters
    for key, kinds in {**word.asks, criteria.UNLESS: frozenset({"bool"})}.items():
        named = given.get(key, [])
        for name in named if isinstance(named, list) else [named]:
            if known(name) and facts.fact(name).kind not in kinds:
                yield key, name
    for key, of in (("values", "fact"), ("equals", "where")):
        if key in given and known(given[of]):
            values = given[key] if isinstance(given[key], list) else [given[key]]
            if not all(facts.fits(given[of], value) for value in values):
                yield key, given[of]
    both = [given[key] for key in ("fact", "other") if "other" in given]
    if both and all(map(known, both)) and len({facts.fact(name).kind for name in both}) > 1:
        yield "other", both[1]


def _wrong_levels(circular: Circular) -> Iterator[Problem]:
    lists = [("circular", 0, "covered_levels", circular.covered_levels)]
    lists += [("amount", number, "levels", amount.levels) for number, amount in enumerate(circular.amounts)]
    for table, number, key, levels in lists:
        for level in levels:
            if not facts.fits("education_level", level):
                yield at_entry(
                    circular,
                    table,
                    number,
                    "wrong_level",
                    f"没有叫“{level}”的就读阶段；可用：{'、'.join(facts.fact('education_level').words or ())}。",
                    f"There is no education level “{level}”.",
                    key=key,
                )


def _quota(circular: Circular) -> Iterator[Problem]:
    if circular.quota is None:
        return
    file = circular.quota.file
    if file not in circular.texts:
        yield at_entry(
            circular, "quota", 0, "file_missing", f"找不到文件 {file}。", f"There is no file {file}.", key="file"
        )
        return
    yield from quota_table.read(file, circular.texts[file]).problems


def _given(circular: Circular) -> Iterator[Problem]:
    for number, example in enumerate(circular.examples):
        for name, value in example.given.items():
            if not known(name) or not facts.fits(name, value):
                yield at_entry(
                    circular,
                    "example",
                    number,
                    "wrong_given",
                    f"例子“{example.title}”里的 {name} = {value} 不对：没有这个事实，或取不了这个值。",
                    f"{name} = {value} in an example: there is no such fact, or it cannot have this value.",
                    key="given",
                )
        for name in set(example.failed) - {use.name for use in circular.criteria}:
            yield at_entry(
                circular,
                "example",
                number,
                "unknown_failed",
                f"例子“{example.title}”说没过 {name}，通知里没有这个判断。",
                f"An example expects {name} to fail, but the circular has no such criterion.",
                key="failed",
            )


def _doubled(circular: Circular) -> Iterator[Problem]:
    for table, names in (
        ("clause", [clause.id for clause in circular.clauses]),
        ("criterion", [use.name for use in circular.criteria]),
        ("amount", [amount.name for amount in circular.amounts]),
        ("indicator", [indicator.name for indicator in circular.indicators]),
        ("interpretation", [interpretation.id for interpretation in circular.interpretations]),
        ("example", [example.title for example in circular.examples]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield at_entry(circular, table, number, "doubled", f"“{name}”出现了两次。", f"“{name}” stands twice.")


def _chosen(circular: Circular) -> Iterator[Problem]:
    """An interpretation that chooses a reading names an indicator of a clause that it is about."""
    clauses = {one.name: one.clause for one in circular.indicators}
    for number, one in enumerate(circular.interpretations):
        if one.chooses and clauses.get(one.chooses) not in one.clauses:
            yield at_entry(
                circular,
                "interpretation",
                number,
                "unknown_choice",
                f"口径“{one.id}”定的算法 {one.chooses} 不是它所说条款的目标。",
                f"The interpretation “{one.id}” chooses {one.chooses}, which is no indicator of its clauses.",
                key="chooses",
            )


def _examples(circular: Circular) -> Iterator[Problem]:
    for number, example in enumerate(circular.examples):
        if wrong := _example(circular, example):
            yield at_entry(
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
