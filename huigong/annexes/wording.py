"""The wording of a heading as it is compared: no spaces, no remarks in brackets, no traditional characters."""

import re
from functools import lru_cache

from huigong.values.text import without_spaces

_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_EDGES = " :：*＊#、.。,，;；/\\_-—"
# Old templates print 困難職工優惠證編號. Only the characters that headings and labels are made of, one for one.
_TRADITIONAL = str.maketrans(
    "難職優證編號長與資學關係聯繫絡電話齡別時錄戶監護親況貧類碼單報間經辦負責審說備註總計現讀級業專銀帳賬開務員機構屬縣區處應屆際",
    "难职优证编号长与资学关系联系络电话龄别时录户监护亲况贫类码单报间经办负责审说备注总计现读级业专银账账开务员机构属县区处应届际",
)


def simplified(text: str) -> str:
    """The same text, character for character, with the traditional ones of headings replaced."""
    return text if text.isascii() else text.translate(_TRADITIONAL)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """What a heading says, whatever its line breaks, spaces, width of letters and remarks."""
    whole = simplified(without_spaces(text))
    return _BRACKETED.sub("", whole).strip(_EDGES) or whole.strip(_EDGES)
