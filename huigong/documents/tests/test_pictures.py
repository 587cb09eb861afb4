"""Pages of papers as pictures: drawn in a child with limits, without anything of the file but its pixels."""

import io

import pypdfium2
import pytest
from PIL import Image

from huigong.documents import pictures
from huigong.documents.pictures import NotAPaperError


def photograph(*, size=(300, 200), kind="JPEG", orientation=0):
    out, sheet = io.BytesIO(), Image.new("RGB", size, "white")
    about = Image.Exif()
    if orientation:
        about[0x0112] = orientation
    about[0x010E] = "taken at home"
    sheet.save(out, kind, exif=about)
    return out.getvalue()


def pdf(pages=2, size=(595, 842)):
    paper = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        paper.new_page(*size)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def seen(content):
    return Image.open(io.BytesIO(content))


def test_a_pdf_has_pages():
    assert pictures.opened(pdf()) == pictures.Paper("application/pdf", 2)
    drawn = seen(pictures.page(pdf(), 2, width=700))
    assert (drawn.format, drawn.width) == ("PNG", 700)


def test_a_photograph_stands_upright_and_says_nothing_of_where_it_was_taken():
    content = photograph(orientation=6)
    assert pictures.opened(content) == pictures.Paper("image/jpeg", 1)
    drawn = seen(pictures.page(content, 1, width=200))
    assert drawn.size == (200, 300)
    assert not drawn.getexif()


def test_a_page_is_turned_by_quarters():
    assert seen(pictures.page(photograph(), 1, width=300, turn=1)).size == (200, 300)
    assert seen(pictures.page(photograph(), 1, width=300, turn=2)).size == (300, 200)


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing", photograph()[:200], b"%PDF-1.4\n%%EOF", b"GIF89a" + bytes(40), pdf(pages=61)],
    ids=["empty", "text", "cut off", "hollow pdf", "gif", "61 pages"],
)
def test_what_cannot_be_shown_is_said(content):
    with pytest.raises(NotAPaperError) as refused:
        pictures.opened(content)
    assert refused.value.sentence.zh.endswith("。")


def test_a_flood_of_pixels_is_not_opened():
    with pytest.raises(NotAPaperError, match="像素"):
        pictures.opened(photograph(size=(9000, 9000), kind="PNG"))


def test_a_page_as_large_as_a_field_is_not_drawn():
    with pytest.raises(NotAPaperError):
        pictures.page(pdf(1, size=(2, 14000)), 1, width=1700)


def test_a_file_that_is_too_large_is_not_sent_to_a_child():
    with pytest.raises(NotAPaperError, match="20 MB"):
        pictures.opened(bytes(pictures.MAX_BYTES + 1))
