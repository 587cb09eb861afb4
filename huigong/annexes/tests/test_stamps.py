"""Codes on scans and photographs of a page: turned, with grains, dark, bent by the camera; and files that are no scan."""

import io
import random

import pytest
import segno
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from huigong.annexes.stamps import read_scan, seen_on

CODE = "HG1/" + "ABCDEFGHIJKLMNOPQRSTUVWXY2" + "/1.1/" + "MZXW6YTBOI" * 27
A4 = (1654, 1169)  # 200 dots an inch, across


def page(*codes, seal=True):
    """A printed sheet as it is scanned: some text, the codes at 36 mm, a red round seal."""
    sheet = Image.new("RGB", A4, "white")
    drawn = ImageDraw.Draw(sheet)
    for line in range(12):
        drawn.line([(80, 100 + line * 40), (1570, 100 + line * 40)], fill="black", width=2)
    for place, code in enumerate(codes):
        out = io.BytesIO()
        segno.make(code, error="m", micro=False, boost_error=False).save(out, kind="png", scale=8, border=4)
        sheet.paste(
            Image.open(out).convert("RGB").resize((283, 283), Image.Resampling.LANCZOS), (90 + place * 300, 800)
        )
    if seal:
        drawn.ellipse([1150, 700, 1480, 1030], outline=(200, 30, 40), width=12)
    return sheet


def grained(sheet, seed=7):
    dice = random.Random(seed)
    noise = Image.frombytes("L", sheet.size, dice.randbytes(sheet.width * sheet.height)).convert("RGB")
    return Image.blend(sheet, noise, 0.22)


def photographed(sheet):
    """Held askew: a little turned, in perspective, soft and dim."""
    width, height = sheet.size
    corners = (-60, -40, 30, height + 90, width + 80, height + 20, width + 10, -70)
    bent = sheet.transform(sheet.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="gray")
    turned = bent.rotate(7, expand=True, fillcolor="gray").filter(ImageFilter.GaussianBlur(0.8))
    return ImageEnhance.Brightness(turned).enhance(0.6)


def as_file(sheet, kind="PNG", **options):
    out = io.BytesIO()
    sheet.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda sheet: sheet,
        lambda sheet: sheet.rotate(90, expand=True),
        lambda sheet: sheet.rotate(180),
        lambda sheet: sheet.rotate(-11, expand=True, fillcolor="white"),
        grained,
        photographed,
        lambda sheet: sheet.resize((1240, 877)),
        lambda sheet: sheet.convert("L").convert("RGB"),
    ],
    ids=["flat", "quarter", "upside down", "askew", "grained", "photographed", "150 dots", "grey"],
)
def test_a_code_is_read_however_the_page_lies(make):
    assert seen_on(iter([make(page(CODE))])).codes == (CODE,)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_file_of_each_kind_is_read_in_a_child_process(kind):
    scan = read_scan(as_file(page(CODE), kind))
    assert (scan.codes, scan.has_red, scan.fault) == ((CODE,), True, "")


def test_every_code_of_a_page_and_of_every_page_of_a_pdf_is_read():
    first, second, third = (CODE.replace("/1.1/", f"/{number}.3/") for number in (1, 2, 3))
    out = io.BytesIO()
    page(first, second).save(out, "PDF", save_all=True, append_images=[page(third)])
    assert set(read_scan(out.getvalue()).codes) == {first, second, third}


def test_a_page_without_a_seal_shows_no_red():
    assert not seen_on(iter([page(CODE, seal=False)])).has_red
    assert not seen_on(iter([page(CODE).convert("L").convert("RGB")])).has_red


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "wrong_type"),
        (b"%PDF-1.7 and then nothing", "unreadable"),
        (b"\x89PNG\r\n\x1a\nbroken", "unreadable"),
        (b"\xff\xd8\xff" + b"\x00" * 200, "unreadable"),
    ],
)
def test_what_is_no_scan_says_so(content, fault):
    assert read_scan(content).fault == fault


def test_a_picture_of_a_thousand_million_pixels_costs_a_child_and_no_more():
    small = as_file(Image.new("1", (30_000, 30_000)))
    assert read_scan(small).fault == "unreadable"
