"""Which half-facts a file or a case is found by: names and their sound as they are, numbers as keyed digests.

A name stands with each of its endings, so that 韦小雨 is found by 韦小 and by 小雨 as a beginning in one index: a trigram
finds nothing for two characters, and a family calls its child by the given name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from huigong.registry.models import Household, Member, SearchKey
from huigong.values import names
from huigong.values.spoken import readings
from huigong.values.text import without_spaces
from huigong.vault import blind
from huigong.vault.fields import Secret

_KIND = SearchKey.Kind
_MOST_ENDINGS = 16
_DIGEST_BYTES = 12
TAIL = 4
# Which number is digested how, and under which kind its last digits are.
_WHOLE = {_KIND.IDENTITY: "resident_id", _KIND.PHONE: "phone", _KIND.CARD: "card"}
TAILS = {_KIND.IDENTITY: _KIND.IDENTITY_TAIL, _KIND.PHONE: _KIND.PHONE_TAIL, _KIND.CARD: _KIND.CARD_TAIL}


@dataclass(frozen=True, slots=True)
class Key:
    """One search key to be: what leads there, of whose."""

    kind: str
    key: bytes
    position: int


def keys_of_file(household: Household, members: Iterable[Member]) -> set[Key]:
    """Those of the worker and of every member who is still in the file."""
    found = {
        *_person(household.worker_name, household.id_number, 0),
        *_number(_KIND.PHONE, household.phone, 0),
        *_number(_KIND.CARD, household.card, 0),
    }
    if household.certificate_number:
        found.add(Key(_KIND.CERTIFICATE, certificate(household.certificate_number), 0))
    for member in members:
        if member.is_in_file:
            found |= {*_person(member.name, member.id_number, member.position)}
    return found


def keys_of_case(worker_name: str, student_name: str) -> set[Key]:
    return {*_named(worker_name, 0), *_named(student_name, 1)}


def number(kind: str, text: str) -> bytes:
    """A whole number as its key."""
    return _short(blind.index(_WHOLE[SearchKey.Kind(kind)], text))


def tail(kind: str, text: str) -> bytes:
    """The last digits of a number as their key: digested under the kind, so that equal tails of two kinds differ."""
    return _short(blind.index(f"search {kind}", text.upper()))


def certificate(text: str) -> bytes:
    return _short(blind.index("search certificate", without_spaces(text).upper()))


def name(text: str) -> bytes:
    return names.normalise(text).lower().encode()


def _person(name: str, identity: Secret | None, position: int) -> Iterator[Key]:
    yield from _named(name, position)
    yield from _number(_KIND.IDENTITY, identity, position)


def _named(text: str, position: int) -> Iterator[Key]:
    plain = names.normalise(text).lower()
    for start in range(min(max(len(plain) - 1, 1), _MOST_ENDINGS)):
        if plain[start:].strip("·"):
            yield Key(_KIND.NAME, plain[start:].encode(), position)
    for one in readings(plain):
        yield Key(_KIND.PINYIN, one.whole.encode(), position)
        yield Key(_KIND.INITIALS, one.initials.encode(), position)


def _number(kind: SearchKey.Kind, secret: Secret | None, position: int) -> Iterator[Key]:
    plain = secret.plain() if secret else ""
    if plain:
        yield Key(kind, number(kind, plain), position)
    if len(plain) >= 2 * TAIL:
        yield Key(TAILS[kind], tail(TAILS[kind], plain[-TAIL:]), position)


def _short(digest: str) -> bytes:
    return bytes.fromhex(digest)[:_DIGEST_BYTES]


def row(one: Key, federation_id: UUID, *, household_id: UUID | None = None, case_reference: str = "") -> SearchKey:
    return SearchKey(
        kind=one.kind,
        key=one.key,
        federation_id=federation_id,
        household_id=household_id,
        case_reference=case_reference,
        position=one.position,
    )
