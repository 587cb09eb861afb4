"""Named cases: what looks like one person and is not (siblings, twins, namesakes), and shared things that prove nothing."""

from collections.abc import Mapping

TWINS, SIBLINGS, NAMESAKES, SHARED_PHONE = "twins", "siblings", "namesakes_in_one_school", "shared_phone"
NUMBER_OF_RELATIVE, NUMBER_OF_PARENT = "number_of_a_relative", "number_of_a_parent"

_OTHER_NAME = {"surname_only", "different", "last_sign_differs", "one_sign_differs"}
_SAME_NAME = {"equal", "sounds_alike"}
_SAME_BIRTH = {"both_say", "said_and_in_number", "in_both_numbers"}
_TWO_NUMBERS = {"far", "masked_differs"}


def named(levels: Mapping[str, str]) -> str:
    """The case that these levels show, or nothing. Cases say why two records are two people, or why a number is no proof."""
    one_family = levels["parents"] in {"id_equal", "both_names"}
    if levels["name"] in _OTHER_NAME and one_family and levels["id"] in _TWO_NUMBERS:
        return TWINS if levels["birth"] in _SAME_BIRTH else SIBLINGS
    if levels["id"] == "equal" and levels["name"] in {"surname_only", "different"}:
        return NUMBER_OF_RELATIVE
    if levels["id"] == "of_parent":
        return NUMBER_OF_PARENT
    if levels["name"] in _SAME_NAME and levels["id"] in _TWO_NUMBERS and levels["parents"] in {"different", "missing"}:
        return NAMESAKES if levels["school"] == "equal" and levels["birth"] not in _SAME_BIRTH else ""
    if levels["phone"] == "equal" and levels["name"] in {"surname_only", "different"}:
        return SHARED_PHONE
    return ""


def never_merged(case: str) -> bool:
    """Whether a case says two people, so that the answer is never "same", whatever else agrees."""
    return case in {TWINS, SIBLINGS, NAMESAKES, SHARED_PHONE}
