"""What is true of the invented city, in the shape that judges read: truth.json beside the forms, registry.truth.json."""

from typing import Any

from benchmarks.invented.city import City, Form, not_passed
from benchmarks.invented.families import NOT_REVIEWED
from benchmarks.invented.rows import Row

COVERED = {"高中", "中职", "大学"}


def of_forms(city: City) -> dict[str, Any]:
    return {
        "forms": [_form(form) for form in city.forms],
        "same_student": [_pair(pair) for pair in city.same_student],
        "same_household_student": [_pair(pair) for pair in city.same_household],
        "papers_lacking": [{"file": file, "row": row, "paper": paper} for file, row, paper in city.lacking],
        "verdicts": list(_verdicts(city)),
    }


def of_registry(city: City) -> dict[str, Any]:
    applied = {row.child.person.id_number for form in city.forms for row in form.rows}
    enrolled = [household for household in city.households if household.enrolled]
    children = [(household, child) for household in enrolled for child in household.children]
    return {
        "not_enrolled": [house.worker.id_number for house in city.households if not house.enrolled],
        "certificate_not_reviewed": [house.worker.id_number for house in enrolled if house.review == NOT_REVIEWED],
        "certificate_not_passed": [house.worker.id_number for house in enrolled if not_passed(house)],
        "school_age_not_applied": [
            child.person.id_number
            for house, child in children
            if child.on_file.doing == "在读"
            and child.on_file.level in COVERED
            and child.person.id_number not in applied
            and not house.exited
        ],
        "graduates": [
            {
                "household": house.file_no,
                "student_id_number": child.person.id_number,
                "employed": child.on_file.doing == "已就业",
            }
            for house, child in children
            if child.level == "graduate"
        ],
        "zero_employment_households": [house.file_no for house in enrolled if house.zero_employment],
    }


def _form(form: Form) -> dict[str, Any]:
    return {
        "file": form.file,
        "unit": form.head.unit,
        "filled_on": form.head.filled_on.isoformat() if form.head.filled_on else None,
        "filler": form.head.filler,
        "filler_phone": form.head.filler_phone,
        "rows": [row.truth | {"true": _true(row)} for row in form.rows],
        "problems": [
            {"row": number, "field": field, "kind": kind}
            for number, row in enumerate(form.rows, 1)
            for field, kind in row.problems
        ],
    }


def _true(row: Row) -> dict[str, str]:
    return {
        "parent_id_number": row.household.worker.id_number,
        "student_id_number": row.child.person.id_number,
    }


def _pair(pair: tuple[str, int, str, int]) -> dict[str, Any]:
    first, at, second, there = pair
    return {"files": [first, second], "rows": [at, there], "by": "student_id_number"}


def _verdicts(city: City) -> Any:
    """The verdict of every row of which only one can be right (`returned` is a row that is not decided)."""
    lacking = {(file, row) for file, row, _ in city.lacking if row}
    two = {key for a, i, b, j in city.same_student for key in ((a, i), (b, j))}
    merged = {key for a, i, b, j in city.same_household for key in ((a, i), (b, j))}
    for form in city.forms:
        for number, row in enumerate(form.rows, 1):
            key = (form.file, number)
            if row.has_error:
                yield {"file": form.file, "row": number, "verdict": "returned"}
                continue
            if row.problems or key in merged or row.truth["admitted_on"] is None:
                continue
            house = row.household
            incomplete = key in lacking or not form.stamped or not house.enrolled
            settle = key in two or not_passed(house) or house.worker.id_number in city.bad_cards
            if incomplete and settle:
                continue
            verdict = "incomplete" if incomplete else "to_settle" if settle else "eligible"
            yield {"file": form.file, "row": number, "verdict": verdict}
