"""The unified social credit code of an organisation (GB 32100-2015): 18 characters, the last of them a check character."""

from huigong.values.sentence import Sentence, WrongValueError
from huigong.values.text import without_spaces

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V and Z, which are read as figures
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_LENGTH = 18


def normalise(text: str) -> str:
    return without_spaces(text).replace("-", "").upper()


def check_character(body: str) -> str:
    """The 18th character of a code whose first 17 are these."""
    total = sum(weight * _LETTERS.index(letter) for weight, letter in zip(_WEIGHTS, body, strict=True))
    return _LETTERS[-total % 31]


def parse(text: str) -> str:
    """The code as it is kept. Raises WrongValueError that says which character is wrong, or that the check fails."""
    code = normalise(text)
    if len(code) != _LENGTH:
        raise _wrong(f"要 18 位，这里是 {len(code)} 位", f"it has {len(code)} characters instead of 18")
    for place, letter in enumerate(code, 1):
        if letter not in _LETTERS:
            raise _wrong(
                f"第 {place} 位“{letter}”不会出现在代码里", f"character {place}, “{letter}”, occurs in no code"
            )
    if code[-1] != check_character(code[:-1]):
        raise _wrong("校验码不对，多半抄错了一位", "its check character does not fit: one was probably miscopied")
    return code


def _wrong(zh: str, en: str) -> WrongValueError:
    return WrongValueError(
        Sentence(
            "credit_code_wrong",
            f"统一社会信用代码{zh}。请照营业执照再核对（GB 32100）。",
            f"The unified social credit code is wrong: {en}. Copy it again from the licence (GB 32100).",
        )
    )
