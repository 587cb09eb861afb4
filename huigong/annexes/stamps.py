"""A scan or a photograph of a stamped page: which codes stand on it, and whether red is seen as of a seal.

It is opened in a child process with limits, as every file that comes from outside: a hostile one costs that child only.
"""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from huigong.values.confined import ChildDiedError, TooHeavyError, confined

MOST_BYTES = 25_000_000
MEMORY_BYTES = 2_000_000_000
SECONDS = 40
_MOST_PIXELS = 60_000_000
_MOST_PAGES = 12
_SIDE = 3600  # pixels: a sheet of A4 at 300 dots an inch
_DOTS = 200 / 72
_RED_PER_MILLE = 2
_PARTS = re.compile(r"/(\d+)\.(\d+)/")
UNREADABLE = (OSError, ValueError, MemoryError, Image.DecompressionBombError, pypdfium2.PdfiumError)
"""What opening a page of a broken or hostile file may raise."""


@dataclass(frozen=True, slots=True)
class Scan:
    """`fault`: "" or empty, too_large, wrong_type, unreadable, too_long."""

    codes: tuple[str, ...] = ()
    has_red: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was read, and by how many degrees (anticlockwise) its page is turned to be upright."""

    text: str
    turn: float


def read_scan(content: bytes) -> Scan:
    """What stands on the pages of a jpg, png or pdf."""
    if not content:
        return Scan(fault="empty")
    if len(content) > MOST_BYTES:
        return Scan(fault="too_large")
    if not content.startswith((b"%PDF", b"\xff\xd8\xff", b"\x89PNG")):
        return Scan(fault="wrong_type")
    try:
        return confined(_seen_in, content, memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    except TooHeavyError:
        return Scan(fault="too_long")
    except ChildDiedError:
        return Scan(fault="unreadable")


def seen_on(pages: Iterator[Image.Image]) -> Scan:
    """The same of pages that are open."""
    codes: dict[str, None] = {}
    has_red = False
    for page in pages:
        codes |= dict.fromkeys(one.text for one in codes_on(page))
        has_red = has_red or _has_red(page)
    return Scan(tuple(codes), has_red)


def _seen_in(content: bytes) -> Scan:
    try:
        return seen_on(pages_in(content))
    except UNREADABLE:
        return Scan(fault="unreadable")


def pages_in(content: bytes) -> Iterator[Image.Image]:
    """The pages of a jpg, png or pdf, each opened when it is its turn. To be called in a child process; raises UNREADABLE."""
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    if not content.startswith(b"%PDF"):
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("more pixels than a page has")
            yield _fitting(ImageOps.exif_transpose(picture).convert("RGB"))
        return
    paper = pypdfium2.PdfDocument(content)
    for number in range(min(len(paper), _MOST_PAGES)):
        page = paper[number]
        scale = min(_DOTS, _SIDE / max(1.0, *page.get_size()))
        yield page.render(scale=scale).to_pil().convert("RGB")


def _fitting(picture: Image.Image) -> Image.Image:
    picture.thumbnail((_SIDE, _SIDE))
    return picture


def codes_on(page: Image.Image) -> list[Code]:
    """Tried as it is, then with more contrast, without grains, larger and smaller, until every part of a code is there."""
    found: dict[str, Code] = {}
    for look in _looks(page.convert("L")):
        read = zxingcpp.read_barcodes(look, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
        found |= {one.text: Code(one.text, _turn(one.position)) for one in read if one.valid and one.text not in found}
        parts = [int(told[2]) for text in found if (told := _PARTS.search(text))]
        if parts and len(parts) >= max(parts):
            break
    return list(found.values())


def _turn(position: zxingcpp.Position) -> float:
    """The upper edge of a code runs from its own upper left corner to the right, however its page lies."""
    start, end = position.top_left, position.top_right
    return math.degrees(math.atan2(end.y - start.y, end.x - start.x))


def _looks(page: Image.Image) -> Iterator[Image.Image]:
    yield page
    even = ImageOps.autocontrast(page, cutoff=2)
    yield even
    yield even.filter(ImageFilter.MedianFilter(3))
    yield even.filter(ImageFilter.GaussianBlur(1.2))
    if max(page.size) * 2 <= _SIDE * 2:
        yield even.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC)
    yield even.resize((max(1, page.width // 2), max(1, page.height // 2)), Image.Resampling.BOX)
    yield even.filter(ImageFilter.UnsharpMask(3, 180, 2))


def _has_red(page: Image.Image) -> bool:
    """A seal is red; a page without red was not stamped, or was copied in black and white."""
    small = page.copy()
    small.thumbnail((700, 700))
    told = small.tobytes()
    red = sum(r > 110 and r - g > 55 and r - b > 45 for r, g, b in zip(told[0::3], told[1::3], told[2::3], strict=True))
    return red * 1000 >= small.width * small.height * _RED_PER_MILLE
