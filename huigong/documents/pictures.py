"""Show a page of a paper as a picture: pdf, jpg, png and their like, opened in a child process with limits.

A hostile file costs one child, never the server. A picture is drawn at the asked width, turned by quarters, and carries
nothing of the file but its pixels: no script, no link, no place where a photograph was taken.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from huigong.values.confined import ChildDiedError, TooHeavyError, confined
from huigong.values.sentence import SaidError, Sentence

MEMORY_BYTES = 1_500_000_000
SECONDS = 20
MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
MAX_PAGES = 60
WIDTHS = (1000, 1500, 2200)


class NotAPaperError(SaidError):
    """The bytes are no paper that can be shown."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file turned out to be."""

    media_type: str
    pages: int


def opened(content: bytes) -> Paper:
    """What kind of paper this is and how many pages it has. Raises NotAPaperError."""
    if len(content) > MAX_BYTES:
        raise _no(
            "too_large", f"文件超过 {MAX_BYTES // 1_000_000} MB，没有存。请扫描得小一点再传。", "The file is too large."
        )
    kind, pages = _asked(_counted, content)
    return Paper(kind, pages)


def page(content: bytes, number: int, *, width: int, turn: int = 0) -> bytes:
    """PNG of a page (from 1), `width` pixels wide before it is turned by `turn` quarters. Raises NotAPaperError."""
    drawn: bytes = _asked(_drawn, content, number, width, turn)
    return drawn


def _asked(work: Callable[[tuple[Any, ...]], Any], *given: Any) -> Any:
    try:
        answer = confined(work, given, memory_bytes=MEMORY_BYTES, seconds=SECONDS)
    except (TooHeavyError, ChildDiedError):
        answer = "too_heavy"
    if isinstance(answer, str):
        raise _no(answer, *_WORDS[answer])
    return answer


_WORDS = {
    "too_heavy": (
        "这个文件打开要的时间或内存太多，没有用它。请重新扫描。",
        "The file takes too much to open.",
    ),
    "no_paper": (
        "这个文件不是 pdf 或图片（jpg、png、webp、bmp、tif），没有存。请换一个文件。",
        "This file is neither a pdf nor a picture.",
    ),
    "too_many": (
        f"这个文件超过 {MAX_PAGES} 页或 {MAX_PIXELS // 1_000_000} 百万像素，没有存。请分开扫描，或扫描得小一点。",
        "This file has too many pages or pixels.",
    ),
    "locked": ("这个 pdf 有密码，打不开。请去掉密码再传。", "This pdf is locked with a password."),
}


def _no(code: str, zh: str, en: str) -> NotAPaperError:
    return NotAPaperError(Sentence(code, zh, en))


def _counted(given: tuple[bytes]) -> Any:
    return _or_why_not(_count, *given)


def _drawn(given: tuple[bytes, int, int, int]) -> Any:
    return _or_why_not(_draw, *given)


def _or_why_not(work: Callable[..., Any], *given: Any) -> Any:
    try:
        return work(*given)
    except _CannotError as refused:
        return str(refused)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "no_paper"


class _CannotError(Exception):
    """Why a file is not shown, as a key of _WORDS."""


def _count(content: bytes) -> tuple[str, int]:
    if content[:5] == b"%PDF-":
        pages = len(_pdf(content))
        if not 1 <= pages <= MAX_PAGES:
            raise _CannotError("too_many")
        return "application/pdf", pages
    picture = _image(content)
    picture.load()
    return Image.MIME.get(picture.format or "", "image/png"), 1


def _draw(content: bytes, number: int, width: int, turn: int) -> bytes:
    picture = _pdf_page(content, number, width) if content[:5] == b"%PDF-" else _photograph(content, width)
    out = io.BytesIO()
    picture.rotate(-90 * turn, expand=True).save(out, "PNG")
    return out.getvalue()


def _pdf(content: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _CannotError("locked" if "password" in str(error).lower() else "no_paper") from error


def _pdf_page(content: bytes, number: int, width: int) -> Image.Image:
    sheet = _pdf(content)[number - 1]
    across, down = sheet.get_size()
    if across <= 0 or down <= 0 or width * width * down / across > MAX_PIXELS:
        raise _CannotError("too_many")
    drawn: Image.Image = sheet.render(scale=width / across).to_pil()
    return drawn.convert("RGB")


def _image(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "BMP", "TIFF"))
    if picture.width * picture.height > MAX_PIXELS:
        raise _CannotError("too_many")
    return picture


def _photograph(content: bytes, width: int) -> Image.Image:
    upright = ImageOps.exif_transpose(_image(content)).convert("RGB")
    tall = max(1, round(upright.height * width / upright.width))
    if width * tall > MAX_PIXELS:
        raise _CannotError("too_many")
    return upright.resize((width, tall), Image.Resampling.LANCZOS)
