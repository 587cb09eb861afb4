"""Which other files look like the same household, and why: each likeness is a named case, and most are no duplicate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from huigong.organisations.models import Officer
from huigong.registry.lifecycle import MERGED
from huigong.registry.models import Household, Kinship, Member
from huigong.registry.queries import households_for

CASES: Mapping[str, tuple[str, str, str, str]] = {
    "same_worker": (
        "同一名职工",
        "one worker",
        "两份档案是同一个人的，是重复建档。",
        "Both files are of one person: filed twice.",
    ),
    "spouse": (
        "夫妻两人各有一份",
        "husband and wife",
        "一份的职工是另一份的家庭成员：一户一档，并成一份，一人是户主。",
        "The worker of one is a member of the other: one household, one file.",
    ),
    "shared_member": (
        "两份里有同一个家人",
        "one person in both",
        "常见于兄弟姐妹各自成家、父母跟着其中一家：先看老人或孩子跟谁一起生活。",
        "Often siblings with their own families and parents who live with one of them: see who lives with whom.",
    ),
    "shared_card": (
        "同一张卡",
        "one card",
        "夫妻、父子共用一张卡是常事，不是重复；发放前要换成职工本人的卡。",
        "Families share cards; that is no duplicate. Payment needs the worker's own card.",
    ),
    "shared_phone": (
        "同一个手机号",
        "one telephone",
        "一家人或同事代留的电话，不是重复。",
        "A relative's or colleague's telephone; no duplicate.",
    ),
}
"""Each case: its name, in English, and what it mostly means. Twins have two numbers and stand in one file: no case."""


@dataclass(frozen=True, slots=True)
class Related:
    """One other file, the cases that lead to it, and what was last said about the two."""

    file: Household
    cases: Sequence[str]
    last: Kinship | None


def related_to(household: Household, officer: Officer) -> list[Related]:
    """Other files in the officer's scope that share a worker, a member, a card or a telephone with this one."""
    numbers = {one for one in (household.id_number_index, *_member_indexes(household)) if one}
    cases = dict[UUID, list[str]]()
    seen = households_for(officer).exclude(pk=household.pk).exclude(status=MERGED)
    own = household.id_number_index
    asked = (
        ("same_worker", Q(id_number_index=own) if own else None),
        ("spouse", _spouse(numbers, own)),
        ("shared_member", _with_member(numbers - {own})),
        ("shared_card", Q(card_index=household.card_index) if household.card_index else None),
        ("shared_phone", Q(phone_index=household.phone_index) if household.phone_index else None),
    )
    for case, wanted in asked:
        if wanted is None:
            continue
        for pk in seen.filter(wanted).values_list("pk", flat=True).distinct():
            cases.setdefault(pk, []).append(case)
    files = seen.filter(pk__in=cases).select_related("federation").order_by("file_number")
    return [Related(file, cases[file.pk], _last(household, file)) for file in files]


def _spouse(numbers: set[str], own: str) -> Q | None:
    """Files whose worker is a member here, or that have this worker as a member."""
    members = numbers - {own}
    wanted = Q(id_number_index__in=members) if members else Q(pk__in=())
    return wanted | (_with_member({own}) or Q(pk__in=())) if own or members else None


def _with_member(indexes: set[str]) -> Q | None:
    if not indexes - {""}:
        return None
    there = Member.objects.filter(id_number_index__in=indexes - {""}, is_in_file=True)
    return Q(pk__in=there.values("household"))


def _member_indexes(household: Household) -> list[str]:
    return list(household.members.filter(is_in_file=True).values_list("id_number_index", flat=True))


def _last(one: Household, other: Household) -> Kinship | None:
    return Kinship.objects.filter(Q(one=one, other=other) | Q(one=other, other=one)).last()
