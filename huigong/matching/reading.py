"""Reading lists of people (CSV or Parquet) and refusing, in a sentence, what cannot be matched."""

from pathlib import Path

import polars as pl

from huigong.matching.checking import check, wrong
from huigong.matching.normalising import COLUMNS
from huigong.values.delimiters import delimiter_of, names_delimiter

TELLING = ("name", "id_number", "father_id_number", "mother_id_number")  # at least one of them tells people apart
_MOST_RECORDS = 20_000_000
_WHOLE = 2**53  # below it every whole number is a float too
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read(path: Path) -> pl.DataFrame:
    """The known columns as text, in the order of the file. Raises WrongValueError where the file cannot be matched."""
    table = _headed(_parquet(path) if _is_parquet(path) else _csv(path), path)
    known = [name for name in COLUMNS if name in table.columns]
    if "record_id" not in known:
        raise wrong(
            "people_without_id",
            path,
            "没有 record_id 列，每条记录要有自己的编号",
            "has no column record_id: every record needs its own",
        )
    if not set(known) & set(TELLING):
        raise wrong(
            "people_without_names",
            path,
            "没有姓名也没有身份证号的列（name、id_number），认不出人；请照说明改列名",
            "has neither name nor id_number: nothing to tell people by; please rename its columns",
        )
    if table.height > _MOST_RECORDS:
        raise wrong(
            "people_too_many",
            path,
            f"有 {table.height} 行，一次最多 {_MOST_RECORDS} 行，请按学年分开，或在 Spark 上比（不要按县分：名字在两个县的人会认不出）",
            f"has {table.height} rows; {_MOST_RECORDS} at most at once: please split it by school year, or match on Spark "
            "(not by county: a person whose lists lie in two would be lost)",
        )
    floats = [name for name in known if name.endswith("id_number") and _is_of_floats(table[name])]
    table = pl.DataFrame([_texts(table[name], path) for name in known])
    check(table, path, floats)
    return table


def _is_parquet(path: Path) -> bool:
    """By its name, or by how it begins under another one."""
    with path.open("rb") as file:
        return path.suffix.lower() in {".parquet", ".pq"} or file.read(4) == b"PAR1"


def _headed(table: pl.DataFrame, path: Path) -> pl.DataFrame:
    """With the known headings in their plain form. Raises WrongValueError where two columns claim one of the known names."""
    plain = [name.strip().lower() for name in table.columns]
    claimed = [name.partition("_duplicated_")[0] for name in plain]
    repeated = [name for name in COLUMNS if claimed.count(name) > 1]
    if repeated:
        raise wrong(
            "people_columns_repeated",
            path,
            f"有两列都叫 {repeated[0]}，不知道用哪一列；请删掉一列或改名",
            f"has two columns {repeated[0]}: which one counts? Please remove or rename one",
        )
    written = zip(table.columns, plain, strict=True)
    return table.rename({name: known for name, known in written if known in COLUMNS})


def _is_of_floats(column: pl.Series) -> bool:
    """A column with nothing in it is one of floats to some programs."""
    return column.dtype.is_float() and column.fill_nan(None).count() > 0


def _texts(column: pl.Series, path: Path) -> pl.Series:
    """A column of any sound kind as text, the way a list would write it. Raises WrongValueError for a kind that is none."""
    kind, texts = column.dtype, column
    if kind.is_float():
        texts = column.fill_nan(None)
        if texts.drop_nulls().is_between(-_WHOLE, _WHOLE).all() and (texts.drop_nulls() % 1 == 0).all():
            texts = texts.cast(pl.Int64)
    elif kind.base_type() in {pl.Date, pl.Datetime}:
        texts = column.dt.strftime("%Y-%m-%d")
    try:
        texts = texts.clear() if kind.is_nested() else texts.cast(pl.String).fill_null("")
    except pl.exceptions.PolarsError:  # bytes that are no text
        texts = texts.clear()
    if len(texts) < len(column):
        raise wrong(
            "people_column_kind",
            path,
            f"的 {column.name} 列不是文字、数字或日期（{kind}），读不了",
            f"has column {column.name} of a kind that is no text, number or date ({kind})",
        )
    return texts.str.replace(r"\.0+$", "") if kind == pl.Decimal else texts


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise wrong("people_no_parquet", path, "不是完好的 Parquet 文件", "is no sound Parquet file") from error


def _csv(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    if content.startswith(_WORKBOOKS):
        raise wrong(
            "people_workbook",
            path,
            "是 Excel 或 Word 文件，这里只收 CSV 和 Parquet；请在表格软件里另存为 CSV UTF-8",
            "is a workbook or document: this takes CSV and Parquet; please save it as CSV UTF-8",
        )
    text = _decoded(content, path).lstrip("\r\n")
    if not text.strip():
        raise wrong("people_empty", path, "是空的", "is empty")
    if "\n" not in text:  # lines end as they did on old Macintoshes
        text = text.replace("\r", "\n")
    separator, first = delimiter_of(text[:100_000], COLUMNS), text.partition("\n")[0]
    if names_delimiter(first):
        text = text[len(first) + 1 :]
    try:
        return pl.read_csv(
            text.encode(),
            separator=separator,
            infer_schema=False,
            truncate_ragged_lines=False,
        )
    except pl.exceptions.PolarsError as error:
        raise wrong(
            "people_no_table",
            path,
            "读不成表：有的行列数不对，或引号没有配对",
            "is no table: rows differ in their columns, or a quotation mark stays open",
        ) from error


def _decoded(content: bytes, path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 with its mark, or GB18030. Anything else is refused rather than guessed."""
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:10_000]:
            return text
    raise wrong(
        "people_encoding",
        path,
        "的编码认不出（要 UTF-8 或 GB18030），也可能不是文本；请另存为 CSV UTF-8",
        "is in no known encoding (UTF-8 or GB18030), or no text; please save it as CSV UTF-8",
    )
