"""Reading and checking 300 forms × 30 rows, beside openpyxl merely iterating the same files. Prints one table.

python3 dev.py bench reading [--forms 300] [--rows 30]
"""

import argparse
import os
import platform
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import openpyxl
import xlsxwriter

from huigong.annexes import definition, pool
from huigong.values.resident_id import check_digit

FORM = definition.from_file(Path(__file__).resolve().parents[1] / "circulars" / "2017-wuzhou-21" / "annex-1.toml")
SURNAMES, GIVEN = "韦覃陆黄莫农岑陈李梁", "秀兰小雨志强明珍海燕伟芳军丽"


def resident_id(chance, first_year, last_year):
    born = date(chance.randint(first_year, last_year), 1, 1) + timedelta(chance.randrange(365))
    first = f"4504{chance.choice(['03', '05', '06', '21', '22', '23', '81'])}{born:%Y%m%d}{chance.randrange(999) // 100}{chance.randrange(1, 100):02d}"  # no 000 at the end: it is asked about
    return first + check_digit(first), born.year


def person_row(chance, number):
    parent, _ = resident_id(chance, 1962, 1976)
    student, year = resident_id(chance, 1995, 2001)
    surname, name = chance.choice(SURNAMES), "".join(chance.sample(GIVEN, 2))
    family = [f"梧困2016{number:05d}", surname + name, "母女", "子女上学", str(chance.randint(2000, 11000)), parent]
    child = [surname + name[::-1], "男" if int(student[16]) % 2 else "女", str(2017 - year), student]
    return [*family, f"138{chance.randrange(10**8):08d}", *child, "2017年8月被广西大学录取"]


def write_forms(folder, forms, rows):
    chance = random.Random(21)
    paths = []
    for number in range(forms):
        path = folder / f"{number:04d}.xlsx"
        book = xlsxwriter.Workbook(path)
        page = book.add_worksheet("登记表")
        lines = [[FORM.title], [f"单位：第{number}单位工会", *[""] * 9, "2017 年 7 月 28 日"]]
        lines += [[field.heading for field in FORM.printed]]
        lines += [person_row(chance, number * rows + row) for row in range(rows)]
        for r, line in enumerate(lines):
            page.write_row(r, 0, line)
        book.close()
        paths.append(path)
    return paths


def iterate_with_openpyxl(paths):
    return sum(
        len(row)
        for path in paths
        for page in openpyxl.load_workbook(path, read_only=True, data_only=True)
        for row in page.iter_rows(values_only=True)
    )


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=300)
    parser.add_argument("--rows", type=int, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_forms(Path(folder), arguments.forms, arguments.rows)
        theirs, _ = timed(lambda: iterate_with_openpyxl(paths))
        one, _ = timed(lambda: list(pool.read_all(paths, FORM, workers=1)))
        two, readings = timed(lambda: list(pool.read_all(paths, FORM, workers=2)))
    rows = sum(len(reading.rows) for reading in readings)
    errors = sum(row.has_errors for reading in readings for row in reading.rows)
    assert (rows, errors) == (arguments.forms * arguments.rows, 0), (rows, errors)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"openpyxl {version('openpyxl')}, python-calamine {version('python-calamine')}")
    print(f"{arguments.forms} forms x {arguments.rows} rows; peak memory of a reading process {memory} MB\n")
    print(f"{'what':<56}{'seconds':>9}{'ratio':>8}")
    for name, seconds in (
        ("openpyxl, read-only, merely iterating, one process", theirs),
        ("huigong, read and checked, one process with limits", one),
        ("huigong, read and checked, two processes with limits", two),
    ):
        print(f"{name:<56}{seconds:>9.2f}{seconds / theirs:>8.2f}")


if __name__ == "__main__":
    main()
