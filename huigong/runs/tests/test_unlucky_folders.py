"""Tables and folders as an unlucky user has them: told in words, and nobody else's file is lost."""

import os
from datetime import date

import pytest

from huigong.runs import steps, tables, writing
from huigong.runs.inputs import Days, Inputs, People
from huigong.values.sentence import SaidError

DAY = date(2017, 8, 7)


def inputs(folder):
    forms = folder / "forms"
    forms.mkdir()
    days = Days(received=DAY, notice_from=None, as_of=DAY)
    return Inputs(folder, [], None, None, None, forms, None, None, People(), days)


def table(folder, text):
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_quoted_cell_may_hold_line_breaks(tmp_path):
    path = table(tmp_path, 'unit,federation_code,note\n甲工会,450422,"第一行\n\n第三行"\n乙工会,450422,\n')
    assert [row.unit for row in tables.units(path)] == ["甲工会", "乙工会"]


def test_a_fault_after_a_line_break_names_the_line_of_the_file(tmp_path):
    with pytest.raises(SaidError, match="第 4 行"):
        tables.units(table(tmp_path, 'unit,federation_code,note\n甲工会,450422,"一\n二"\n乙工会,,\n'))


def test_a_quote_left_open_over_a_long_table_is_told(tmp_path):
    with pytest.raises(SaidError, match=r"table\.csv"):
        tables.units(table(tmp_path, 'unit,federation_code\n"甲' + "x" * 140_000))


@pytest.mark.parametrize("row", ["9" * 7, "9" * 5000])
def test_a_row_number_that_no_form_has_is_told(tmp_path, row):
    with pytest.raises(SaidError, match="行号"):
        tables.papers(table(tmp_path, f"form,row,paper\n01.xlsx,{row},stamped_form\n"))


def test_a_file_name_out_of_an_old_archive_is_read_as_chinese(tmp_path):
    path = os.fsencode(tmp_path) + "/藤县.xlsx".encode("gb18030")
    with open(path, "wb") as file:  # noqa: PTH123  the name is bytes
        file.write(b"x")
    (found,) = steps.files_of(tmp_path)
    named = steps._readable_name(found, tmp_path / "scratch")
    assert (named.name, named.read_bytes()) == ("藤县.xlsx", b"x")


def test_results_among_the_forms_are_refused(tmp_path):
    given = inputs(tmp_path)
    with pytest.raises(SaidError, match="登记表的文件夹"):
        writing.prepare(given, given.forms / "out")


@pytest.mark.parametrize("name", ["out", "out/bank", "out/returned"])
def test_a_file_where_a_folder_should_be_is_told_before_the_run(tmp_path, name):
    given = inputs(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    with pytest.raises(SaidError, match="不是文件夹"):
        writing.prepare(given, tmp_path / "out")


def test_preparing_makes_nothing(tmp_path):
    writing.prepare(inputs(tmp_path), tmp_path / "a" / "out")
    assert not (tmp_path / "a").exists()


def lay(folder, *names):
    made = folder / "made"
    for name in names:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("ours")
    writing._lay(made, folder / "out")


def there(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {".written"}


def test_what_an_earlier_run_wrote_goes_and_what_somebody_laid_there_stays(tmp_path):
    out = tmp_path / "out"
    (out / "returned" / "mine").mkdir(parents=True)
    (out / "returned" / "mine" / "note.docx").write_text("theirs")
    (out / "returned" / "mended.xlsx").write_text("theirs")
    lay(tmp_path, "returned/01.xlsx", "returned/02.xlsx", "bank/B001.csv")
    lay(tmp_path, "returned/02.xlsx", "bank/B001.csv")
    assert there(out) == {
        "returned/02.xlsx",
        "bank/B001.csv",
        "returned/mended.xlsx",
        "returned/mine/note.docx",
    }


def test_a_list_that_leads_elsewhere_deletes_nothing(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_text("x")
    (out / ".written").write_text("returned/../../precious\n../precious\n")
    lay(tmp_path, "returned/01.xlsx")
    assert (tmp_path / "precious").exists()


def test_a_nul_that_an_export_left_is_no_text(tmp_path):
    (unit,) = tables.units(table(tmp_path, "unit,federation_code\n甲\0工会,450422\0\n"))
    assert (unit.unit, unit.federation_code) == ("甲工会", "450422")
