"""Would a campaign under this circular come to its end? Dates in order, an amount for everybody covered, a ranking that can be made.

What this finds would show only in the middle of a campaign: eligible children without an amount, a run that cannot rank.
"""

from collections.abc import Iterator

from huigong.rules import facts
from huigong.rules.circular import Circular
from huigong.rules.employed import GROUPS
from huigong.rules.facts import known
from huigong.rules.problems import Problem, at_entry

_BURDEN = frozenset({"children_in_school", "schooling_cost_fen"})
_COMPARED = frozenset({"int", "fen", "bool"})
_STUDENT_KINDS = tuple(facts.fact("student_kind").words or ())


def check(circular: Circular) -> Iterator[Problem]:
    """Everything of that kind that is wrong."""
    yield from _days(circular)
    yield from _levels(circular)
    yield from _amounts(circular)
    yield from _ranking(circular)
    yield from _indicators(circular)


def _days(circular: Circular) -> Iterator[Problem]:
    head = circular.head
    if head.last_day < head.first_day:
        yield at_entry(
            circular,
            "circular",
            0,
            "days_reversed",
            f"活动止（{head.last_day}）早于活动起（{head.first_day}）。",
            f"The last day ({head.last_day}) lies before the first ({head.first_day}).",
            key="last_day",
        )
    if circular.deadline is not None and circular.deadline < head.issued_on:
        yield at_entry(
            circular,
            "circular",
            0,
            "deadline_before_issue",
            f"报送截止（{circular.deadline}）早于成文日期（{head.issued_on}）。",
            f"The deadline ({circular.deadline}) lies before the day of issue ({head.issued_on}).",
            key="deadline",
        )


def _levels(circular: Circular) -> Iterator[Problem]:
    """The head and the criterion that refuses by level say the same levels, or files and decisions go different ways."""
    for number, use in enumerate(circular.criteria):
        given = use.parameters
        asks = (
            use.criterion == "one_of" and given.get("fact") == "education_level" and given.keys() == {"fact", "values"}
        )
        if asks and use.failing == "refused" and set(given["values"]) != set(circular.covered_levels):
            yield at_entry(
                circular,
                "criterion",
                number,
                "levels_differ",
                f"{use.name} 的就读阶段和文件头的 covered_levels 不一样。",
                f"The levels of {use.name} are not the covered_levels of the head.",
                key="values",
            )


def _amounts(circular: Circular) -> Iterator[Problem]:
    """One amount for each covered level and kind of student. A circular without any waits for its supplement."""
    taken: dict[tuple[str, str], str] = {}
    for number, amount in enumerate(circular.amounts):
        kinds = (amount.student_kind,) if amount.student_kind else _STUDENT_KINDS
        pairs = [(level, kind) for level in dict.fromkeys(amount.levels) for kind in kinds]
        if twice := next((pair for pair in pairs if pair in taken), None):
            yield at_entry(
                circular,
                "amount",
                number,
                "amount_twice",
                f"{amount.name} 和 {taken[twice]} 都给{_in_words(*twice)[0]}定了金额；要改金额，请用同一个 name。",
                f"{amount.name} and {taken[twice]} both lay down an amount for {_in_words(*twice)[1]}; to change one, use its name.",
                key="levels",
            )
        taken |= {pair: amount.name for pair in pairs if pair not in taken}
    by_kind = any(
        use.failing == "refused" and use.parameters.get("fact") == "student_kind" for use in circular.criteria
    )
    for level in circular.covered_levels if circular.amounts else ():
        lacking = [kind for kind in _STUDENT_KINDS if (level, kind) not in taken]
        # A criterion over the kind of student may refuse one of the two; nobody is left where both lack an amount.
        if lacking and not (by_kind and len(lacking) < len(_STUDENT_KINDS)):
            yield at_entry(
                circular,
                "amount",
                0,
                "amount_missing",
                f"{_in_words(level, lacking[0])[0]}在帮扶范围内，却没有定金额。",
                f"{_in_words(level, lacking[0])[1]} is covered, but no amount is laid down.",
                key="levels",
            )


def _in_words(level: str, kind: str) -> tuple[str, str]:
    (zh, en), (kind_zh, kind_en) = facts.in_words("education_level", level), facts.in_words("student_kind", kind)
    return f"{zh}（{kind_zh}）", f"{en} ({kind_en})"


def _ranking(circular: Circular) -> Iterator[Problem]:
    if circular.ranking is None:
        return
    asked = {key.fact for key in circular.ranking.keys}
    if not asked & _BURDEN:
        printed = circular.printed(circular.ranking.clause)
        yield at_entry(
            circular,
            "ranking",
            0,
            "income_alone",
            f"不看子女教育负担的排序不合{printed}：要有在学子女数（children_in_school）或教育费用（schooling_cost_fen）。",
            f"Ranking without education burden goes against {circular.ranking.clause}: children in school or schooling cost counts too.",
            key="keys",
        )
    for name in sorted(asked):
        if not known(name):
            said = "unknown_fact", f"没有叫 {name} 的事实。", f"There is no fact {name}."
        elif facts.fact(name).kind not in _COMPARED:
            said = (
                "not_ranked_by",
                f"不能按 {name}（{facts.fact(name).zh}）排序：它不是数，也不是是非。",
                f"Nothing can be ranked by {name}: it is neither a number nor yes or no.",
            )
        else:
            continue
        yield at_entry(circular, "ranking", 0, *said, key="keys")


def _indicators(circular: Circular) -> Iterator[Problem]:
    for number, one in enumerate(circular.indicators):
        for key, word in (("numerator", one.numerator), ("denominator", one.denominator)):
            if word not in GROUPS:
                yield at_entry(
                    circular,
                    "indicator",
                    number,
                    "unknown_group",
                    f"没有叫“{word}”的人数；可用：{'、'.join(GROUPS)}。",
                    f"No people are counted as “{word}”.",
                    key=key,
                )
