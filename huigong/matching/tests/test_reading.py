"""Lists that cannot be matched are refused in a sentence that says what to do; odd but sound ones are read."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from huigong.matching import normalising, reading
from huigong.matching.tests.cast import RAIN, XIAOYU, records
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


def test_a_longer_list_than_is_taken_at_once_is_not_sent_to_be_split_by_county(sheet, monkeypatch):
    monkeypatch.setattr(reading, "_MOST_RECORDS", 1)
    with pytest.raises(WrongValueError, match="按学年分开，或在 Spark 上比（不要按县分") as told:
        reading.read(sheet("record_id,name\n1,韦小雨\n2,韦小雪\n"))
    assert told.value.sentence.code == "people_too_many"


def test_unknown_columns_that_differ_in_case_only_leave_the_known_ones_readable(sheet):
    read = reading.read(sheet("Record_ID,Name,Note,note\n1,韦小雨,a,b\n"))
    assert read.to_dicts() == [{"record_id": "1", "name": "韦小雨"}]


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


def test_a_million_rows_of_rubbish_are_refused(tmp_path):
    numbers = pl.int_range(1_000_000, eager=True).cast(pl.String)
    pl.DataFrame({"record_id": numbers, "name": "#REF!", "id_number": "NULL"}).write_csv(tmp_path / "people.csv")
    assert code(tmp_path / "people.csv") == "people_rubbish"


def test_signs_and_decimals_are_no_names_and_no_numbers(sheet):
    rows = [(f"{at}", f"{'abc#%$&;'[at % 5 :]}", f"0.{at * 7_919_117 % 10_000_019:09d}") for at in range(400)]
    assert code(sheet("record_id,name,id_number\n" + "\n".join(map(",".join, rows)))) == "people_ids_rounded"
    without_point = "\n".join(f"{at},{name},{number[2:]}" for at, name, number in rows)
    assert code(sheet("record_id,name,id_number\n" + without_point)) == "people_rubbish"


def test_a_few_people_among_rubbish_are_no_list_of_people(sheet):
    rows = [f"{at},{'韦小雨' if at % 5 == 0 else 'abc#'}" for at in range(100)]
    assert code(sheet("record_id,name\n" + "\n".join(rows))) == "people_rubbish"


@pytest.mark.parametrize(
    "number",
    [RAIN, RAIN[:6] + RAIN[8:17], f"{RAIN[:6]} {RAIN[6:14]} {RAIN[14:]}", f"'{RAIN}", "4504**********2843", "450499********284x", "４５０４９９１９９９０３１２２８４Ｘ"],
)  # fmt: skip
@pytest.mark.parametrize("column", ["id_number", "father_id_number"])
def test_a_list_of_numbers_alone_is_read_however_they_are_written(sheet, column, number):
    assert reading.read(sheet(f"record_id,{column}\n1,{number}\n")).height == 1


# What other programs make of a list


def stored(tmp_path, **columns):
    path = tmp_path / "people.parquet"
    table = records(XIAOYU, XIAOYU, XIAOYU)
    table.with_columns(record_id=pl.Series(["1", "2", "3"])).with_columns(**columns).write_parquet(path)
    return path


def test_numbers_dates_and_words_of_parquet_are_read_as_a_list_writes_them(tmp_path):
    path = stored(
        tmp_path,
        record_id=pl.Series([1.0, 2.0, 3.0]),
        birth_date=pl.Series([date(1999, 3, 12), None, date(1999, 3, 13)]),
        phone=pl.Series([13800001234.0, float("nan"), None]),  # whole numbers with a gap are floats elsewhere
        year=pl.Series([2017, None, 2016], dtype=pl.Int16),
        id_number=pl.Series([450499199903122843, None, 450499199903122851]),
        school=pl.Series(["一中", None, "二中"], dtype=pl.Categorical),
        unit=pl.Series([None, None, None]),
        source=pl.Series(["民政".encode(), b"", None]),
        mother_id_number=pl.Series([None, float("nan"), None], dtype=pl.Float64),
        father_id_number=pl.Series([Decimal(450499197003122841), None, None], dtype=pl.Decimal(20, 2)),
    )
    read = reading.read(path)
    assert read["record_id"].to_list() == ["1", "2", "3"]
    assert read["birth_date"].to_list() == ["1999-03-12", "", "1999-03-13"]
    assert read["phone"].to_list() == ["13800001234", "", ""]
    assert read["id_number"].to_list() == ["450499199903122843", "", "450499199903122851"]
    assert (read["year"][0], read["school"][0], read["unit"][0], read["source"][0]) == ("2017", "一中", "", "民政")
    assert set(read["mother_id_number"]) == {""}
    assert read["father_id_number"][0] == "450499197003122841"


def test_a_day_with_a_time_is_a_day(tmp_path):
    path = stored(tmp_path, birth_date=datetime(1999, 3, 12, 8, 30))  # noqa: DTZ001  as a program without zones stores it
    assert set(reading.read(path)["birth_date"]) == {"1999-03-12"}


@pytest.mark.parametrize("value", [["韦小雨"], {"first": "韦"}, b"\xff\xfe"])
def test_a_column_of_parquet_that_is_no_text_is_refused(tmp_path, value):
    assert code(stored(tmp_path, name=pl.Series([value] * 3))) == "people_column_kind"


def test_parquet_under_another_name_is_read_and_a_list_named_parquet_is_refused(tmp_path, sheet):
    stored(tmp_path).rename(tmp_path / "people.txt")
    assert reading.read(tmp_path / "people.txt").height == 3
    assert code(sheet("record_id,name\n1,韦小雨\n", name="people.parquet")) == "people_no_parquet"


@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_workbook_is_refused_with_what_to_save_it_as(sheet, begins):
    assert code(sheet(begins + bytes(range(256)), name="people.csv")) == "people_workbook"


@pytest.mark.parametrize(
    "numbers",
    [
        ["450499199903122000", "450499199904112000", "450499200001022000"],  # a spreadsheet keeps fifteen digits
        [str(int(float(number))) for number in ("450499199903122843", "450499199904112852", "450499200001022861")],
    ],
)
def test_identity_numbers_that_lost_their_last_digits_are_refused(sheet, numbers):
    rows = "".join(f"{at},韦小雨,{number}\n" for at, number in enumerate(numbers))
    assert code(sheet("record_id,name,id_number\n" + rows)) == "people_ids_cut_off"


def test_a_few_numbers_that_end_in_zeros_by_chance_are_taken(sheet):
    numbers = ["450499199903122000", "450499199903122843", "450499199904112852", "450499200001022861"]
    rows = "".join(f"{at},韦小雨,{number}\n" for at, number in enumerate(numbers))
    assert reading.read(sheet("record_id,name,id_number\n" + rows)).height == 4


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_quoted_cells_keep_commas_quotes_and_line_breaks(sheet, encoding):
    text = 'record_id,name,school\r\n1,"韦小\n雨","一中, ""老""校区"\r\n2,韦小雨,\r\n'
    read = reading.read(sheet(text, encoding=encoding))
    assert (read["name"][0], read["school"].to_list()) == ("韦小\n雨", ['一中, "老"校区', ""])
    form = normalising.prepare(read)["name"]
    assert form[0] == form[1] != 0  # a line break inside a name is no part of it


@pytest.mark.parametrize(
    "text",
    ["record_id,name\r1,韦小雨\r", "sep=;\r\nrecord_id;name\r\n1;韦小雨\r\n", "\n\nrecord_id,name\n1,韦小雨\n", " Record_ID ,NAME\n1,韦小雨\n"],
    ids=["carriage returns", "the delimiter named", "blank lines first", "headings written otherwise"],
)  # fmt: skip
def test_odd_but_sound_tables_are_read(sheet, text):
    assert reading.read(sheet(text)).to_dicts() == [{"record_id": "1", "name": "韦小雨"}]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("record_id,name,name\n1,韦小雨,韦小雪\n", "people_columns_repeated"),
        ("record_id,name\n  ,韦小雨\n", "people_number_missing"),
        ('record_id,name\n1,"韦小雨\n2,韦小雪\n', "people_no_table"),
        ("record_id,name\n1,韦小雨\n".encode("utf-16-le"), "people_encoding"),  # no mark says so
        ("record_id,name\n1,韦小雨\n".encode("utf-16")[:-1], "people_encoding"),
        ("record_id,name\n1,韦小雨".encode("gb18030")[:-1], "people_encoding"),
        (b"\xef\xbb\xbf", "people_empty"),
        (b" \r\n \r\n", "people_empty"),
        (b"\xff\xfe", "people_empty"),
    ],
)
def test_what_is_half_or_ambiguous_is_refused(sheet, content, expected):
    assert code(sheet(content)) == expected
