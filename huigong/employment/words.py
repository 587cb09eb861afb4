"""The words by which graduates and openings are matched: levels in their order, kinds of work, skills that a paper proves.

An office's own words stay as they were written where they are none of these; they are then compared as text.
"""

from collections.abc import Mapping, Sequence

from huigong.registry.words import level_of
from huigong.values.text import without_spaces

Pair = tuple[str, str]

LEVELS: Mapping[str, Pair] = {
    "secondary_vocational": ("中专（中职）", "secondary vocational"),
    "higher": ("大专以上", "higher education"),
    "higher_vocational": ("大专（高职）", "higher vocational"),
    "undergraduate": ("本科", "undergraduate"),
    "postgraduate": ("研究生", "postgraduate"),
}
RANK: Mapping[str, int] = {
    "": 0,
    "secondary_vocational": 1,
    "higher": 2,
    "higher_vocational": 2,
    "undergraduate": 3,
    "postgraduate": 4,
}
WORK: Mapping[str, Pair] = {
    "office": ("行政文员", "office work"),
    "finance": ("财务会计", "accounting"),
    "sales": ("销售客服", "sales and service"),
    "teaching": ("教育培训", "teaching"),
    "health": ("医护健康", "health care"),
    "it": ("计算机和通信", "computing"),
    "engineering": ("工程技术", "engineering"),
    "making": ("生产制造", "making"),
    "logistics": ("仓储物流", "logistics"),
    "hospitality": ("住宿餐饮", "hospitality"),
    "farming": ("农林牧渔", "farming"),
    "community": ("社区和公共服务", "community service"),
}
SKILLS: Mapping[str, Pair] = {
    "driving_licence": ("驾驶证", "driving licence"),
    "accounting": ("会计证", "accounting certificate"),
    "teaching": ("教师资格证", "teaching certificate"),
    "nursing": ("护士执业证", "nursing licence"),
    "english_4": ("英语四级", "English level 4"),
    "computing_2": ("计算机二级", "computing level 2"),
    "electrician": ("电工证", "electrician's certificate"),
    "welding": ("焊工证", "welder's certificate"),
    "putonghua": ("普通话证书", "Putonghua certificate"),
    "caregiving": ("养老护理证", "caregiving certificate"),
}
TESTED = frozenset({"electrician", "welding", "caregiving"})
"""Certificates that a skill test of the labour office gives: what the state's policies mean by one."""
EVIDENCE: Mapping[str, Pair] = {
    "survey": ("摸底时已落实（档案）", "settled at the survey (file)"),
    "own_word": ("本人口述", "own word"),
}
"""Two kinds that are no papers; the words of a paper are its code list's, in both languages (evidence.py)."""
ANYWHERE = frozenset({"", "不限", "都可以", "全国", "随便"})
_OTHER_WORDS = {
    "驾照": "driving_licence",
    "驾驶执照": "driving_licence",
    "C1驾照": "driving_licence",
    "会计从业资格证": "accounting",
    "初级会计": "accounting",
    "教师证": "teaching",
    "护士证": "nursing",
    "CET4": "english_4",
    "大学英语四级": "english_4",
    "电工": "electrician",
    "焊工": "welding",
}
_BETWEEN = str.maketrans(dict.fromkeys("，,、；;/|\n\t", " "))


def listed(text: str) -> list[str]:
    """The parts of a cell in which an office wrote several words."""
    return [part for part in text.translate(_BETWEEN).split() if part not in ANYWHERE]


def skills_of(text: str) -> list[str]:
    """The skills that a text names, by code where it is a known one; each once, in the text's order."""
    known = {without_spaces(zh): code for code, (zh, _) in SKILLS.items()} | _OTHER_WORDS
    return list(dict.fromkeys(known.get(without_spaces(part), part[:24]) for part in listed(text)))


def work_of(text: str) -> str:
    """The kind of work that a text means: its code or word; nothing where it means none of them."""
    plain = without_spaces(text)
    for code, (zh, _) in WORK.items():
        if plain and (plain == code or plain == without_spaces(zh)):
            return code
    return ""


def works_of(text: str) -> list[str]:
    return list(dict.fromkeys(work_of(part) or part[:24] for part in listed(text)))


def level_in(text: str) -> str:
    """The level that a text means, also 大专及以上; nothing where none is asked."""
    plain = without_spaces(text).removesuffix("学历").removesuffix("以上").removesuffix("及")
    return level_of(plain) if level_of(plain) in RANK else ""


def said(words: Mapping[str, Pair], codes: Sequence[str]) -> tuple[str, str]:
    """A list of codes as people say it, in both languages."""
    pairs = [words.get(code, (code, code)) for code in codes]
    return "、".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs)
