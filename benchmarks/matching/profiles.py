"""The two profiles: how often each kind of damage happens, and which list carries which columns. Shares in a thousand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class List:
    """A kind of list: its share, the chance that a column is filled, and whether identity numbers and names are masked."""

    share: int
    birth: float
    phone: float
    school: float
    parents: float
    parent_ids: float
    unit: float
    masked: float = 0.0  # of its identity numbers
    names_masked: float = 0.0
    without_id: float = 0.0


@dataclass(frozen=True)
class Profile:
    name: str
    lists: dict[str, List]
    id_kinds: dict[str, float]
    name_kinds: dict[str, float]
    birth_miswritten: float
    phone_changed: float
    school_changed: float
    parents_swapped_out: float
    records_per_student: tuple[int, ...]  # shares of 1, 2, 3, 4 records
    sparse: float  # records that keep a name and little else


EASY = Profile(
    name="easy",
    lists={
        "工会": List(600, 0.9, 0.95, 0.9, 0.95, 0.9, 0.95),
        "教育": List(250, 0.95, 0.8, 0.98, 0.8, 0.5, 0.0),
        "民政": List(150, 0.95, 0.9, 0.5, 0.95, 0.9, 0.0),
    },
    id_kinds={"id_15": 10, "id_substituted": 8, "id_transposed": 6, "id_two_errors": 2, "id_of_sibling": 1, "id_of_parent": 2, "id_missing": 20},
    name_kinds={"name_alike": 10, "name_traditional": 10, "name_wrong_sign": 3},
    birth_miswritten=0.005, phone_changed=0.08, school_changed=0.05, parents_swapped_out=0.02,
    records_per_student=(62, 27, 8, 3), sparse=0.0,
)  # fmt: skip
HARD = Profile(
    name="hard",
    lists={
        "工会": List(450, 0.6, 0.85, 0.85, 0.9, 0.75, 0.9),
        "教育": List(230, 0.97, 0.5, 0.98, 0.6, 0.2, 0.0, masked=0.1, without_id=0.05),
        "民政": List(200, 0.85, 0.6, 0.3, 0.85, 0.6, 0.0, masked=0.25, names_masked=0.03),
        "妇联": List(120, 0.85, 0.7, 0.6, 0.8, 0.3, 0.0, masked=0.3, names_masked=0.05, without_id=0.12),
    },
    id_kinds={"id_15": 30, "id_substituted": 40, "id_transposed": 25, "id_two_errors": 12, "id_of_sibling": 5, "id_of_parent": 15, "id_missing": 45},
    name_kinds={"name_alike": 60, "name_traditional": 40, "name_wrong_sign": 6},
    birth_miswritten=0.02, phone_changed=0.2, school_changed=0.12, parents_swapped_out=0.06,
    records_per_student=(58, 28, 10, 4), sparse=0.005,
)  # fmt: skip
PROFILES = {"easy": EASY, "hard": HARD}
