"""Which sign divides the columns of a small table of text: a spreadsheet of another setting writes ; or tabs for commas."""

from collections.abc import Collection

from huigong.values.text import narrow

_SIGNS = ",\t;，；|"
_MARK = "sep="


def delimiter_of(text: str, columns: Collection[str]) -> str:
    """The sign that finds most of the wanted columns in the heading; a comma where none does."""
    lines = (line for line in text.splitlines() if line.strip() and not names_delimiter(line))
    heading = next(lines, "").removeprefix("\ufeff")
    return max(_SIGNS, key=lambda sign: sum(narrow(cell.strip().strip('"')) in columns for cell in heading.split(sign)))


def names_delimiter(first: str) -> bool:
    """Whether the first cell or line is the one by which a spreadsheet names its delimiter (sep=;): it is no heading."""
    return first.strip().lower().startswith(_MARK)
