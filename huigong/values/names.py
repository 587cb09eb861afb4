"""Personal names: one normal form for comparing, and the two ways to show them in public."""

import re

from huigong.values.text import narrow

GONE = "（已到期销毁）"
"""What stands where a name stood, once a family's key was destroyed in its time (decision 459)."""

# Five dots stand between the parts of ethnic names in real files; one is kept.
_DOTS = re.compile("[·•‧・･∙⋅．.]")
_SPACES = re.compile(r"\s+")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")

# 百家姓's compound surnames that are still borne; a name that begins with one keeps both characters as its surname.
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "司空",
        "夏侯",
        "轩辕",
        "钟离",
        "宇文",
        "长孙",
        "闻人",
        "赫连",
        "澹台",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "仲孙",
        "万俟",
        "呼延",
        "端木",
        "公冶",
        "濮阳",
        "宗政",
        "公羊",
        "鲜于",
        "闾丘",
        "亓官",
        "拓跋",
        "独孤",
        "南宫",
        "西门",
        "第五",
        "百里",
        "东郭",
        "左丘",
        "梁丘",
        "谷梁",
        "羊舌",
        "微生",
        "段干",
        "乐正",
        "漆雕",
        "巫马",
        "颛孙",
    ]
)


def normalise(name: str) -> str:
    """The name for comparing: no spaces between Han characters, one kind of dot, plain forms of letters."""
    plain = _DOTS.sub("·", narrow(name))
    return _SPACES.sub("" if _HAN.search(plain) else " ", plain)


def surname(name: str) -> str:
    """The surname of a Han name (compound ones whole), the first part of a name with dots, else the first character."""
    plain = normalise(name)
    if "·" in plain:
        return plain.split("·", 1)[0]
    return plain[:2] if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2 else plain[:1]


def surname_masked(name: str) -> str:
    """Surname and two stars, whatever the length of the given name: for web pages (`韦**`, `欧阳**`).

    A name with dots shows one character only, since its first part is a given name that may be rare.
    """
    plain = normalise(name)
    return f"{plain[:1] if '·' in plain else surname(plain)}**"


def one_starred(name: str) -> str:
    """One character starred: the board sheet's way to show a worker's name (`韦*兰`, `王*`)."""
    plain = normalise(name)
    if "·" in plain:
        first, rest = plain.split("·", 1)
        return f"{first}·{'*' * len(rest)}"
    head = len(surname(plain))
    return plain[:head] + "*" + plain[head + 1 :] if len(plain) > head else "*"
