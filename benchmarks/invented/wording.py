"""How offices write one value: the texts and numbers that stand in cells for a known income, age, month or telephone."""

from collections.abc import Sequence
from random import Random

Cell = str | int | float | None

_DIGITS = "〇一二三四五六七八九"
_MONTHS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
TIDY, LOOSE, MESSY = 0, 1, 2
"""How careful an office writes: as the form wants it; its own habits; everything that comes to mind."""


def one_of(
    random: Random, tidy: Sequence[Cell], loose: Sequence[Cell] = (), messy: Sequence[Cell] = (), *, habit: int
) -> Cell:
    """A wording from those that an office of this habit uses."""
    return random.choice([*tidy, *(loose if habit >= LOOSE else ()), *(messy if habit >= MESSY else ())])


def income(random: Random, yuan: int, *, habit: int) -> Cell:
    ten_thousands = f"{yuan / 10000:.4f}".rstrip("0").rstrip(".")
    return one_of(
        random,
        [yuan, str(yuan)],
        [f"{yuan}元", f"{yuan:,}", f"{yuan}.00", float(yuan)],
        [f"{yuan:,}元/年", f"{ten_thousands}万元", f"{ten_thousands}万", f"￥{yuan}", f"{yuan} 元", f"年{yuan}元", f"约{yuan}元", str(yuan).translate(_WIDE)],
        habit=habit,
    )  # fmt: skip


def age(random: Random, years: int, *, habit: int) -> Cell:
    return one_of(
        random,
        [years, str(years)],
        [f"{years}岁", float(years)],
        [f"{years}周岁", f" {years}", str(years).translate(_WIDE)],
        habit=habit,
    )


def gender(random: Random, which: str, *, habit: int) -> Cell:
    word = "女" if which == "female" else "男"
    return one_of(random, [word], [f"{word} "], [f"{word}性"], habit=habit)


def name(random: Random, plain: str, *, habit: int) -> Cell:
    spaced = f"{plain[0]}  {plain[1]}" if len(plain) == 2 else plain
    return one_of(random, [plain], [spaced, plain], [f" {plain}", f"{plain}\n"], habit=habit)


def identity_number(random: Random, number: str, *, habit: int) -> Cell:
    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    return one_of(
        random,
        [number],
        [number, number, f" {number}"],
        [number, spaced, number.translate(_WIDE), number.lower(), f"'{number}", f"\t{number}", f"{number[:14]}\n{number[14:]}"],
        habit=habit,
    )  # fmt: skip


def phone(random: Random, number: str, *, habit: int) -> Cell:
    if not number.isdigit() or len(number) != 11:
        return number
    return one_of(
        random,
        [number],
        [int(number), f"{number[:3]} {number[3:7]} {number[7:]}"],
        [f"{number[:3]}-{number[3:7]}-{number[7:]}", f"+86{number}", number.translate(_WIDE)],
        habit=habit,
    )


def month(random: Random, year: int, number: int, *, habit: int) -> str:
    return str(
        one_of(
            random,
            [f"{year}年{number}月"],
            [f"{year}-{number:02d}", f"{year}.{number}", f"{year}年{number:02d}月"],
            [
                f"{year}/{number:02d}",
                chinese_month(year, number),
                f"{year}年{number}月15日",
                f"{year % 100}年{number}月",
            ],
            habit=habit,
        )
    )


def chinese_month(year: int, number: int) -> str:
    return f"{''.join(_DIGITS[int(digit)] for digit in str(year))}年{_MONTHS[number]}月"


def admission(random: Random, year: int, number: int, school: str, *, habit: int) -> str:
    """When and by which school, in one cell."""
    plain = f"{year}年{number}月被{school}录取"
    when = month(random, year, number, habit=habit)
    return str(
        one_of(
            random,
            [plain, plain, f"{year}年{number}月{school}录取"],
            [
                f"{school}（{when}）",
                f"{when}考取{school}",
                f"{when} {school}",
                f"{school} {when}",
                f"{when}升入{school}",
            ],
            [
                f"于{year}年{number}月15日被{school}录取",
                f"{school}，{when}录取",
                f"{when}入读\n{school}",
                f"{chinese_month(year, number)}被{school}录取",
                f"{when}考入{school}就读",
                f"录取学校：{school}，录取时间：{when}",
                f"《{school}》{when}",
            ],
            habit=habit,
        )
    )
