"""The closed vocabulary of a circular: each criterion is one narwhals expression over columns of facts.

The same line decides one application, a city's batch and millions of households. An expression gives true (met), false
(not met) or null (unknown). Criteria multiply, never divide; money is in fen. A released criterion never changes its
meaning: a new meaning is a new name, and VERSION says which vocabulary a decision was made under.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import narwhals as nw

VERSION = "1"
Parameters = Mapping[str, Any]
# narwhals types the operators of its expressions as Any.
Expression = Callable[[Parameters], Any]


_BOOL = frozenset({"bool"})
_TEXT = frozenset({"text"})
_DATE = frozenset({"date"})
_FEN = frozenset({"fen"})
_INT = frozenset({"int"})
_NUMBER = _INT | _FEN
_ANY = _BOOL | _TEXT | _DATE | _NUMBER
_WHERE = _BOOL | _TEXT
# Words that every criterion knows besides its own: the fact of an officer's settlement that stands against a shortfall.
UNLESS = "unless"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One word of the vocabulary.

    `asks` names the parameters that name facts, with the kinds of fact that each may name (the first is the fact that a
    finding shows); `parameters` maps the others to the Python types that a circular may give. `threshold` is the
    parameter that a finding shows as its limit.
    """

    name: str
    expression: Expression
    zh: str
    en: str
    asks: Mapping[str, frozenset[str]]
    parameters: Mapping[str, tuple[type, ...]] = field(default_factory=dict)
    threshold: str = ""

    def reads(self, given: Parameters) -> list[str]:
        """The facts that this use of it reads."""
        named = [given[key] for key in (*self.asks, UNLESS) if given.get(key)]
        return [name for value in named for name in (value if isinstance(value, list | tuple) else [value])]


VOCABULARY: dict[str, Criterion] = {}


def _word(
    name: str,
    zh: str,
    en: str,
    *,
    asks: Mapping[str, frozenset[str]],
    threshold: str = "",
    **parameters: tuple[type, ...],
) -> Callable[[Expression], Expression]:
    def add(expression: Expression) -> Expression:
        VOCABULARY[name] = Criterion(name, expression, zh, en, asks, parameters, threshold)
        return expression

    return add


@_word("is_true", "是", "is so", asks={"fact": _BOOL})
def _is_true(p: Parameters) -> Any:
    return nw.col(p["fact"])


@_word("is_false", "不是", "is not so", asks={"fact": _BOOL})
def _is_false(p: Parameters) -> Any:
    return ~nw.col(p["fact"])


@_word("all_true", "样样都有", "all are so", asks={"facts": _BOOL})
def _all_true(p: Parameters) -> Any:
    return nw.all_horizontal(*p["facts"], ignore_nulls=False)


@_word("any_true", "至少有一样", "at least one is so", asks={"facts": _BOOL})
def _any_true(p: Parameters) -> Any:
    return nw.any_horizontal(*p["facts"], ignore_nulls=False)


@_word("none_true", "一样也没有", "none is so", asks={"facts": _BOOL})
def _none_true(p: Parameters) -> Any:
    return ~nw.any_horizontal(*p["facts"], ignore_nulls=False)


@_word("one_of", "在范围内", "is one of", asks={"fact": _TEXT}, threshold="values", values=(list,))
def _one_of(p: Parameters) -> Any:
    column = nw.col(p["fact"])
    return nw.when(~column.is_null()).then(column.is_in(p["values"]))


@_word("none_of", "不在排除之列", "is none of", asks={"fact": _TEXT}, threshold="values", values=(list,))
def _none_of(p: Parameters) -> Any:
    column = nw.col(p["fact"])
    return nw.when(~column.is_null()).then(~column.is_in(p["values"]))


@_word("on_or_before", "不晚于", "is on or before", asks={"fact": _DATE}, threshold="day", day=(date,))
def _on_or_before(p: Parameters) -> Any:
    return nw.col(p["fact"]) <= p["day"]


@_word("on_or_after", "不早于", "is on or after", asks={"fact": _DATE}, threshold="day", day=(date,))
def _on_or_after(p: Parameters) -> Any:
    return nw.col(p["fact"]) >= p["day"]


