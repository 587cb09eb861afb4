"""Amounts in 大写 as vouchers want them (《支付结算办法》附一): 叁仟元整, 壹仟零伍元零叁分. Integers of fen only."""

from huigong.values.sentence import Sentence, WrongValueError

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_MOST = 10**18


def in_capitals(fen: int) -> str:
    """An amount of zero or more, below ten quadrillion yuan. Raises WrongValueError for what no voucher says."""
    if not 0 <= fen < _MOST:
        raise WrongValueError(
            Sentence("amount_not_said", f"金额（{fen} 分）写不成大写。", f"An amount of {fen} fen has no words.")
        )
    whole, part = divmod(fen, 100)
    jiao, cents = divmod(part, 10)
    yuan = f"{_whole(whole)}元" if whole else ""
    if not part:
        return f"{yuan or '零元'}整"
    said = f"{_DIGITS[jiao]}角" if jiao else "零" if whole else ""
    # Where the yuan end in a nought and jiao follow, the nought is said: 壹仟陆佰捌拾元零叁角贰分.
    if jiao and whole and whole % 10 == 0:
        said = f"零{said}"
    return f"{yuan}{said}{f'{_DIGITS[cents]}分' if cents else '整'}"


def _whole(number: int) -> str:
    """Whole yuan: noughts between two digits are said once, those at the end of a group not at all."""
    text, said, waiting, in_group = str(number), "", False, False
    for at, sign in enumerate(text):
        place, digit = len(text) - 1 - at, int(sign)
        if digit:
            said += ("零" if waiting else "") + _DIGITS[digit] + _PLACES[place % 4]
            waiting, in_group = False, True
        else:
            waiting = bool(said)
        if place % 4 == 0:
            said += _GROUPS[place // 4] if in_group else ""
            waiting, in_group = waiting and not in_group, False
    return said
