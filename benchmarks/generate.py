"""Invent a city's campaign: N forms of M rows, registry, units, quotas, papers, and the truth about all of them.

    python3 dev.py bench generate --forms 30 --rows 20 --seed 7 --out /tmp/city [--containers mixed]

`--containers xlsx` (the default) is for measuring; `mixed` also writes xls, docx, csv (GB18030 or UTF-8) and tsv. The same
seed and sizes give the same bytes. Everybody in it is invented.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from benchmarks.invented import tables, truth
from benchmarks.invented.city import City, Form, Founder, places
from benchmarks.invented.writers import write_delimited, write_docx, write_xls, write_xlsx


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", type=int, required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--containers", choices=("xlsx", "mixed"), default="xlsx")
    parser.add_argument("--mistakes", type=float, default=0.12, help="share of rows with a mistake of the writer's")
    asked = parser.parse_args(words)
    founder = Founder(asked.seed, mixed=asked.containers == "mixed", mistakes=asked.mistakes)
    city = founder.city(forms=asked.forms, rows=asked.rows)
    write(city, asked.out, random=Random(f"out {asked.seed}"))
    print(
        f"{len(city.forms)} forms, {sum(len(f.rows) for f in city.forms)} rows, {len(city.households)} households: {asked.out}"
    )
    return 0


def write(city: City, out: Path, *, random: Random) -> None:
    """The folder as an aid centre has it (forms/, registry.xlsx, units.csv, quotas.csv, papers.csv), and the truth."""
    (out / "forms").mkdir(parents=True, exist_ok=True)
    for form in city.forms:
        write_form(form, out / "forms" / form.file, random=random)
    tables.write_registry(out / "registry.xlsx", random.sample(city.households, len(city.households)))
    tables.write_units(out / "units.csv", city)
    tables.write_quotas(out / "quotas.csv", places(city, random=random))
    tables.write_papers(out / "papers.csv", city, random=random)
    _json(out / "forms" / "truth.json", truth.of_forms(city))
    _json(out / "registry.truth.json", truth.of_registry(city))


def write_form(form: Form, path: Path, *, random: Random) -> None:
    if form.container == "xlsx":
        write_xlsx(path, form.pages, look=random)
    elif form.container == "xls":
        write_xls(path, form.pages, look=random)
    elif form.container == "docx":
        write_docx(path, form.pages, look=random)
    else:
        drawn = random.choice(("gb18030", "gb18030", "utf-8-sig", "utf-8"))
        encoding = "gb18030" if "gbk" in form.file else drawn
        write_delimited(
            path, form.pages, encoding=encoding, tabs=form.container == "tsv", with_title=random.random() < 0.5
        )


def _json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
