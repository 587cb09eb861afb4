"""Invent records of students with the truth about each. The same seed, profile and count give the same bytes.

    python3 dev.py bench matching generate --profile hard --records 100000 --seed 7 --out /tmp/people

writes records.csv (the columns of `huigong match people`) and truth.csv: whose record it is (`student`, `family`, `twin`),
what was done to it (`kinds`), which facts it shows (`shown`), and how many students of the whole population share this
student's name with one such fact (`alike_…`): the bound of an oracle rests on these (`scoring.bound`).
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from random import Random

import polars as pl

from benchmarks.matching import damage
from benchmarks.matching.families import Births, Student
from benchmarks.matching.profiles import PROFILES, List, Profile

COLUMNS = ("record_id", "name", "id_number", "birth_date", "father_name", "father_id_number", "mother_name", "mother_id_number",
           "phone", "unit", "school", "year", "source")  # fmt: skip
FACTS = "bpsfm"  # birth date, phone, school, father, mother
TRUTH = ("record_id", "student", "family", "twin", "kinds", "shown", *(f"alike_{fact}" for fact in FACTS), "alike")


def invent(*, profile: str, records: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The records in a random order, and the truth beside them in the same order."""
    random, chosen = Random(f"{profile} {seed}"), PROFILES[profile]
    made, students = [], []
    for student in Births(random).students():
        students.append(student)
        for _ in range(random.choices((1, 2, 3, 4), weights=chosen.records_per_student)[0]):
            made.append(_record(student, chosen, random))
        if len(made) >= records:
            break
    made = made[:records]
    random.shuffle(made)
    bearers = [Counter((student.name, fact and _fact(student, fact)) for student in students) for fact in (*FACTS, "")]
    rows, truths = [], []
    for number, (student, row, kinds) in enumerate(made):
        record_id = f"r{number:07d}"
        rows.append((record_id, *row))
        family = student.family.students[0].number
        alike = [
            count[student.name, fact and _fact(student, fact)]
            for fact, count in zip((*FACTS, ""), bearers, strict=True)
        ]
        truths.append((record_id, student.number, family, student.twin, " ".join(kinds), _shown(student, row), *alike))
    return pl.DataFrame(rows, schema=list(COLUMNS), orient="row"), pl.DataFrame(
        truths, schema=list(TRUTH), orient="row"
    )


def _record(student: Student, profile: Profile, random: Random) -> tuple[Student, tuple[str, ...], list[str]]:
    source = random.choices(list(profile.lists), weights=[one.share for one in profile.lists.values()])[0]
    has = profile.lists[source]
    id_kind = _id_kind(has, profile, random)
    name_kind = _drawn(profile.name_kinds, random) or ("name_dots" if "·" in student.name else "")
    if random.random() < has.names_masked:
        name_kind = "name_masked"
    birth_kind = "birth_missing" if random.random() >= (max(has.birth, 0.92) if id_kind == "id_missing" else has.birth) else "birth_miswritten" if random.random() < profile.birth_miswritten else "birth_styled" if random.random() < 0.2 else ""  # fmt: skip
    family = student.family
    father, mother = family.father, family.mother
    if random.random() >= has.parents:
        father = mother = ("", "")
    elif random.random() < 0.35:  # forms have one parent, the worker
        father, mother = (father, ("", "")) if random.random() < 0.6 else (("", ""), mother)
    if random.random() < profile.parents_swapped_out:  # a grandparent or guardian stands where a parent should
        father = (damage.of_name("name_wrong_sign", father[0], random), "") if father[0] else father
    ids = random.random() < has.parent_ids
    phone = family.phone if random.random() < has.phone else ""
    if phone and random.random() < profile.phone_changed:
        phone = f"1{random.choice('35789')}{random.randrange(10**9):09d}"
    school = damage.of_school(student.school, random) if random.random() < has.school else ""
    if school and random.random() < profile.school_changed:
        school = random.choice(family.students).school
    unit = family.unit if random.random() < has.unit else ""
    row = [
        damage.of_name(name_kind, student.name, random), damage.of_id(id_kind, student, random),
        damage.of_birth(birth_kind, student, random), father[0], father[1] if ids else "", mother[0], mother[1] if ids else "",
        phone, unit, school, str(random.choice((2015, 2016, 2017))), source,
    ]  # fmt: skip
    kinds = [kind for kind in (id_kind, name_kind, birth_kind) if kind]
    if random.random() < profile.sparse:
        _thin(row, student, random)
        kinds = [*(kind for kind in kinds if kind.startswith("name")), "sparse"]
    return student, tuple(row), kinds


def _id_kind(has: List, profile: Profile, random: Random) -> str:
    if random.random() < has.without_id:
        return "id_missing"
    if random.random() < has.masked:
        return "id_masked"
    return _drawn(profile.id_kinds, random)


def _thin(row: list[str], student: Student, random: Random) -> None:
    """Keep the name and one or two facts beside it: what a list hung on a wall or read over the telephone has."""
    facts = {2: student.born.isoformat(), 3: student.family.father[0], 7: student.family.phone, 9: student.school}
    keep = random.choice(((2,), (7,), (9, 2), (9, 3), (9, 7), (3, 7), (3, 2), (9,)))
    for at in range(1, 10):
        row[at] = (row[at] or facts[at]) if at in keep else ""


def _shown(student: Student, row: Sequence[str]) -> str:
    """Which true facts a record shows: `i` its number (also damaged or masked), `g` a parent's, and those of FACTS."""
    _, id_number, birth, father, father_id, mother, mother_id, phone, _, school, *_ = row
    own = bool(id_number) and not any(id_number == other for other in _family_numbers(student))
    facts = {
        "i": own, "g": bool(father_id or mother_id), "b": bool(birth) or (own and "*" not in id_number),
        "p": phone == student.family.phone, "s": bool(school) and damage.is_short_of(school, student.school),
        "f": father == student.family.father[0], "m": mother == student.family.mother[0],
    }  # fmt: skip
    return "".join(fact for fact, stands in facts.items() if stands)


def _family_numbers(student: Student) -> list[str]:
    siblings = [other.id_number for other in student.family.students if other is not student]
    return [*siblings, student.family.father[1], student.family.mother[1]]


def _fact(student: Student, fact: str) -> object:
    family = student.family
    return {"b": student.born, "p": family.phone, "s": student.school, "f": family.father[0], "m": family.mother[0]}[
        fact
    ]


def _drawn(shares: dict[str, float], random: Random) -> str:
    """One kind or none, by shares in a thousand."""
    draw = random.random() * 1000
    for kind, upto in zip(shares, accumulate(shares.values()), strict=True):
        if draw < upto:
            return kind
    return ""


def pairs_of(truth: pl.DataFrame) -> pl.DataFrame:
    """Every true pair as row numbers, left before right."""
    numbered = truth.with_row_index("row").select("row", "student")
    return (
        numbered.join(numbered, on="student")
        .filter(pl.col("row") < pl.col("row_right"))
        .select(left="row", right="row_right")
    )


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", choices=sorted(PROFILES), default="hard")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args(words)
    records, truth = invent(profile=asked.profile, records=asked.records, seed=asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    records.write_csv(asked.out / "records.csv")
    truth.write_csv(asked.out / "truth.csv")
    print(f"{records.height} records of {truth['student'].n_unique()} students: {asked.out}")
    return 0
