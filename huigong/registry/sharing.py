"""Which of these files share a card or a telephone with another file: two questions for a whole page of a list."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from huigong.registry.models import SearchKey

_NUMBERS = (SearchKey.Kind.CARD, SearchKey.Kind.PHONE)


def sharing(households: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """For each file that shares one, by the kind of number, with how many other files it does."""
    keys = SearchKey.objects.filter(kind__in=_NUMBERS)
    own = list(keys.filter(household__in=households).values_list("household_id", "kind", "key"))
    there: dict[tuple[str, bytes], set[UUID]] = defaultdict(set)
    asked = {bytes(key) for _, _, key in own}
    for other, kind, key in keys.filter(key__in=asked).values_list("household_id", "kind", "key"):
        there[kind, bytes(key)].add(other)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for household, kind, key in own:
        if others := len(there[kind, bytes(key)] - {household}):
            found[household][kind] = others
    return dict(found)
