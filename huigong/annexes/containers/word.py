"""Word documents (.docx): every table as a grid, with cells merged downwards told apart, and the lines between them."""

from collections.abc import Iterator

from lxml import etree

from huigong.annexes.containers.limits import MAX_CELLS, MAX_COLUMNS, MAX_TEXT
from huigong.annexes.containers.zips import Package
from huigong.annexes.contents import Contents, Merge, Table
from huigong.annexes.problems import UnreadableError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a reader on paper does not see: text moved elsewhere, and the copy of a text box that is kept for old programs.
_NOT_READ = (f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}


def contents(package: Package) -> Contents:
    """Tables in their order (inner ones after the outer), lines outside tables, headers and footers."""
    body = _parsed(package, "word/document.xml")
    lines = list(_lines(body))
    for name in package.names:
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            lines += list(_lines(_parsed(package, name)))
    tables = [_table(number, found) for number, found in enumerate(body.iter(f"{_W}tbl"), 1)]
    return Contents(tables=tables, lines=lines)


def _parsed(package: Package, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(package.read(name), parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("truncated") from None
    for element in list(root.iter(*_NOT_READ)):
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return root


def _lines(root: etree._Element) -> Iterator[str]:
    """Paragraphs that stand outside tables."""
    for paragraph in root.iter(f"{_W}p"):
        if next(paragraph.iterancestors(f"{_W}tbl"), None) is None:
            text = _text_of(paragraph)
            if text.strip():
                yield text


def _table(number: int, table: etree._Element) -> Table:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    open_merges: dict[int, tuple[int, int]] = {}  # first column: first row, last column
    cells = 0
    for row_number, row in enumerate(table.findall(f".//{_W}tr")):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue
        row_number = len(rows)  # noqa: PLW2901  rows of inner tables do not count
        texts: list[str] = [""] * _skipped(row)
        for cell in _cells(row):
            column, span = len(texts), _span(cell)
            texts += [_cell_text(cell)] + [""] * (span - 1)
            going_on = _merges_on(cell)
            if going_on == "continue" and column in open_merges:
                texts[column] = ""
                continue
            _close(merges, open_merges, column, row_number)
            if going_on:
                open_merges[column] = (row_number, column + span - 1)
            elif span > 1:
                merges.append((row_number, column, row_number, column + span - 1))
        cells += len(texts)
        if len(texts) > MAX_COLUMNS or cells > MAX_CELLS:
            raise UnreadableError("too_large", f"有{cells}多个单元格", f"it has more than {cells} cells")
        rows.append(texts)
    for column in list(open_merges):
        _close(merges, open_merges, column, len(rows))
    return Table(name=f"table {number}", rows=rows, style="word", merges=merges)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, also those inside content controls."""
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in {f"{_W}sdt", f"{_W}customXml", f"{_W}ins", f"{_W}sdtContent"}:
            yield from _cells(child)


def _close(merges: list[Merge], open_merges: dict[int, tuple[int, int]], column: int, row_number: int) -> None:
    if column in open_merges:
        first, last_column = open_merges.pop(column)
        merges.append((first, column, row_number - 1, last_column))


def _span(cell: etree._Element) -> int:
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = found.get(f"{_W}val") if found is not None else None
    return min(int(value), MAX_COLUMNS) if value and value.isdigit() and int(value) > 0 else 1


def _skipped(row: etree._Element) -> int:
    found = row.find(f"{_W}trPr/{_W}gridBefore")
    value = found.get(f"{_W}val") if found is not None else None
    return min(int(value), MAX_COLUMNS) if value and value.isdigit() else 0


def _merges_on(cell: etree._Element) -> str:
    """`restart` where a downward merge begins, `continue` inside one, else nothing."""
    found = cell.find(f"{_W}tcPr/{_W}vMerge")
    if found is None:
        return ""
    return "restart" if found.get(f"{_W}val") == "restart" else "continue"


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(filter(None, (_text_of(paragraph) for paragraph in cell.findall(f".//{_W}p"))))[:MAX_TEXT]


def _text_of(paragraph: etree._Element) -> str:
    """A paragraph as read on paper: deleted text is gone, breaks and tabs stay."""
    parts = []
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[node.tag])
    return "".join(parts)[:MAX_TEXT]
