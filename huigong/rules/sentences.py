"""What a criterion says about one application: the fact, the limit in words, the clause as the document prints it.

Step "decided" of the way: every finding carries one of these, in Chinese and in English.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from huigong.rules.circular import Circular, Use
from huigong.rules.criteria import UNLESS
from huigong.rules.facts import Facts, fact, in_words
from huigong.values import money
from huigong.values.sentence import Sentence

MET, NOT_MET, CURABLE, UNKNOWN = "met", "not_met", "curable", "unknown"
Parameters = Mapping[str, Any]
Pair = tuple[str, str]
NOTHING: Pair = ("", "")
# What a sentence says where a person has to decide; who says so in front of it need not say it again.
A_LEADER_DECIDES = "，请负责人定"


@dataclass(frozen=True, slots=True)
class Shown:
    """The side of a criterion that people are shown: which fact, its value, the limit, and both in words."""

    fact: str
    value: Any
    threshold: Any
    words: Pair
    limit: Pair = NOTHING


def shown(use: Use, facts: Facts, *, met: bool | None) -> Shown:
    """What to show of one use of a criterion; `met` picks the fact that decided where there are several."""
    if use.criterion in _MEASURED:
        return _MEASURED[use.criterion](use.parameters, facts)
    if "facts" in use.parameters:
        return _deciding_fact(use, facts, met=met)
    name = use.reads()[0]
    value = facts.get(name)
    threshold, limit = _LIMITS.get(use.criterion, _no_limit)(use.parameters, facts)
    if met and use.criterion == "none_of":
        limit = NOTHING  # what a value is not needs no telling once it is not
    return Shown(name, value, threshold, in_words(name, value), limit)


def sentence(circular: Circular, use: Use, facts: Facts, side: Shown, outcome: str, *, settled: bool) -> Sentence:
    """The one sentence of a finding. `settled`: met only because an officer settled it."""
    told = {"clause": use.clause, "outcome": outcome, "value": plain(side.value), "threshold": _flat(side.threshold)}
    zh, en = _words(circular, use, facts, side, outcome, settled=settled)
    return Sentence(f"{use.name}.{outcome}", zh.strip(), en.strip(), told)


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, list | tuple) else value


def _words(circular: Circular, use: Use, facts: Facts, side: Shown, outcome: str, *, settled: bool) -> Pair:
    printed, clause = circular.printed(use.clause), use.clause
    head_zh, head_en = f"{use.label}：{side.words[0]}{side.limit[0]}", f"{use.label_en}: {side.words[1]}{side.limit[1]}"
    where = use.parameters.get("where")
    if where and facts.get(where) not in {None, use.parameters["equals"]}:
        zh, en = in_words(where, facts.get(where))
        return (
            f"{use.label}：{fact(where).zh}为“{zh}”，{printed}不要求。",
            f"{use.label_en}: {fact(where).en} is “{en}”, so {clause} does not ask for it.",
        )
    if settled:
        by = fact(use.parameters[UNLESS])
        return f"{head_zh}；{by.zh}（{printed}）。", f"{head_en}; {by.en} ({clause})."
    if outcome == MET:
        return f"{head_zh}，符合{printed}。", f"{head_en}; {clause} is met."
    if outcome == UNKNOWN:
        return _unknown(use, facts, printed)
    return {
        "curable": (
            f"{head_zh}。按{printed}还要补：{use.remedy}",
            f"{head_en}. {clause} still asks: {use.remedy_en}",
        ),
        "to_settle": (
            f"{head_zh}，与{printed}不合{A_LEADER_DECIDES}。{use.remedy}",
            f"{head_en}; by {clause} a named leader decides. {use.remedy_en}",
        ),
        "refused": (f"{head_zh}，不符合{printed}。{use.remedy}", f"{head_en}; {clause} is not met. {use.remedy_en}"),
        "look": (f"{head_zh}，请看一眼。{use.remedy}", f"{head_en}; please look once. {use.remedy_en}"),
    }[use.failing]


def _unknown(use: Use, facts: Facts, printed: str) -> Pair:
    """What is missing. Only a curable shortfall's remedy says how to supply it; the others speak of a known value."""
    if question := use.parameters.get("question"):
        return f"{printed}要经办人核实：{question}", f"{use.clause} asks an officer: {use.parameters['question_en']}"
    if use.failing == "look":
        return f"{use.label}：没有可比的，不影响结论。", f"{use.label_en}: nothing to compare; it changes nothing."
    missing = [fact(name) for name in use.reads() if name != use.parameters.get(UNLESS) and facts.get(name) is None]
    zh, en = "、".join(one.zh for one in missing), ", ".join(one.en for one in missing)
    told_zh, told_en = (use.remedy, use.remedy_en) if use.failing == "curable" else ("请核实补上。", "Please find out.")
    return (
        f"{use.label}：还不清楚（{zh}），{printed}要看这一项。{told_zh}",
        f"{use.label_en}: not known yet ({en}), and {use.clause} asks for it. {told_en}",
    )


