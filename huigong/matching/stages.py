"""Which pairs are worth comparing: stages over columns, from exact numbers to thin records. Data, whoever executes them.

A stage is a key. Every record has a place under it, or none; records of the same place are compared. Where a value can be
read in two ways (a surname's other reading, the birth date inside a number that contradicts the one beside it), the
other reading knocks at the same places. A place that holds more records than `most` tells nobody apart (one telephone on
ten thousand rows) and is left out and counted.
"""

from dataclasses import dataclass, field

import numpy as np

from huigong.matching.numbers import INVALID, MASKED, NO_ID, VALID
from huigong.matching.texts import Columns


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that agree in one place; `only` is the condition under which a record has it. 0 in a part: no place."""

    parts: tuple[str, ...]
    only: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A key over prepared columns; `knocks` are other keys under which a record asks at the same places."""

    name: str
    key: Key
    most: int
    knocks: tuple[Key, ...] = field(default=())
    only_knocks: bool = False  # records that share a place do not meet, only who knocks and who lives there


def _key(*parts: str, only: str = "") -> Key:
    return Key(parts, only)


STAGES = (
    Stage("id", _key("id"), 60),
    Stage("name_born", _key("sound", "born"), 40, (_key("other_sound", "born"), _key("sound", "born_otherwise"))),
    Stage("name_phone", _key("sound", "phone"), 40, (_key("other_sound", "phone"),)),
    Stage("name_parent_id", _key("sound", "parent_id"), 40, (_key("sound", "second_parent_id"),)),
    Stage("name_parent_id_as_own", _key("sound", "parent_id"), 40, (_key("sound", "id", only="valid"),), only_knocks=True),
    Stage("name_tail", _key("sound", "last_four"), 40, (_key("sound", "last_four", only="broken"),), only_knocks=True),
    Stage("name_area", _key("sound", "area"), 12, (_key("sound", "area", only="broken"),), only_knocks=True),
    Stage("name_parent", _key("sound", "parent"), 12, (_key("sound", "second_parent"),)),
    Stage("born_parent_id", _key("born", "parent_id"), 12, (_key("born", "second_parent_id"),)),
    Stage("born_phone", _key("born", "phone"), 12),
    Stage("born_parent", _key("born", "parent"), 6, (_key("born", "second_parent"),)),
    Stage("id_tail", _key("whole_tail"), 60, (_key("whole_tail", only="broken"),), only_knocks=True),
    Stage("id_ends", _key("ends", "surname_sound"), 60, (_key("ends", "surname_sound", only="broken"),), only_knocks=True),
    Stage("id_masked", _key("shown_ends", "surname_sound"), 100, (_key("shown_ends", "surname_sound", only="masked_number"),), only_knocks=True),
    Stage("name_masked", _key("surname_sound", "born"), 200, (_key("surname_sound", "born", only="masked"),), only_knocks=True),
    Stage("masked_phone", _key("surname_sound", "phone"), 30, (_key("surname_sound", "phone", only="masked"),), only_knocks=True),
    Stage("masked_parent", _key("surname_sound", "parent"), 30, (_key("surname_sound", "father", only="masked"), _key("surname_sound", "mother", only="masked")), only_knocks=True),
    Stage("thin_school", _key("sound", "school"), 40, (_key("sound", "school", only="thin"),), only_knocks=True),
    Stage("thin_name", _key("sound"), 3, (_key("sound", only="thin_named"),), only_knocks=True),
)  # fmt: skip


def sides(prepared: Columns) -> Columns:
    """The columns that keys are made of: what was prepared, and what is worked out of it for a key alone."""
    has = dict(prepared)
    kind, head, tail = has["kind"], has["head"], has["tail"]
    full = (kind == VALID) | (kind == INVALID)
    last_four = (tail & np.uint64(0xFFFF)) + np.uint64(1)  # 0000 is an end like any other; so is 0 an area's start
    has["parent_id"], has["second_parent_id"] = _first_and_second(has["father_id"], has["mother_id"])
    has["parent"], has["second_parent"] = _first_and_second(has["father"], has["mother"])
    said, inside = has["born_said"], has["id_born"]
    has["born_otherwise"] = inside * ((said != inside) & (said > 0))
    has["last_four"], has["area"] = last_four * (kind != NO_ID), (head >> np.uint64(12)) * full
    has["whole_tail"] = (tail + np.uint64(1)) * full
    # Area, order and check digit: what stays when an error sits in the birth date.
    has["ends"] = has["area"] << np.uint64(16) | last_four * full
    has["shown_ends"] = (head >> np.uint64(20) << np.uint64(17)) + last_four * (kind != NO_ID)
    has["valid"], has["broken"], has["masked_number"] = kind == VALID, kind == INVALID, kind == MASKED
    has["thin"] = (kind == NO_ID) & ((has["born"] == 0) | (has["phone"] == 0))
    has["thin_named"] = has["thin"] & ~has["masked"]
    return has


def _first_and_second(father: np.ndarray, mother: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The parent that a record is found by, and the one by which it asks too."""
    return np.where(father > 0, father, mother), mother * (father > 0)
