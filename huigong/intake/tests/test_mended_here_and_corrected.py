"""A cell that a person mended here, and a corrected copy of the same form: whose word stands, and that the row says so."""

from huigong.annexes.tests.forms import CHILD, FORM, ROW, changed
from huigong.intake import actions
from huigong.intake.contents import mends_of, row_read
from huigong.intake.tests.copies import corrected

BAD = changed(student_id_number="450422199901010021", annual_income_per_capita="很少")


def mend(row, name, text, at):
    return actions.mend_cells(row, {name: text}, version=row.version, definition=FORM, officer="lu", at=at)


def values(form, number=1):
    return row_read(form.rows.get(number=number)).values


def place_of(form, name):
    return row_read(form.rows.get(number=1)).places[name].split("!")[1]


def test_a_cell_mended_here_stays_where_the_copy_did_not_change_it(give, unit, at, tmp_path, annotated):
    form = give(BAD)
    mend(form.rows.get(), "student_id_number", CHILD, at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, **{place_of(form, "annual_income_per_capita"): 7300}))

    row = copy.rows.get()
    assert (form.rows.get().status, row.status, row.errors) == ("replaced", "ready", 0)
    assert (values(copy)["student_id_number"], values(copy)["annual_income_per_capita"]) == (CHILD, 7300)
    (kept,) = mends_of(row)
    assert (kept.name, kept.day.isoformat(), kept.outlived_copy) == ("student_id_number", "2017-08-07", True)


def test_a_cell_that_the_copy_changed_is_the_copys(give, unit, at, tmp_path, annotated):
    form = give(ROW)
    mend(form.rows.get(), "phone", "13900000000", at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, **{place_of(form, "phone"): "13700000000"}))
    assert values(copy)["phone"] == "13700000000"
    assert mends_of(copy.rows.get()) == ()


def test_a_mend_of_a_good_value_outlives_a_copy_that_changed_another_cell(give, unit, at, tmp_path, annotated):
    form = give(ROW)
    mend(form.rows.get(), "phone", "13900000000", at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, **{place_of(form, "annual_income_per_capita"): 6100}))
    assert (values(copy)["phone"], values(copy)["annual_income_per_capita"]) == ("13900000000", 6100)


def test_it_outlives_a_second_round_too_and_the_last_mend_counts(give, unit, at, tmp_path, annotated):
    form = give(BAD)
    mend(form.rows.get(), "phone", "13900000000", at)
    mend(form.rows.get(), "phone", "13900000001", at)
    income = place_of(form, "annual_income_per_capita")
    first = annotated(form, tmp_path / "名单.xlsx")
    second = give(path=corrected(first, **{income: "不多"}))
    third = give(path=corrected(annotated(second, first, "again"), **{income: 7300}))
    assert values(second)["phone"] == values(third)["phone"] == "13900000001"


def test_half_a_cell_mended_here_does_not_lose_the_other_half(give, unit, at, tmp_path, annotated):
    form = give(ROW)
    mend(form.rows.get(), "school", "广西大学", at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, **{place_of(form, "phone"): "13700000000"}))
    before = values(form)
    assert before["school"] == "广西大学"
    assert [values(copy)[name] for name in ("school", "admitted_on")] == ["广西大学", before["admitted_on"]]


def test_a_repair_that_a_person_confirmed_stays_too(give, unit, files, at, tmp_path, annotated):
    form = give(changed(student_id_number=450422199901010000.0))
    actions.confirm_repair(form.rows.get(), definition=FORM, officer="lu", at=at)
    back = annotated(form, tmp_path / "名单.xlsx")
    copy = give(path=corrected(back, **{place_of(form, "phone"): "13700000000"}))
    assert (values(copy)["student_id_number"], copy.rows.get().status) == (CHILD, "ready")


def test_good_rows_of_such_a_copy_may_be_taken_at_once(give, unit, at, tmp_path, annotated):
    form = give(BAD)
    mend(form.rows.get(), "student_id_number", CHILD, at)
    back = annotated(form, tmp_path / "名单.xlsx")
    income = place_of(form, "annual_income_per_capita")
    copy = give(path=corrected(back, **{income: 7300}), good_rows="accepted")
    assert copy.rows.get().status == "accepted"


def test_a_row_that_nobody_mended_says_nothing(give, unit):
    assert mends_of(give(ROW).rows.get()) == ()
