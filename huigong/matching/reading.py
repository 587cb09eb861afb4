"""Reading lists of people (CSV or Parquet) and refusing, in a sentence, what cannot be matched."""

from pathlib import Path

import polars as pl

from huigong.matching.normalising import COLUMNS
from huigong.values.delimiters import delimiter_of
from huigong.values.sentence import Sentence, WrongValueError

TELLING = ("name", "id_number", "father_id_number", "mother_id_number")  # at least one of them tells people apart
_MOST_RECORDS = 20_000_000
_RUBBISH = 0.02  # of the rows must hold a name or a number
_ROUNDED = r"^[0-9.]+[eE]\+?[0-9]+$|^[0-9]{15,18}\.0+$"


def read(path: Path) -> pl.DataFrame:
    """The known columns as text, in the order of the file. Raises WrongValueError where the file cannot be matched."""
    table = _parquet(path) if path.suffix.lower() in {".parquet", ".pq"} else _csv(path)
    known = [name for name in COLUMNS if name in table.columns]
    if "record_id" not in known:
        raise WrongValueError(
            _sentence(
                "people_without_id",
                path,
                "没有 record_id 列，每条记录要有自己的编号",
                "has no column record_id: every record needs its own",
            )
        )
    if not set(known) & set(TELLING):
        raise WrongValueError(
            _sentence(
                "people_without_names",
                path,
                "没有姓名也没有身份证号的列（name、id_number），认不出人；请照说明改列名",
                "has neither name nor id_number: nothing to tell people by; please rename its columns",
            )
        )
    if table.height > _MOST_RECORDS:
        raise WrongValueError(
            _sentence(
                "people_too_many",
                path,
                f"有 {table.height} 行，一次最多 {_MOST_RECORDS} 行，请按县分开",
                f"has {table.height} rows; {_MOST_RECORDS} at most at once, please split it by county",
            )
        )
    floats = [name for name in known if name.endswith("id_number") and table[name].dtype in {pl.Float32, pl.Float64}]
    table = table.select(pl.col(name).cast(pl.String).fill_null("") for name in known)
    _check_ids(table, path, floats)
    _check_numbers(table, path)
    _check_content(table, path)
    return table


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise WrongValueError(
            _sentence("people_no_parquet", path, "不是完好的 Parquet 文件", "is no sound Parquet file")
        ) from error


def _csv(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    text = _decoded(content, path)
    if not text.strip():
        raise WrongValueError(_sentence("people_empty", path, "是空的", "is empty"))
    try:
        return pl.read_csv(
            text.encode(),
            separator=delimiter_of(text[:100_000], COLUMNS),
            infer_schema=False,
            truncate_ragged_lines=False,
        )
    except pl.exceptions.PolarsError as error:
        raise WrongValueError(
            _sentence(
                "people_no_table",
                path,
                "读不成表：有的行列数不对，或引号没有配对",
                "is no table: rows differ in their columns, or a quotation mark stays open",
            )
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
    raise WrongValueError(
        _sentence(
            "people_encoding",
            path,
            "的编码认不出（要 UTF-8 或 GB18030），也可能不是文本；请另存为 CSV UTF-8",
            "is in no known encoding (UTF-8 or GB18030), or no text; please save it as CSV UTF-8",
        )
    )


def _check_ids(table: pl.DataFrame, path: Path, floats: list[str]) -> None:
    """Identity numbers that went through a spreadsheet's number format have lost their last digits for good."""
    for name in (column for column in table.columns if column.endswith("id_number")):
        filled = table[name].filter(table[name].str.strip_chars() != "")
        rounded = filled.str.contains(_ROUNDED).sum()
        if name in floats or (rounded and rounded * 20 >= len(filled)):
            raise WrongValueError(
                _sentence(
                    "people_ids_rounded", path,
                    f"的 {name} 列是小数或科学计数（有 {rounded or len(filled)} 格），末几位已经丢了，补不回来；请从原表把该列设成文本再导出",
                    f"has column {name} as decimals ({rounded or len(filled)} cells): the last digits are lost for good; export it again with that column as text",
                )
            )  # fmt: skip


def _check_numbers(table: pl.DataFrame, path: Path) -> None:
    repeated = table["record_id"].filter(table["record_id"].is_duplicated())
    if table.filter(pl.col("record_id") == "").height:
        raise WrongValueError(
            _sentence("people_number_missing", path, "有的行没有 record_id", "has rows without a record_id")
        )
    if len(repeated):
        raise WrongValueError(
            _sentence(
                "people_number_repeated",
                path,
                f"的 record_id 有重复（如 {repeated[0]}），共 {repeated.n_unique()} 个；结果会说不清是哪一条",
                f"repeats {repeated.n_unique()} record_id, such as {repeated[0]}: results could not say which record is meant",
            )
        )


def _check_content(table: pl.DataFrame, path: Path) -> None:
    if not table.height:
        raise WrongValueError(_sentence("people_no_rows", path, "只有表头，没有记录", "has a heading and no records"))
    name = pl.col("name").str.contains(r"\p{Han}") if "name" in table.columns else pl.lit(value=False)
    number = pl.col("id_number").str.contains(r"\d{4}") if "id_number" in table.columns else pl.lit(value=False)
    telling = table.select((name | number).sum()).item()
    if telling < table.height * _RUBBISH:
        raise WrongValueError(
            _sentence(
                "people_rubbish",
                path,
                f"有 {table.height} 行，只有 {telling} 行像人的姓名或身份证号；请看看列是不是错位",
                f"has {table.height} rows, and only {telling} hold what looks like a name or an identity number; are the columns shifted?",
            )
        )


def _sentence(code: str, path: Path, zh: str, en: str) -> Sentence:
    return Sentence(code, f"{path.name} {zh}。", f"{path.name} {en}.")
