"""Lists that cannot be matched are refused in a sentence that says what to do; odd but sound ones are read."""

import pytest

from huigong.matching import reading
from huigong.matching.tests.cast import XIAOYU, records
from huigong.values.sentence import WrongValueError


def code(path):
    with pytest.raises(WrongValueError) as told:
        reading.read(path)
    assert told.value.sentence.en.isascii() or path.name in told.value.sentence.en
    return told.value.sentence.code


@pytest.fixture
def sheet(tmp_path):
    def write(text, *, encoding="utf-8", name="people.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_offices_are_read(sheet, encoding):
    assert reading.read(sheet("record_id,name\n1,韦小雨\n", encoding=encoding))["name"].to_list() == ["韦小雨"]


def test_semicolons_and_unknown_columns_are_read(sheet):
    assert reading.read(sheet("record_id;name;remark\n1;韦小雨;x\n")).columns == ["record_id", "name"]


def test_parquet_is_read(tmp_path):
    path = tmp_path / "people.parquet"
    records(XIAOYU).write_parquet(path)
    assert reading.read(path).height == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "people_empty"),
        ("record_id,name\n", "people_no_rows"),
        ("name,id_number\n韦小雨,1\n", "people_without_id"),
        ("record_id,phone\n1,2\n", "people_without_names"),
        ("record_id,name\n1,韦小雨\n1,韦小雪\n", "people_number_repeated"),
        ("record_id,name\n,韦小雨\n", "people_number_missing"),
        ("record_id,name,id_number\n1,韦小雨,4.50499E+17\n", "people_ids_rounded"),
        ("record_id,name,id_number\n1,韦小雨,450499199903122840.0\n", "people_ids_rounded"),
        ("record_id,name\n1,韦小雨,3,4\n", "people_no_table"),
    ],
)
def test_a_wrong_list_is_refused(sheet, text, expected):
    assert code(sheet(text)) == expected


def test_bytes_of_no_encoding_are_refused(sheet):
    assert code(sheet(b"record_id,name\n1,\xff\xff\xfe\x80\n")) == "people_encoding"


def test_a_picture_is_refused(sheet):
    assert code(sheet(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50)) == "people_encoding"


def test_a_broken_parquet_is_refused(sheet):
    assert code(sheet(b"PAR1 and then nothing", name="people.parquet")) == "people_no_parquet"


def test_an_identity_column_of_floats_is_refused(tmp_path):
    path = tmp_path / "people.parquet"
    table = records(XIAOYU).with_columns(id_number=4.5e17)
    table.write_parquet(path)
    assert code(path) == "people_ids_rounded"


def test_a_hundred_thousand_rows_of_rubbish_are_refused(sheet):
    rows = "".join(f"{at},#REF!,NULL\n" for at in range(100_000))
    assert code(sheet("record_id,name,id_number\n" + rows)) == "people_rubbish"
