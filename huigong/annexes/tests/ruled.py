"""A printed page with a ruled table, drawn as it would be scanned: each cell holds a colour that says which cell it is.

The colours are light in one channel, so that they are no lines; around them stand strokes as of writing.
"""

import io
import random
from itertools import accumulate, pairwise

import segno
from PIL import Image, ImageDraw

A4 = (2339, 1654)  # 200 dots an inch, across
LEFT, TOP, ACROSS = 118, 480, 2102
HEAD = (60, 92)
"""The heights of the two rows of headings."""


def colour(row, column):
    return (20 + row * 9, 10 + column * 16, 255)


def ruled(widths, heights, *codes, lost_rows=(), lost_columns=(), seal=False, table=True, first=0):
    """A page with a table of such columns and rows of people; `lost_…` are lines that did not print, counted from 0."""
    sheet = Image.new("RGB", A4, "white")
    drawn = ImageDraw.Draw(sheet)
    for place, code in enumerate(codes):
        out = io.BytesIO()
        segno.make(code, error="m", micro=False, boost_error=False).save(out, kind="png", scale=8, border=4)
        sheet.paste(Image.open(out).convert("RGB").resize((283, 283)), (1700 - place * 320, 60))
    drawn.text((LEFT, TOP - 60), "Unit: ________________", fill="black", font_size=28)
    if table:
        _table(drawn, widths, heights, lost_rows, lost_columns, first)
    if seal:
        drawn.ellipse([LEFT + 300, TOP - 60, LEFT + 720, TOP + 360], outline=(200, 30, 40), width=14)
    return sheet


def _table(drawn, widths, heights, lost_rows, lost_columns, first):
    xs = [LEFT + round(ACROSS * part / sum(widths)) for part in (0, *accumulate(widths))]
    ys = [TOP + part for part in (0, *accumulate((*HEAD, *heights)))]
    for row, (top, bottom) in enumerate(pairwise(ys[2:]), first):
        for column, (left, right) in enumerate(pairwise(xs)):
            middle, across = (top + bottom) // 2, (left + right) // 2
            drawn.text((left + 6, top + 6), "1234", fill="black", font_size=20)
            drawn.rectangle([across - 12, middle - 8, across + 12, middle + 8], fill=colour(row, column))
    for number, y in enumerate(ys):
        if number not in lost_rows:
            drawn.line([(xs[0], y), (xs[-1], y)], fill=(40, 40, 40), width=2)
    for number, x in enumerate(xs):
        if number not in lost_columns:
            # A line between columns of one group begins below the upper heading.
            drawn.line(
                [(x, ys[0 if number in {0, len(xs) - 1, len(xs) // 2} else 1]), (x, ys[-1])], fill=(40, 40, 40), width=2
            )


def grained(sheet, seed=7):
    dice = random.Random(seed)
    noise = Image.frombytes("L", sheet.size, dice.randbytes(sheet.width * sheet.height)).convert("RGB")
    return Image.blend(sheet, noise, 0.15)


def askew(degrees):
    return lambda sheet: sheet.rotate(degrees, resample=Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def as_file(*sheets, kind="PNG"):
    out = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:], "resolution": 200} if kind == "PDF" else {}
    sheets[0].save(out, kind, **more)
    return out.getvalue()


def middle(png):
    """The colour in the middle of a picture."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))


def looks_like(seen, wanted, *, off=30):
    return all(abs(one - other) <= off for one, other in zip(seen, wanted, strict=True))
