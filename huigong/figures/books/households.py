"""Household files with their members, the school register, and aid that was given."""

from collections.abc import Iterator

from huigong.figures.books.looking import Look, Now, beside, last, payload
from huigong.registry.actions.schools import in_order
from huigong.registry.columns import AID, HOUSEHOLD, MEMBER, SCHOOL
from huigong.registry.models import AidGiven, Household, Member, School
from huigong.vault import actions as vault

_ZH, _EN = "困难职工家庭", "Household file"
_AT_A_TIME = 500


def files() -> Iterator[Look]:
    told, seen = last("household.imported", "household.amended"), set[object]()
    vault.warm(Household.objects.values_list("data_key_id", flat=True))
    chosen = Household.objects.order_by("file_number").prefetch_related("members")
    for household in chosen.iterator(chunk_size=_AT_A_TIME):
        seen.add(household.file_number)
        members = tuple(sorted(household.members.all(), key=_place))
        sealed = ((HOUSEHOLD, "columns", (household,)), (MEMBER, "members", members))
        number = household.file_number
        yield Look(number, _ZH, _EN, Now(number, number, sealed=sealed), told.get(number))
    for key in sorted(told.keys() - seen):
        yield Look(key, _ZH, _EN, None, told[key])


def _place(member: Member) -> int:
    return member.position


def schools() -> Iterator[Look]:
    """One digest over the register, told by whichever list was kept last."""
    told = last("schools.kept", key=lambda _: "schools")
    register = tuple(in_order(School.objects.all()))
    subject = told["schools"].subject if told else "schools"
    if told or register:
        now = Now("schools", subject, sealed=((SCHOOL, "columns", register),))
        yield from beside(told, [now], "学校", "Schools of")


def aid() -> Iterator[Look]:
    told = last("aid.given", key=lambda one: (one.subject, one.payload["need"]))
    rows = (
        Now(
            (one.case_reference, one.need),
            one.case_reference,
            payload(fen=one.fen, fund=one.fund_source),
            ((AID, "columns", (one,)),),
        )
        for one in AidGiven.objects.order_by("case_reference", "need")
    )
    return beside(told, rows, "帮扶记录", "Aid given")


TABLES = (files, schools, aid)
