"""How a name sounds: its pinyin and its initials, for whoever hears a name and does not see it; and what was typed, tidied.

A dictionary misreads surnames (单 曾 仇 区 查 解 朴 乐 are other words too), so a table of surnames is asked first. Both
readings are kept: an officer may type either. A character that no dictionary reads stands for itself.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from huigong.values import names
from huigong.values.text import few_marks, visible

_SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "区": "ou",
    "查": "zha",
    "解": "xie",
    "朴": "piao",
    "乐": "yue",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "洗": "xian",
    "冼": "xian",
    "召": "shao",
    "尹": "yin",
    "覃": "qin",
    "秘": "bi",
    "燕": "yan",
    "祭": "zhai",
    "翟": "zhai",
    "缪": "miao",
    "葛": "ge",
    "逄": "pang",
    "阚": "kan",
    "黑": "he",
    "折": "she",
    "员": "yun",
    "种": "chong",
    "繁": "po",
    "适": "kuo",
    "难": "ning",
    "尉迟": "yuchi",
    "万俟": "moqi",
    "单于": "chanyu",
    "长孙": "zhangsun",
    "澹台": "tantai",
}
# What the dictionary does not know, as people read it.
_RARE = {"𠮷": "ji", "䶮": "yan", "㛃": "jie", "䲟": "yin", "𬭎": "hong", "𫖯": "fu", "𬱖": "di", "𠅤": "yi"}
_LONGEST = 100
_SYLLABLE = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One reading of a name: 韦小雨 is `weixiaoyu`, with the initials `wxy`."""

    whole: str
    initials: str


@lru_cache(maxsize=50_000)
def readings(name: str) -> tuple[Spoken, ...]:
    """How a name may sound, the surname's own reading first; none where nothing in it can be read."""
    plain = names.normalise(name)
    surname = next((head for head in (plain[:2], plain[:1]) if head in _SURNAMES), "")
    plainly = _syllables(plain)
    told = [plainly]
    if surname and len(plain) > len(surname):
        told.insert(0, [*_split(_SURNAMES[surname], len(surname)), *_syllables(plain[len(surname) :])])
    found = [Spoken("".join(one), "".join(syllable[:1] for syllable in one)) for one in told]
    return tuple(dict.fromkeys(one for one in found if one.whole))


def typed(text: str) -> str:
    """What somebody typed to find a name: one normal form, nothing invisible, no towers of combining marks, not too long."""
    shown = few_marks(visible(text[: _LONGEST * 50]))
    return names.normalise(shown)[:_LONGEST]


def _split(reading: str, characters: int) -> list[str]:
    """The reading of a compound surname as its two syllables."""
    if characters == 1:
        return [reading]
    first = {"yuchi": 2, "moqi": 2, "chanyu": 4, "zhangsun": 5, "tantai": 3}[reading]
    return [reading[:first], reading[first:]]


def _syllables(text: str) -> list[str]:
    known = [_RARE.get(sign, sign) for sign in text]
    told = [word for part in known for word in ([part] if part.isascii() else lazy_pinyin(part))]
    # Read in one piece where nothing is rare, so that words are read as words and not sign by sign.
    whole = told if known != list(text) else lazy_pinyin(text)
    return [plain for word in whole if (plain := _SYLLABLE.sub("", word.lower().replace("ü", "v")))]
