"""Which pairs are worth comparing: stages over columns, from exact numbers to thin records.

A stage is a key. Every record has a place under it, or none; records of the same place are compared. Where a value can be
read in two ways (a surname's other reading, the birth date inside a number that contradicts the one beside it), the
other reading knocks at the same places. A place that holds more records than `most` tells nobody apart (one telephone on
ten thousand rows) and is left out and counted.
"""

from dataclasses import dataclass

import polars as pl

from huigong.matching.normalising import INVALID, MASKED, NO_ID, VALID


@dataclass(frozen=True, slots=True)
class Stage:
    """A key over prepared columns; `knocks` are other keys under which a record asks at the same places."""

    name: str
    key: pl.Expr
    most: int
    knocks: tuple[pl.Expr, ...] = ()
    only_knocks: bool = False  # records that share a place do not meet, only who knocks and who lives there


def _mixed(*parts: pl.Expr | str) -> pl.Expr:
    """Several columns as one number; nothing where one of them is missing."""
    first, *rest = [pl.col(part) if isinstance(part, str) else part for part in parts]
    mixed = first.cast(pl.UInt64)
    for part in rest:
        mixed = (
            (mixed % 2**40) * 8_388_593
            + (mixed // 2**40) * 104_729
            + part.cast(pl.UInt64) % 2**40 * 31
            + part.cast(pl.UInt64) // 2**40 * 7919
        )
    return mixed


_KIND = pl.col("kind")
_FULL = _KIND.is_in([VALID, INVALID])
_BORN_OTHERWISE = pl.when(pl.col("id_born") != pl.col("born_said")).then("id_born")
_WEAK = (_KIND != VALID) | pl.col("born").is_null()
_THIN = (_KIND == NO_ID) & (pl.col("born").is_null() | pl.col("phone").is_null())
# Area, order and check digit: what stays when an error sits in the birth date.
_ENDS = pl.when(_FULL).then((pl.col("head") // 2**12) * 2**16 + pl.col("tail") % 2**16)
_SHOWN_ENDS = (pl.col("head") // 2**20) * 2**16 + pl.col("tail") % 2**16
_BROKEN = _KIND == INVALID

STAGES = (
    Stage("id", pl.when(_FULL).then("id"), 60),
    Stage("name_born", _mixed("sound", "born"), 40, (_mixed("other_sound", "born"), _mixed("sound", _BORN_OTHERWISE))),
    Stage("name_phone", _mixed("sound", "phone"), 40, (_mixed("other_sound", "phone"),)),
    Stage("name_parent_id", _mixed("sound", pl.coalesce("father_id", "mother_id")), 40, (pl.when(pl.col("father_id").is_not_null()).then(_mixed("sound", "mother_id")),)),
    Stage("name_parent_id_as_own", _mixed("sound", pl.coalesce("father_id", "mother_id")), 40, (pl.when(_KIND == VALID).then(_mixed("sound", "id")),), only_knocks=True),
    Stage("name_tail", pl.when(_KIND != NO_ID).then(_mixed("sound", pl.col("tail") % 2**16)), 40, (pl.when(_BROKEN).then(_mixed("sound", pl.col("tail") % 2**16)),), only_knocks=True),
    Stage("name_area", pl.when(_FULL).then(_mixed("sound", pl.col("head") // 2**12)), 12, (pl.when(_BROKEN).then(_mixed("sound", pl.col("head") // 2**12)),), only_knocks=True),
    Stage("name_parent", _mixed("sound", pl.coalesce("father", "mother")), 12, (pl.when(pl.col("father").is_not_null()).then(_mixed("sound", "mother")),)),
    Stage("born_parent_id", _mixed("born", pl.coalesce("father_id", "mother_id")), 12, (pl.when(pl.col("father_id").is_not_null()).then(_mixed("born", "mother_id")),)),
    Stage("born_phone", _mixed("born", "phone"), 12),
    Stage("born_parent", _mixed("born", pl.coalesce("father", "mother")), 6, (pl.when(pl.col("father").is_not_null()).then(_mixed("born", "mother")),)),
    Stage("id_tail", pl.when(_FULL).then("tail"), 60, (pl.when(_BROKEN).then("tail"),), only_knocks=True),
    Stage("id_ends", _mixed(_ENDS, "surname_sound"), 60, (pl.when(_BROKEN).then(_mixed(_ENDS, "surname_sound")),), only_knocks=True),
    Stage("id_masked", _mixed(_SHOWN_ENDS, "surname_sound"), 100, (pl.when(_KIND == MASKED).then(_mixed(_SHOWN_ENDS, "surname_sound")),), only_knocks=True),
    Stage("name_masked", _mixed("surname_sound", "born"), 200, (pl.when(pl.col("masked")).then(_mixed("surname_sound", "born")),), only_knocks=True),
    Stage("masked_phone", _mixed("surname_sound", "phone"), 30, (pl.when(pl.col("masked")).then(_mixed("surname_sound", "phone")),), only_knocks=True),
    Stage("masked_parent", _mixed("surname_sound", pl.coalesce("father", "mother")), 30, (pl.when(pl.col("masked")).then(_mixed("surname_sound", "father")), pl.when(pl.col("masked")).then(_mixed("surname_sound", "mother"))), only_knocks=True),
    Stage("thin_school", _mixed("sound", "school"), 40, (pl.when(_THIN).then(_mixed("sound", "school")),), only_knocks=True),
    Stage("thin_name", pl.col("sound"), 3, (pl.when(_THIN & ~pl.col("masked")).then("sound"),), only_knocks=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of row numbers, each once, left below right where the two sides are one; and the crowded places left out."""

    pairs: pl.DataFrame
    crowded: dict[str, int]


def within(prepared: pl.DataFrame, *, boundary: int = 0) -> Candidates:
    """Pairs inside one table; with a boundary only those of a row above it and a row from it on (two lists in one table)."""
    found, crowded = [], {}
    for stage in STAGES:
        homes = places(prepared, stage.key)
        if not stage.only_knocks:
            shared = homes.filter(pl.col("key").is_duplicated())
            shared, crowded[stage.name] = _uncrowded(shared, stage.most)
            found.append(_meet(shared, shared))
        for knock in stage.knocks:
            callers = places(prepared, knock)
            if callers.height:
                visited = homes.filter(pl.col("key").is_in(callers["key"].unique().implode()))
                visited, more = _uncrowded(visited, stage.most)
                crowded[stage.name] = crowded.get(stage.name, 0) + more
                found.append(_meet(callers, visited))
    return Candidates(_once(found, boundary), {name: count for name, count in crowded.items() if count})


def _uncrowded(homes: pl.DataFrame, most: int) -> tuple[pl.DataFrame, int]:
    """Without the places that hold more than `most` records, and how many those were."""
    crowd = homes.group_by("key").len().filter(pl.col("len") > most)
    return (homes.join(crowd, on="key", how="anti") if crowd.height else homes), crowd.height


def places(prepared: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    return prepared.select(key=key, row=pl.int_range(pl.len(), dtype=pl.UInt32)).filter(pl.col("key").is_not_null())


def _meet(one: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """The pairs of a place as one number each: the lower row on top."""
    low, high = pl.min_horizontal("row", "row_right").cast(pl.UInt64), pl.max_horizontal("row", "row_right")
    met = (
        one.lazy()
        .join(other.lazy(), on="key")
        .filter(pl.col("row") != pl.col("row_right") if one is not other else pl.col("row") < pl.col("row_right"))
    )
    return met.select(pair=low * 2**32 + high).collect()["pair"]


def _once(found: list[pl.Series], boundary: int) -> pl.DataFrame:
    pairs = pl.concat(found).unique().sort() if found else pl.Series("pair", [], pl.UInt64)
    both = pl.select(left=(pairs // 2**32).cast(pl.UInt32), right=(pairs % 2**32).cast(pl.UInt32))
    return both.filter((pl.col("left") < boundary) & (pl.col("right") >= boundary)) if boundary else both
