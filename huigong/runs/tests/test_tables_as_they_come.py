"""Small tables as offices save them: other delimiters, other encodings, a heading that is not the one that is needed."""

import pytest

from huigong.rules import quota_table
from huigong.runs import tables
from huigong.values.sentence import SaidError

PAPERS = ["form,row,paper,copy_kept", "甲.xlsx,1,stamped_form,是", "乙，丙.xlsx,,benefit_card_copy,yes"]


def saved(folder, lines, *, sign=",", encoding="utf-8", head=""):
    path = folder / "table.csv"
    path.write_bytes((head + "\r\n".join(lines).replace(",", sign) + "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_delimiter_and_the_encoding_are_found(tmp_path, sign, encoding):
    lines = tables.papers(saved(tmp_path, PAPERS, sign=sign, encoding=encoding))
    assert [(one.form_name, one.row_number, one.kind, one.copy_kept, one.line) for one in lines] == [
        ("甲.xlsx", 1, "stamped_form", True, 2),
        ("乙，丙.xlsx", 0, "benefit_card_copy", True, 3),
    ]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_units_and_settlements_too(tmp_path, sign):
    (unit,) = tables.units(saved(tmp_path, ["unit,federation_code", "甲工会,450422"], sign=sign))
    assert (unit.unit, unit.federation_code) == ("甲工会", "450422")
    (line,) = tables.settlements(saved(tmp_path, ["student,settled_by,about", "韦小雨,覃,late"], sign=sign))
    assert (line.student, line.settled_by, line.about) == ("韦小雨", "覃", "late")


@pytest.mark.parametrize("sign", [",", ";", "\t", "，"])
def test_a_quota_table_too(sign):
    text = "division_code,organisation,places\n450400,本级,3\n450422,藤县总工会,7\n".replace(",", sign)
    read = quota_table.read("quotas.csv", text)
    assert (read.problems, dict(read.places)) == ((), {"450400": 3, "450422": 7})


def test_the_line_by_which_a_spreadsheet_names_its_delimiter_is_no_heading(tmp_path):
    (unit,) = tables.units(saved(tmp_path, ["unit;federation_code", "甲工会;450422"], head="sep=;\r\n"))
    assert unit.unit == "甲工会"


def test_a_heading_that_lacks_a_column_is_told_with_what_stands_there(tmp_path):
    with pytest.raises(SaidError, match=r"第一行.*federation_code.*现在是.*单位"):
        tables.units(saved(tmp_path, ["单位,代码", "甲工会,450422"]))


def test_an_empty_table_is_told(tmp_path):
    with pytest.raises(SaidError, match="unit"):
        tables.units(saved(tmp_path, [""]))
