"""Why two records are, may be or are not one person: a sentence for every level that says something."""

from collections.abc import Mapping

from huigong.matching import cases
from huigong.values.sentence import Sentence

_WORDS = {
    "id=equal": ("身份证号相同", "same identity number"),
    "id=one_error": ("身份证号只差一处，其中一个校验不对", "identity numbers differ by one slip, and one fails its check digit"),
    "id=two_errors": ("身份证号差两处左右，其中一个校验不对", "identity numbers differ in about two places, and one fails its check digit"),
    "id=of_parent": ("一条记录的身份证号像是家长的", "one record's identity number looks like a parent's"),
    "id=masked_fits": ("遮住的身份证号首尾对得上", "the masked identity number fits at both ends"),
    "id=masked_differs": ("遮住的身份证号首尾对不上", "the masked identity number does not fit"),
    "id=far": ("两个身份证号都有效而且不同", "two different valid identity numbers"),
    "id=broken_far": ("身份证号相差很大", "identity numbers differ widely"),
    "name=equal": ("姓名相同（繁简、间隔号不计）", "same name (variant characters and dots aside)"),
    "name=sounds_alike": ("姓名同音", "names sound alike"),
    "name=starred": ("带星号的姓名对得上", "the starred name fits"),
    "name=last_sign_differs": ("姓名只差末字", "names differ in the last character"),
    "name=one_sign_differs": ("姓名只差一个字", "names differ in one character"),
    "name=surname_only": ("只有姓相同", "only the surname is the same"),
    "name=different": ("姓名不同", "different names"),
    "birth=both_say": ("出生日期相同", "same birth date"),
    "birth=said_and_in_number": ("出生日期与对方身份证号里的相同", "the birth date is the one in the other's number"),
    "birth=in_both_numbers": ("两个身份证号里的出生日期相同", "same birth date inside both numbers"),
    "birth=near": ("出生日期只差一位或月日颠倒", "birth dates differ by a digit, or day and month are swapped"),
    "birth=different": ("出生日期不同", "different birth dates"),
    "own_number=contradicted": ("有身份证号与旁边的出生日期不合", "an identity number contradicts the birth date beside it"),
    "phone=equal": ("电话相同", "same telephone"),
    "parents=id_equal": ("家长身份证号相同", "same parent's identity number"),
    "parents=both_names": ("父母姓名都相同", "both parents' names are the same"),
    "parents=one_name": ("一位家长姓名相同", "one parent's name is the same"),
    "parents=different": ("家长姓名不同", "parents' names differ"),
    "school=equal": ("学校相同", "same school"),
    "school=different": ("学校不同", "different schools"),
    "unit=equal": ("单位相同", "same unit"),
    "bearers=thousands": ("同名的人成千", "thousands bear this name"),
    "bearers=hundreds": ("同名的人上百", "hundreds bear this name"),
    "bearers=scores": ("同名的人很多", "many bear this name"),
    cases.TWINS: ("像双胞胎：同家长、同生日、两个人的身份证号", "twins: same parents and birth date, two numbers"),
    cases.SIBLINGS: ("像兄弟姐妹：同家长、两个人的身份证号", "siblings: same parents, two numbers"),
    cases.NAMESAKES: ("像同校同名的两个人", "namesakes in one school"),
    cases.SHARED_PHONE: ("只是共用一个电话", "they only share a telephone"),
    cases.STARRED_TWIN: ("姓名带星号又没有身份证号可对，兄弟姐妹、双胞胎也对得上", "a starred name and no number to compare: a sibling or twin would fit too"),
    cases.NUMBER_OF_RELATIVE: ("一条记录可能填了家人的身份证号", "one record may carry a relative's number"),
    cases.PARENT_AND_CHILD: ("可能是同名的家长和孩子", "they may be parent and child of one name"),
    cases.TWO_NUMBERS: ("两个号码不同，没有什么说明哪个填错，可能是两个人", "two numbers, and nothing says that one is wrong: they may be two people"),
    cases.LITTLE_BUT_NAMES: ("相合的几乎只有姓名，可能是同名的人", "hardly anything agrees but names: they may be namesakes"),
    cases.COMMON_NAME: ("只有姓名和出生日期相合，而同名的人很多", "only name and birth date agree, and many bear this name"),
    cases.NUMBER_OF_PARENT: ("学生栏里可能填了家长的身份证号", "a parent's number may stand in the student's column"),
}  # fmt: skip


def told(levels: Mapping[str, str], case: str) -> list[Sentence]:
    """The case first, then the levels in the order of the comparisons; missing values say nothing."""
    codes = [case] if case else []
    codes += [f"{name}={level}" for name, level in levels.items() if f"{name}={level}" in _WORDS]
    return [Sentence(f"match_{code}", *_WORDS[code]) for code in codes]
