"""OpenDocument spreadsheets (.ods): measured by their repeats before anything allocates memory for them."""

import re

from huigong.annexes.containers.limits import MAX_CELLS
from huigong.annexes.containers.workbooks import old_workbook
from huigong.annexes.containers.zips import Package
from huigong.annexes.contents import Contents
from huigong.annexes.problems import UnreadableError

_FILLED = re.compile(rb"<table:table-cell\b(?=[^>]*office:value-type)[^>]*?number-columns-repeated=\"(\d+)\"")


def contents(content: bytes, package: Package) -> Contents:
    """The visible sheets. Raises UnreadableError for a cell that is filled a thousand times over."""
    repeated = sum(int(times) for times in _FILLED.findall(package.read("content.xml")))
    if repeated > MAX_CELLS:
        raise UnreadableError("too_large", f"有{repeated}个单元格", f"it has {repeated} cells")
    return old_workbook(content)
