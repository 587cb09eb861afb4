"""A cell cut out of a scan is that cell, however the page lies; where a line is not sure there is no cell at all."""

from dataclasses import replace

import pytest
from PIL import Image

from huigong.annexes import stamps
from huigong.annexes.cut_outs import Piece, Seen, cut, rows_of, seen_in
from huigong.annexes.grids import grid_of
from huigong.annexes.tests.ruled import as_file, askew, colour, grained, looks_like, middle, ruled

CODE = "HG1/" + "ABCDEFGHIJKLMNOPQRSTUVWXY2" + "/1.1/" + "MZXW6YTBOI" * 27
WIDTHS = (15, 9, 9, 14, 10, 22, 14, 9, 5, 5, 22, 26)
HEIGHTS = (60, 140, 59, 95, 60, 180, 60)


def edged(sheet):
    """The dark edge that a scanner leaves along a sheet that does not lie at its corner."""
    wider = Image.new("RGB", (sheet.width + 30, sheet.height + 40), (25, 25, 25))
    wider.paste(sheet, (0, 0))
    return wider


def seen_on(*sheets):
    """What a child process would see, without starting one."""
    found, grids = [], []
    for sheet in sheets:
        codes = stamps.codes_on(sheet)
        found += [one.text for one in codes]
        grids.append(grid_of(sheet, WIDTHS, lying=codes[0].turn if codes else 0.0))
    return Seen(tuple(found), tuple(grids))


@pytest.mark.parametrize(
    "lay",
    [
        lambda sheet: sheet,
        askew(2),
        askew(-2),
        lambda sheet: grained(askew(1.3)(sheet)),
        lambda sheet: sheet.rotate(90, expand=True),
        lambda sheet: askew(-1.7)(sheet.rotate(180)),
        lambda sheet: sheet.resize((1754, 1240), Image.Resampling.BOX),
        edged,
    ],
    ids=["flat", "askew", "askew the other way", "grained", "quarter", "upside down", "150 dots", "dark edge"],
)
def test_every_row_and_column_is_found_however_the_page_lies(lay):
    sheet = lay(ruled(WIDTHS, HEIGHTS, CODE, seal=True))
    rows = rows_of(seen_on(sheet), len(HEIGHTS))
    assert rows is not None
    content = as_file(sheet)
    for row, column in ((0, 0), (1, 5), (len(HEIGHTS) - 1, len(WIDTHS) - 1)):
        assert looks_like(middle(cut(content, rows.cell(row, column))), colour(row, column), off=45)


def test_a_line_between_columns_that_did_not_print_is_where_the_form_has_it():
    sheet = ruled(WIDTHS, HEIGHTS, CODE, lost_columns=(4,))
    rows = rows_of(seen_on(sheet), len(HEIGHTS))
    assert rows is not None
    assert looks_like(middle(cut(as_file(sheet), rows.cell(2, 3))), colour(2, 3))


@pytest.mark.parametrize(
    "sheet",
    [
        ruled(WIDTHS, HEIGHTS, CODE, lost_rows=(5,)),
        ruled(WIDTHS, HEIGHTS, CODE, lost_columns=(0,)),
        ruled(WIDTHS, HEIGHTS, CODE, table=False),
        ruled(WIDTHS[::-1], HEIGHTS, CODE),
        ruled(WIDTHS, (*HEIGHTS, 60), CODE),
    ],
    ids=["a line of a row lost", "the outer line lost", "no table", "other columns", "a row more"],
)
def test_where_one_line_is_not_sure_no_cell_is_shown(sheet):
    assert rows_of(seen_on(sheet), len(HEIGHTS)) is None


def test_rows_go_on_over_pages_and_a_lost_page_makes_none_of_them_sure():
    first = ruled(WIDTHS, HEIGHTS, CODE)
    second = ruled(WIDTHS, (60, 60, 90), CODE, first=len(HEIGHTS))
    # The second page of a printed table begins without headings: here its own two are rows of people.
    count = len(HEIGHTS) + 2 + 3
    rows = rows_of(seen_on(first, second), count)
    assert rows is not None
    assert looks_like(middle(cut(as_file(first, second, kind="PDF"), rows.cell(count - 1, 5))), colour(9, 5))
    assert rows_of(seen_on(first), count) is None


def test_the_same_is_seen_in_a_child_process_and_what_is_no_scan_says_so():
    told = seen_in(as_file(ruled(WIDTHS, HEIGHTS, CODE)), WIDTHS)
    assert told.codes == (CODE,)
    assert rows_of(told, len(HEIGHTS)) is not None
    assert seen_in(b"%PDF-1.7 and then nothing", WIDTHS) == Seen(fault="unreadable")


def test_a_piece_of_a_page_that_is_not_there_or_of_nothing_is_no_picture():
    content, piece = as_file(ruled(WIDTHS, HEIGHTS)), Piece(1, 0.0, 0.1, 0.1, 0.2, 0.2)
    assert cut(content, piece).startswith(b"\x89PNG")
    assert cut(content, replace(piece, page=2)) == b""
    assert cut(content, replace(piece, left=0.5)) == b""
    assert cut(b"no scan", piece) == b""
