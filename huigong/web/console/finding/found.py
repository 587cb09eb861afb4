"""What a search found, in words: each file and case with why it matched, and offices elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.organisations.models import Officer
from huigong.registry.clues import clues
from huigong.registry.keys import name as name_key
from huigong.registry.models import SearchKey
from huigong.registry.searching import FILE_NUMBER, SHOWN, Elsewhere, Hit, Match, find
from huigong.studentaid import queries
from huigong.studentaid.models import Application
from huigong.values import spoken
from huigong.web import permissions
from huigong.web.console import words

_KIND = SearchKey.Kind
KINDS: Mapping[str, words.Pair] = {
    _KIND.NAME: ("姓名", "name"),
    _KIND.PINYIN: ("拼音", "pinyin"),
    _KIND.INITIALS: ("拼音首字母", "initials"),
    _KIND.IDENTITY: ("身份证号", "identity number"),
    _KIND.IDENTITY_TAIL: ("身份证号后四位", "last four of the identity number"),
    _KIND.PHONE: ("手机号码", "telephone"),
    _KIND.PHONE_TAIL: ("手机号码后四位", "last four of the telephone"),
    _KIND.CARD: ("惠工卡号", "card number"),
    _KIND.CARD_TAIL: ("惠工卡号后四位", "last four of the card"),
    _KIND.CERTIFICATE: ("优惠证编号", "certificate number"),
    FILE_NUMBER: ("职工编号", "file number"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One file or case that was found: where it lies, what it is called, and why it stands here."""

    address: str
    number: str
    person: str
    office: str
    status: str
    tone: str
    why: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `asked`: anything that could be searched for was typed."""

    files: Sequence[Line]
    cases: Sequence[Line]
    elsewhere: Sequence[Elsewhere]
    more: bool
    asked: bool

    @property
    def anything(self) -> bool:
        return bool(self.files or self.cases or self.elsewhere)


def answer(officer: Officer, typed: str, *, roles: frozenset[str]) -> Answer:
    """What an officer finds by what was typed."""
    told, reference = clues(typed), typed.strip().upper()
    found = find(officer, told, numbers=(typed.strip(), reference))
    matched = {**found.cases, reference: ()} if reference.startswith("SA-") else found.cases
    rows = list(queries.cases_for(officer, list(matched))[: SHOWN + 1]) if matched else []
    return Answer(
        files=[_file(hit, roles, typed) for hit in found.hits],
        cases=[_case(one, matched[one.reference], typed) for one in rows[:SHOWN]],
        elsewhere=found.elsewhere,
        more=found.more or len(rows) > SHOWN,
        asked=bool(told) or bool(matched),
    )


def _file(hit: Hit, roles: frozenset[str], typed: str) -> Line:
    one = hit.household
    return Line(
        address=file_address(one.pk, roles),
        number=one.file_number,
        person=one.worker_name,
        office=f"{one.federation.name} {one.employer}".strip(),
        status=one.file_status,
        tone="done" if one.is_enrolled else "",
        why=list(dict.fromkeys(_why(match, hit.names.get(match.position, ""), typed) for match in hit.matches)),
    )


def file_address(pk: object, roles: frozenset[str]) -> str:
    """The page of a file; empty for whom it does not open."""
    return reverse("household", args=[pk]) if roles & permissions.asked("household") else ""


def file_addresses(pks: Iterable[UUID], roles: frozenset[str]) -> list[str]:
    """The same of many files: worked out once for all, since a list would spend a tenth of its time on fifty."""
    nobody = UUID(int=0)
    address = file_address(nobody, roles)
    return [address.replace(str(nobody), str(pk)) for pk in pks]


def _why(match: Match, name: str, typed: str) -> str:
    whose = _("职工 %(name)s") % {"name": name} if match.position == 0 else _("家庭成员 %(name)s") % {"name": name}
    return _how(match, whose, name, typed)


def _how(match: Match, whose: str, name: str, typed: str) -> str:
    how = words.said(*KINDS[match.kind])
    if match.kind == _KIND.NAME and not name_key(name).startswith(name_key(spoken.typed(typed))):
        told = _("%(whose)s：%(how)s里有")  # the key is the end of a name: 小雨 of 韦小雨
    else:
        told = _("%(whose)s：%(how)s相同") if match.whole else _("%(whose)s：%(how)s开头相同")
    return told % {"whose": whose, "how": how}


def _case(one: Application, matches: Sequence[Match], typed: str) -> Line:
    called = {0: one.worker_name, 1: one.student_name}
    whose = {0: _("职工 %(name)s") % {"name": called[0]}, 1: _("学生 %(name)s") % {"name": called[1]}}
    return Line(
        address=reverse("application", args=[one.reference]),
        number=one.reference,
        person=one.student_name,
        office=f"{one.federation.name} {one.unit_name}",
        status=words.status_word(one.status),
        tone=words.TONES.get(one.status, ""),
        why=[_how(match, whose[match.position], called[match.position], typed) for match in matches] or [_("案号相同")],
    )
