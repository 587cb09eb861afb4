"""Make examples/wuzhou-2017: ten small forms of invented people, with registry, units, papers and quotas.

    python -m examples.make [FOLDER]

Always the same bytes. The identity numbers are right by their check digit and begin with 450499, a district that does not
exist, so they are nobody's; the cards begin like no bank's.
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from benchmarks.generate import write_form
from benchmarks.invented import tables, wording
from benchmarks.invented.city import City, Form, Founder
from benchmarks.invented.families import REVIEWED, Child, Household, OnFile
from benchmarks.invented.layouts import Head
from benchmarks.invented.people import People
from benchmarks.invented.places import Unit
from benchmarks.invented.rows import Row, filled_row

HERE = Path(__file__).resolve().parent / "wuzhou-2017"
SEED = 2017
PLACES = {"450400": 3, "450403": 2, "450405": 2, "450406": 2, "450421": 3, "450422": 7, "450423": 2, "450481": 3}
FORMS = (
    # file, employer, federation, layout, habit, rows
    ("01-as-printed.xlsx", "藤县糖业公司", "450422", "canonical", wording.TIDY, 5),
    ("02-word.docx", "藤县松脂厂", "450422", "canonical", wording.TIDY, 3),
    ("03-brothers-and-sisters.docx", "岑溪市供水公司", "450481", "siblings", wording.TIDY, 5),
    ("04-old-excel.xls", "苍梧县茶叶公司", "450421", "one_level", wording.LOOSE, 5),
    ("05-own-order.xlsx", "蒙山县纺织厂", "450423", "reordered", wording.LOOSE, 4),
    ("06-numbers-lost.xlsx", "梧州市汽运公司", "450400", "canonical", wording.LOOSE, 3),
    ("07-gbk.csv", "长洲区环卫总站", "450405", "two_columns", wording.LOOSE, 4),
    ("08-with-cover.xlsx", "龙圩区建筑公司", "450406", "cover", wording.LOOSE, 4),
    ("09-messy.xlsx", "梧州市船舶厂", "450400", "messy", wording.MESSY, 6),
    ("10-same-student.xlsx", "万秀区印刷厂", "450403", "hidden", wording.TIDY, 3),
)
QUIET = 2  # the forms of the county with seven places hold no mistakes: its eighth family waits for a place only


def main(words: Sequence[str]) -> int:
    folder = Path(words[0]) if words else HERE
    city = invented()
    (folder / "forms").mkdir(parents=True, exist_ok=True)
    look = Random("look")
    for form in city.forms:
        write_form(form, folder / "forms" / form.file, random=look)
    tables.write_registry(folder / "registry.xlsx", city.households)
    tables.write_units(folder / "units.csv", city)
    tables.write_quotas(folder / "quotas.csv", PLACES)
    tables.write_papers(folder / "papers.csv", city, random=Random("papers"))
    print(folder)
    return 0


def invented() -> City:
    """Ten forms; 韦秀兰 and her daughter 韦小雨 in the first; the same student from two households in the first and the last."""
    founder = Founder(SEED, mixed=True, mistakes=0.2)
    founder.people = People(founder.random, regions=("450499",))
    founder.families.people = founder.people
    city = City([], [])
    for number, (file, employer, federation, layout, habit, rows) in enumerate(FORMS):
        city.forms.append(_form(founder, file, Unit(f"{employer}工会", employer, federation), layout, habit))
        _fill(founder, city, rows=rows, with_mistakes=number >= QUIET)
    first, last = city.forms[0], city.forms[-1]
    mother = _wei(founder, first.unit.employer)
    city.households.append(mother)
    first.rows.insert(0, filled_row(founder.random, mother, mother.children[0], habit=wording.TIDY, plain=True))
    _claim_again(founder, city, first.rows[1], last)
    for form in city.forms:
        founder._lay_out(form)
    founder._papers(city)
    quiet = {form.file for form in city.forms[:QUIET]}
    city.lacking = [entry for entry in city.lacking if entry[0] not in quiet]
    city.lacking.append(("07-gbk.csv", None, "stamped_form"))
    city.households += founder._others(count=30)
    return city


def _form(founder: Founder, file: str, unit: Unit, layout: str, habit: int) -> Form:
    people = founder.people
    head = Head(unit.name, date(2017, 7, 28), people.name(gender="female"), "0774-0000003")
    form = Form(file, unit, head, habit, layout)
    form.numeric = "numbers-lost" in file
    return form


def _fill(founder: Founder, city: City, *, rows: int, with_mistakes: bool) -> None:
    form = city.forms[-1]
    applicants = list(founder._applicants(form, rows))
    for household, child, mistake in applicants:
        if not with_mistakes:
            household.enrolled, household.review = True, REVIEWED
        row: Row = filled_row(
            founder.random,
            household,
            child,
            habit=form.habit,
            mistake=mistake if with_mistakes else "",
            plain=not with_mistakes,
        )
        if form.rows and form.rows[-1].household is household:
            row.share_family(form.rows[-1], ("parent_name", "hardship_cause", "annual_income_per_capita"))
            row.share_family(form.rows[-1], ("certificate_no", "parent_id_number", "phone"))
        form.rows.append(row)
        if household not in city.households:
            city.households.append(household)


def _wei(founder: Founder, employer: str) -> Household:
    """韦秀兰, worker, and 韦小雨, her daughter, freshman: the family of every story that is told about this programme."""
    people = founder.people
    household = founder.families.household(employer=employer)
    household.worker = people.person(gender="female", born=date(1972, 3, 14), name="韦秀兰")
    daughter = people.person(gender="female", born=date(1999, 5, 20), name="韦小雨")
    on_file = OnFile("高中", "藤县第一中学", 2014, 3, "在读")
    household.children = [Child(daughter, on_file, "广西大学", 2017, True, "higher")]
    household.income_per_head, household.review, household.place = 7300, REVIEWED, "藤县"
    return household


def _claim_again(founder: Founder, city: City, row: Row, form: Form) -> None:
    other = founder._second_household(row.child, form)
    other.review = REVIEWED
    city.households.append(other)
    form.rows.append(filled_row(founder.random, other, row.child, habit=form.habit, plain=True))
    city.same_student.append((city.forms[0].file, 2, form.file, len(form.rows)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
