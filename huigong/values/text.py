"""Text as people type it: full-width digits, spaces inside numbers, invisible characters. One normal form for comparing."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text without characters that show nothing or turn its direction (zero width, RTL override, control)."""
    return _INVISIBLE.sub("", text)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as plain ones (NFKC), invisible characters gone, outer space trimmed."""
    return visible(unicodedata.normalize("NFKC", text)).strip()


def without_spaces(text: str) -> str:
    """`narrow` with every space, tab and line break taken out: for numbers and headings."""
    return _SPACES.sub("", narrow(text))
