"""What two records agree in: a level for each comparison, and all levels of a pair as one number, its pattern.

Millions of pairs fall on a few thousand patterns. What a pattern means (probability, answer, words) is worked out once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from huigong.matching.normalising import INVALID, MASKED, VALID

COLUMNS = ("name", "sound", "other_sound", "masked", "kind", "head", "tail", "born", "born_said", "id_born", "father", "mother", "father_id",
           "mother_id", "phone", "school", "unit", "name_count", "id")  # fmt: skip
_FEW = 1000  # pairs for which planning costs more than it saves
BEARERS = (2, 4, 16, 64, 256, 1024)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question about two records, the possible answers in the order of their numbers, and how columns answer it."""

    name: str
    levels: tuple[str, ...]
    answer: pl.Expr


def _l(name: str) -> pl.Expr:
    return pl.col(name)


def _r(name: str) -> pl.Expr:
    return pl.col(f"{name}_r")


def _both(name: str) -> pl.Expr:
    return _l(name).is_not_null() & _r(name).is_not_null()


def _same(name: str) -> pl.Expr:
    return (_l(name) == _r(name)).fill_null(value=False)


def _levels(*answers: pl.Expr) -> pl.Expr:
    """The number of the first answer that holds; the last level where none does."""
    chain = pl.lit(len(answers), pl.UInt32)
    for number, holds in reversed(list(enumerate(answers))):
        chain = pl.when(holds).then(pl.lit(number, pl.UInt32)).otherwise(chain)
    return chain


