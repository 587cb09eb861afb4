"""What makes a table of people one that can be matched: numbers that are whole, records that can be named, people in it."""

from pathlib import Path

import polars as pl

from huigong.values.sentence import Sentence, WrongValueError

_TELLING = 0.5  # of the rows hold a name in characters or an identity number
_NUMBER = r"^(\d{15}|\d{17}[\dXxＸｘ]|\d{4,}[*Xx#＊]+\d*\d{3}[\dXxＸｘ])$"  # whole, of the old length, or masked
_BETWEEN = r"[\s'’-]"  # what is written between and before the digits
_ROUNDED = r"^[0-9]*\.[0-9]+([eE][+-]?[0-9]+)?$|^[0-9]+\.?[eE][+-]?[0-9]+$"
_FLOAT_STEP = 64  # how far apart floats are where identity numbers lie: a whole number that was one is divisible by it
_SPREADSHEET_STEP = 1000  # a spreadsheet keeps fifteen digits and writes zeros after them
_FEW = 3  # numbers that look cut off before anybody is accused


def wrong(code: str, path: Path, zh: str, en: str) -> WrongValueError:
    """What is wrong with a file, in a sentence that begins with its name."""
    return WrongValueError(Sentence(code, f"{path.name} {zh}。", f"{path.name} {en}."))


def check(table: pl.DataFrame, path: Path, floats: list[str]) -> None:
    """Raises WrongValueError for a table of texts that cannot be matched; `floats` are columns that came as decimals."""
    _check_ids(table, path, floats)
    _check_numbers(table, path)
    _check_content(table, path)


def _check_ids(table: pl.DataFrame, path: Path, floats: list[str]) -> None:
    """Identity numbers that went through a spreadsheet's number format have lost their last digits for good."""
    for name in (column for column in table.columns if column.endswith("id_number")):
        filled = table[name].filter(table[name].str.strip_chars() != "")
        rounded = filled.str.contains(_ROUNDED).sum()
        if name in floats or (rounded and rounded * 20 >= len(filled)):
            raise wrong(
                "people_ids_rounded", path,
                f"的 {name} 列是小数或科学计数（有 {rounded or len(filled)} 格），末几位已经丢了，补不回来；请从原表把该列设成文本再导出",
                f"has column {name} as decimals ({rounded or len(filled)} cells): the last digits are lost for good; export it again with that column as text",
            )  # fmt: skip
        cut = _cut_off(filled)
        if cut:
            raise wrong(
                "people_ids_cut_off", path,
                f"的 {name} 列有 {cut} 个号码末几位像是表格软件抹掉的（变成 000，或被小数进位），补不回来；请从原表把该列设成文本再导出",
                f"has {cut} numbers in column {name} whose last digits a spreadsheet seems to have rounded off: they are lost for good; export it again with that column as text",
            )  # fmt: skip


def _cut_off(filled: pl.Series) -> int:
    """How many whole numbers went through fifteen digits or a float and show it; 0 where it may be chance (one in sixty)."""
    numbers = filled.filter(filled.str.contains(r"^[1-9][0-9]{17}$")).cast(pl.Int64)
    cut = int(((numbers % _SPREADSHEET_STEP == 0) | (numbers % _FLOAT_STEP == 0)).sum())
    return cut if cut >= _FEW and cut * 2 >= len(numbers) else 0


def _check_numbers(table: pl.DataFrame, path: Path) -> None:
    repeated = table["record_id"].filter(table["record_id"].is_duplicated())
    if table.filter(pl.col("record_id").str.strip_chars() == "").height:
        raise wrong("people_number_missing", path, "有的行没有 record_id", "has rows without a record_id")
    if len(repeated):
        raise wrong(
            "people_number_repeated",
            path,
            f"的 record_id 有重复（如 {repeated[0]}），共 {repeated.n_unique()} 个；结果会说不清是哪一条",
            f"repeats {repeated.n_unique()} record_id, such as {repeated[0]}: results could not say which record is meant",
        )


def _check_content(table: pl.DataFrame, path: Path) -> None:
    if not table.height:
        raise wrong("people_no_rows", path, "只有表头，没有记录", "has a heading and no records")
    names = [pl.col("name").str.contains(r"\p{Han}")] if "name" in table.columns else []
    numbers = [
        pl.col(name).str.replace_all(_BETWEEN, "").str.contains(_NUMBER)
        for name in table.columns
        if name.endswith("id_number")
    ]
    telling = table.select(pl.any_horizontal(*names, *numbers).sum()).item()
    if telling < table.height * _TELLING:
        raise wrong(
            "people_rubbish",
            path,
            f"有 {table.height} 行，只有 {telling} 行像人的姓名或身份证号；请看看列是不是错位",
            f"has {table.height} rows, and only {telling} hold what looks like a name or an identity number; are the columns shifted?",
        )