@_word(
    "between_days",
    "在期间内",
    "lies between",
    asks={"fact": _DATE},
    threshold="last_day",
    first_day=(date,),
    last_day=(date,),
)
def _between_days(p: Parameters) -> Any:
    return (nw.col(p["fact"]) >= p["first_day"]) & (nw.col(p["fact"]) <= p["last_day"])


@_word("at_most", "不超过", "is at most", asks={"fact": _NUMBER}, threshold="value", value=(int,))
def _at_most(p: Parameters) -> Any:
    return nw.col(p["fact"]) <= p["value"]


@_word("at_least", "不少于", "is at least", asks={"fact": _NUMBER}, threshold="value", value=(int,))
def _at_least(p: Parameters) -> Any:
    return nw.col(p["fact"]) >= p["value"]


@_word("at_most_fact", "不超过", "is at most", asks={"fact": _NUMBER, "other": _NUMBER})
def _at_most_fact(p: Parameters) -> Any:
    return nw.col(p["fact"]) <= nw.col(p["other"])


@_word("same_as_fact", "一致", "is the same as", asks={"fact": _ANY, "other": _ANY})
def _same_as_fact(p: Parameters) -> Any:
    return nw.col(p["fact"]) == nw.col(p["other"])


@_word(
    "true_where",
    "（适用时）是",
    "is so where it applies",
    asks={"fact": _BOOL, "where": _WHERE},
    equals=(str, bool),
)
def _true_where(p: Parameters) -> Any:
    """Asked only of rows whose `where` fact equals a word; other rows meet it."""
    return (
        nw.when(nw.col(p["where"]) == p["equals"])
        .then(nw.col(p["fact"]))
        .when(~nw.col(p["where"]).is_null())
        .then(nw.lit(True))
    )


@_word(
    "one_of_where",
    "（适用时）在范围内",
    "is one of, where it applies",
    asks={"fact": _TEXT, "where": _WHERE},
    threshold="values",
    values=(list,),
    equals=(str, bool),
)
def _one_of_where(p: Parameters) -> Any:
    column = nw.col(p["fact"])
    return (
        nw.when(nw.col(p["where"]) == p["equals"])
        .then(nw.when(~column.is_null()).then(column.is_in(p["values"])))
        .when(~nw.col(p["where"]).is_null())
        .then(nw.lit(True))
    )


_INCOME = {"income": _FEN, "size": _INT, "line": _FEN}


@_word(
    "income_within_lines",
    "人均收入不超过低保标准的倍数",
    "income per head within a multiple of the dibao line",
    asks=_INCOME,
    threshold="percent",
    percent=(int,),
)
def _income_within_lines(p: Parameters) -> Any:
    return nw.col(p["income"]) * 100 <= nw.col(p["line"]) * nw.col(p["size"]) * (12 * p["percent"])


@_word(
    "income_after_essentials_within_lines",
    "扣除刚性支出后人均收入不超过低保标准的倍数",
    "income per head after essential expenditure within a multiple of the dibao line",
    asks=_INCOME | {"essentials": _FEN},
    threshold="percent",
    percent=(int,),
)
def _income_after_essentials_within_lines(p: Parameters) -> Any:
    return (nw.col(p["income"]) - nw.col(p["essentials"])) * 100 <= nw.col(p["line"]) * nw.col(p["size"]) * (
        12 * p["percent"]
    )


@_word(
    "cost_share_above",
    "支出占收入的比例超过",
    "cost is above a share of income",
    asks={"cost": _FEN, "income": _FEN},
    threshold="percent",
    percent=(int,),
)
def _cost_share_above(p: Parameters) -> Any:
    return nw.col(p["cost"]) * 100 > nw.col(p["income"]) * p["percent"]


@_word(
    "officer_confirms", "经办人核实", "an officer confirms", asks={"fact": _BOOL}, question=(str,), question_en=(str,)
)
def _officer_confirms(p: Parameters) -> Any:
    """What the vocabulary lacks: a cited question, ticked by a named officer. Until then it is unknown."""
    return nw.col(p["fact"])


def expression(criterion: str, given: Parameters) -> Any:
    """The expression of one use. With `unless` a true exception (an officer's settlement) meets it anyway."""
    asked = VOCABULARY[criterion].expression(given)
    if given.get("unless"):
        return nw.when(nw.col(given["unless"]).fill_null(value=False)).then(nw.lit(True)).otherwise(asked)
    return asked