def _differing(left: pl.Expr, right: pl.Expr, bits: int) -> pl.Expr:
    """A number with its lowest bit of every four (or sixteen) set where the digits (or characters) differ."""
    apart = left ^ right
    for step in (1, 2) if bits == 4 else (1, 2, 4, 8):
        apart = apart | (apart // 2**step)
    mask = 0x1111111111111111 if bits == 4 else 0x0001000100010001
    return apart & pl.lit(mask, pl.UInt64)


_ERRORS, _FULL, _BROKEN = pl.col("errors"), pl.col("full"), pl.col("broken")


def _swapped(name: str) -> pl.Expr:
    """Two neighbours changed places: both differ by the same bits."""
    apart, half = _l(name) ^ _r(name), pl.col(f"{name}_apart")
    lowest = half & (~half + 1)
    return (half == lowest * 17) & ((apart // lowest) % 16 == (apart // lowest // 16) % 16)


# Worked out once a pair before the questions are asked, since several questions ask for them.
_FIRST = (
    _differing(_l("head"), _r("head"), 4).alias("head_apart"),
    _differing(_l("tail"), _r("tail"), 4).alias("tail_apart"),
    _differing(_l("name"), _r("name"), 16).bitwise_count_ones().alias("signs_apart"),
    (_l("kind").is_between(VALID, INVALID) & _r("kind").is_between(VALID, INVALID)).alias("full"),
    ((_l("kind") == INVALID) | (_r("kind") == INVALID)).alias("broken"),
    (_l("masked") | _r("masked")).alias("starred"),
)
_THEN = (
    (pl.col("head_apart").bitwise_count_ones() + pl.col("tail_apart").bitwise_count_ones()).alias("errors"),
    (_swapped("head") | _swapped("tail")).alias("swapped"),
)
_TRANSPOSED = (_ERRORS == 2) & pl.col("swapped")
_MASK_FITS = (_l("head") // 2**20 == _r("head") // 2**20) & (_l("tail") % 2**16 == _r("tail") % 2**16)
_MASKED = (_l("kind") == MASKED) | (_r("kind") == MASKED)
_OF_PARENT = pl.any_horizontal(
    *(_l("id") == _r(parent) for parent in ("father_id", "mother_id")), *(_r("id") == _l(parent) for parent in ("father_id", "mother_id")),
    *(side("id") == side(parent) for side in (_l, _r) for parent in ("father_id", "mother_id")),
).fill_null(value=False)  # fmt: skip
_GROWN_UP_APART = 150_000  # yyyymmdd: fifteen years
_YEARS_APART = (
    pl.max_horizontal("id_born", "id_born_r").cast(pl.Int64) - pl.min_horizontal("id_born", "id_born_r").cast(pl.Int64)
).fill_null(0)

_ONE_SIGN = (pl.col("signs_apart") == 1) & ~pl.col("starred")
_SOUND_SAME = (
    _same("sound")
    | (_l("sound") == _r("other_sound")).fill_null(value=False)
    | (_l("other_sound") == _r("sound")).fill_null(value=False)
)


def _place(side: pl.Expr, at: int) -> pl.Expr:
    return (side // (1 << 48 - 16 * at)) % 65_536


# A star stands for one or more characters: every place agrees, or one of the two is a star or nothing after it.
_STARRED = pl.all_horizontal(
    (_place(_l("name"), at) == _place(_r("name"), at))
    | (_place(_l("name"), at) <= 1) & (at > 0) & (_l("masked") | (_place(_l("name"), at) == 1))
    | (_place(_r("name"), at) <= 1) & (at > 0) & (_r("masked") | (_place(_r("name"), at) == 1))
    for at in range(4)
)
# The third character alone: siblings share the second (字辈), a slip of the pen may hit either.
_LAST_DIFFERS = (
    (_place(_l("name"), 2) != _place(_r("name"), 2)) & (_place(_l("name"), 2) > 0) & (_place(_r("name"), 2) > 0)
)
_DAY_A, _DAY_B = _l("born") % 10_000, _r("born") % 10_000
_BIRTH_DIGITS = pl.sum_horizontal(
    ((_l("born") // 10**place) % 10 != (_r("born") // 10**place) % 10).cast(pl.UInt32) for place in range(8)
)


def _confirmed(side: Callable[[str], pl.Expr]) -> pl.Expr:
    """The birth date beside the number is the one inside it: hardly somebody else's number."""
    return (side("born_said") == side("id_born")).fill_null(value=False)


_CONTRADICTED = ((_l("born_said") != _l("id_born")) | (_r("born_said") != _r("id_born"))).fill_null(value=False)


def _any_same(one: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(_l(a) == _r(b) for a in one for b in one).fill_null(value=False)


_FATHERS = ("father", "mother")
_BOTH_PARENTS = _same("father") & _same("mother")

COMPARISONS = (
    Comparison(
        "id",
        ("equal", "one_error", "two_errors", "of_parent", "masked_fits", "masked_differs", "far", "broken_far", "missing"),
        _levels(
            _FULL & (_ERRORS == 0),
            _FULL & _BROKEN & ((_ERRORS == 1) | _TRANSPOSED),
            _FULL & _BROKEN & (_ERRORS <= 4) & (_ERRORS > 0),
            _OF_PARENT | (_FULL & (_YEARS_APART >= _GROWN_UP_APART)),
            _MASKED & _MASK_FITS,
            _MASKED & _both("tail"),
            _FULL & ~_BROKEN,
            _FULL,
        ),
    ),
    Comparison(
        "name",
        ("equal", "sounds_alike", "starred", "last_sign_differs", "one_sign_differs", "surname_only", "different", "missing"),
        _levels(
            _same("name") & ~_l("masked"),
            _SOUND_SAME & ~pl.col("starred"),
            pl.col("starred") & _STARRED,
            _ONE_SIGN & _LAST_DIFFERS,
            _ONE_SIGN & (_place(_l("name"), 2) > 0) & (_place(_r("name"), 2) > 0),
            _place(_l("sound"), 0) == _place(_r("sound"), 0),
            _both("name"),
        ),
    ),
    Comparison(
        "birth",
        ("both_say", "said_and_in_number", "in_both_numbers", "near", "different", "missing"),
        _levels(
            _same("born_said"),
            ((_l("born_said") == _r("id_born")) | (_l("id_born") == _r("born_said"))).fill_null(value=False),
            _same("id_born") & (_l("born_said").is_null() | _r("born_said").is_null()),
            _both("born") & ((_BIRTH_DIGITS <= 1) | ((_DAY_A // 100 == _DAY_B % 100) & (_DAY_A % 100 == _DAY_B // 100) & (_l("born") // 10_000 == _r("born") // 10_000))),
            _both("born"),
        ),
    ),
    Comparison(
        "own_number",
        ("contradicted", "both_confirmed", "one_confirmed", "unknown"),
        _levels(_CONTRADICTED, _confirmed(_l) & _confirmed(_r), _confirmed(_l) | _confirmed(_r)),
    ),
    Comparison("phone", ("equal", "different", "missing"), _levels(_same("phone"), _both("phone"))),
    Comparison(
        "parents",
        ("id_equal", "both_names", "one_name", "different", "missing"),
        _levels(
            _any_same(("father_id", "mother_id")),
            _BOTH_PARENTS,
            _same("father") | _same("mother") | (_l("father") == _r("mother")).fill_null(value=False) | (_l("mother") == _r("father")).fill_null(value=False),
            _both("father") | _both("mother"),
        ),
    ),
    Comparison("school", ("equal", "different", "missing"), _levels(_same("school"), _both("school"))),
    Comparison("unit", ("equal", "different", "missing"), _levels(_same("unit"), _both("unit"))),
    Comparison(
        "bearers",
        ("two", "four", "some", "tens", "scores", "hundreds", "thousands"),
        _levels(*(pl.max_horizontal("name_count", "name_count_r") <= most for most in BEARERS)),
    ),
)  # fmt: skip


def patterns(left: pl.DataFrame, right: pl.DataFrame, pairs: pl.DataFrame) -> pl.Series:
    """The pattern of every pair: `pairs` holds row numbers of the left and of the right table."""
    ours = left.select(COLUMNS)[pairs["left"]]
    theirs = right.select(COLUMNS)[pairs["right"]].rename({name: f"{name}_r" for name in COLUMNS})
    both = pl.concat([ours, theirs], how="horizontal").lazy()
    number = pl.lit(0, pl.UInt32)
    for comparison in COMPARISONS:
        number = number * len(comparison.levels) + pl.col(f"_{comparison.name}")
    return (
        both.with_columns(_FIRST)
        .with_columns(_THEN)
        .select(
            comparison.answer.fill_null(len(comparison.levels) - 1).alias(f"_{comparison.name}")
            for comparison in COMPARISONS
        )
        .select(pattern=number)
        .collect(optimizations=pl.QueryOptFlags.none() if pairs.height < _FEW else pl.QueryOptFlags())["pattern"]
    )


@lru_cache(maxsize=65_536)
def read(pattern: int) -> dict[str, str]:
    """A pattern in words: comparison and level."""
    levels = {}
    for comparison in reversed(COMPARISONS):
        pattern, number = divmod(pattern, len(comparison.levels))
        levels[comparison.name] = comparison.levels[number]
    return dict(reversed(levels.items()))
