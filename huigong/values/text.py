"""Text as people type it: full-width digits, spaces inside numbers, invisible characters. One normal form for comparing."""

import re
import unicodedata

from huigong.values.sentence import SaidError, Sentence

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"\s+")
_MARKS_KEPT = 2  # no script in a name of ours stacks more on one letter


def visible(text: str) -> str:
    """The text without characters that show nothing or turn its direction (zero width, RTL override, control)."""
    return _INVISIBLE.sub("", text)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as plain ones (NFKC), invisible characters gone, outer space trimmed."""
    return visible(unicodedata.normalize("NFKC", text)).strip()


def without_spaces(text: str) -> str:
    """`narrow` with every space, tab and line break taken out: for numbers and headings."""
    return _SPACES.sub("", narrow(text))


def few_marks(text: str) -> str:
    """At most two combining marks on a letter: four thousand on one are no name, and cost whoever draws them."""
    if text.isalnum():
        return text
    kept, run = list[str](), 0
    for sign in text:
        run = run + 1 if _is_mark(sign) else 0
        if run <= _MARKS_KEPT:
            kept.append(sign)
    return "".join(kept)


def piles_marks(text: str) -> bool:
    """Whether more marks are piled on a letter than `few_marks` leaves: such a text is not kept as a name or a remark."""
    plain = visible(text)
    return few_marks(plain) != plain


def whole(text: str, most: int, name: str, name_en: str) -> str:
    """The text, trimmed. Raises SaidError where it is longer than what keeps it: cut off, nobody would see what went."""
    told = text.strip()
    if len(told) > most:
        raise SaidError(
            Sentence(
                "text_too_long",
                f"还没有记：{name}写了 {len(told)} 个字，最多 {most} 个，不替您截短。请写短一些，全文可以另附纸存档。",
                f"Nothing was written: {name_en} has {len(told)} signs, {most} fit, and none is cut off. Write it shorter.",
            )
        )
    return told


def _is_mark(sign: str) -> bool:
    """A mark that is drawn over, under or around the letter before it (the last ones have no combining class)."""
    return bool(unicodedata.combining(sign)) or unicodedata.category(sign) == "Me"