def _deciding_fact(use: Use, facts: Facts, *, met: bool | None) -> Shown:
    """Of several flags, the first that decided: the false one of “all”, the true one of “none”, the open one."""
    names = list(use.parameters["facts"])
    decided = {("all_true", False): False, ("none_true", False): True, ("any_true", True): True}
    wanted = None if met is None else decided.get((use.criterion, met))
    decisive = (
        next((name for name in names if facts.get(name) is wanted), None) if met is None or wanted is not None else None
    )
    if decisive is None:
        labels_zh, labels_en = "、".join(fact(name).zh for name in names), ", ".join(fact(name).en for name in names)
        every = {"all_true": ("都有", "all so"), "none_true": ("都没有", "none so"), "any_true": ("都没有", "none so")}
        words = every[use.criterion]
        return Shown(names[0], facts.get(names[0]), None, (f"{labels_zh}{words[0]}", f"{labels_en}: {words[1]}"))
    zh, en = in_words(decisive, facts.get(decisive))
    label = fact(decisive)
    return Shown(decisive, facts.get(decisive), None, (f"{label.zh}：{zh}", f"{label.en}: {en}"))


def _no_limit(_p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    return None, NOTHING


def _listed(name: str, values: Iterable[Any]) -> Pair:
    pairs = [in_words(name, value) for value in values]
    return "、".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs)


def _until(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["fact"], p["day"])
    return p["day"], (f"（截止{zh}，当天算在内）", f" (last day, included: {en})")


def _from(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["fact"], p["day"])
    return p["day"], (f"（自{zh}起，当天算在内）", f" (first day, included: {en})")


def _between(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    first, last = in_words(p["fact"], p["first_day"]), in_words(p["fact"], p["last_day"])
    return p["last_day"], (f"（{first[0]}至{last[0]}，当天算在内）", f" ({first[1]} to {last[1]}, both included)")


def _no_more(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["fact"], p["value"])
    return p["value"], (f"（不超过{zh}）", f" (at most {en})")


def _no_less(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["fact"], p["value"])
    return p["value"], (f"（不少于{zh}）", f" (at least {en})")


def _within(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = _listed(p["fact"], p["values"])
    return p["values"], (f"（范围：{zh}）", f" (covered: {en})")


def _excluded(p: Parameters, _facts: Facts) -> tuple[Any, Pair]:
    zh, en = _listed(p["fact"], p["values"])
    return p["values"], (f"（不能是：{zh}）", f" (not: {en})")


def _other_most(p: Parameters, facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["other"], facts.get(p["other"]))
    other = fact(p["other"])
    return facts.get(p["other"]), (f"（不超过{other.zh}{zh}）", f" (at most {other.en}, {en})")


def _other_same(p: Parameters, facts: Facts) -> tuple[Any, Pair]:
    zh, en = in_words(p["other"], facts.get(p["other"]))
    other = fact(p["other"])
    return facts.get(p["other"]), (f"（{other.zh}：{zh}）", f" ({other.en}: {en})")


_LIMITS: Mapping[str, Callable[[Parameters, Facts], tuple[Any, Pair]]] = {
    "on_or_before": _until,
    "on_or_after": _from,
    "between_days": _between,
    "at_most": _no_more,
    "at_least": _no_less,
    "one_of": _within,
    "one_of_where": _within,
    "none_of": _excluded,
    "at_most_fact": _other_most,
    "same_as_fact": _other_same,
}


def _numbers(p: Parameters, facts: Facts, *names: str) -> list[int] | None:
    """The whole numbers behind these parameters, or None while one is not known."""
    values = [facts.get(p[name]) for name in names]
    return [int(value) for value in values if isinstance(value, int)] if None not in values else None


def _income(p: Parameters, facts: Facts) -> Shown:
    return _against_lines(p, facts, facts.get(p["income"]), ("", ""))


def _income_after_essentials(p: Parameters, facts: Facts) -> Shown:
    sides = _numbers(p, facts, "income", "essentials")
    return _against_lines(
        p, facts, sides[0] - sides[1] if sides else None, ("扣除刚性支出后", ", after essential expenditure")
    )


def _against_lines(p: Parameters, facts: Facts, value: Any, after: Pair) -> Shown:
    """Yearly income of the household against the dibao line for a year and all its people: multiplied, never divided."""
    zh, en = in_words(p["income"], value)
    words = f"{after[0]}{zh}", f"{en}{after[1]}"
    sides = _numbers(p, facts, "line", "size")
    if sides is None:
        return Shown(p["income"], value, None, words)
    line, size = sides
    threshold = line * size * 12 * p["percent"] // 100
    month, whole = money.for_people(line), money.for_people(threshold)
    return Shown(
        p["income"],
        value,
        threshold,
        words,
        (
            f"（标准：低保每月{month}元×12个月×{size}人×{p['percent']}%＝{whole}元）",
            f" (limit: dibao line {month} yuan a month × 12 × {size} people × {p['percent']} % = {whole} yuan)",
        ),
    )


def _cost_share(p: Parameters, facts: Facts) -> Shown:
    cost, income = facts.get(p["cost"]), facts.get(p["income"])
    words = in_words(p["cost"], cost)
    if not isinstance(income, int):
        return Shown(p["cost"], cost, None, words)
    threshold = income * p["percent"] // 100
    zh, en = in_words(p["income"], income)
    whole = money.for_people(threshold)
    return Shown(
        p["cost"],
        cost,
        threshold,
        words,
        (f"（年收入{zh}的{p['percent']}%是{whole}元）", f" ({p['percent']} % of the income, {en}, is {whole} yuan)"),
    )


_MEASURED: Mapping[str, Callable[[Parameters, Facts], Shown]] = {
    "income_within_lines": _income,
    "income_after_essentials_within_lines": _income_after_essentials,
    "cost_share_above": _cost_share,
}


def _flat(value: Any) -> str | int | bool | None:
    value = plain(value)
    return ",".join(map(str, value)) if isinstance(value, list) else value
