"""Ask for exchanges, whom both have, and the people of ours that are compared."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.partners.lifecycle import ENDED
from huigong.partners.models import Exchange, Hit
from huigong.registry import alike, words
from huigong.registry.actions.aid_elsewhere import ELSEWHERE
from huigong.registry.aid_standing import standing_aid
from huigong.registry.alike import OnFile
from huigong.registry.lifecycle import MERGED
from huigong.registry.models import Household, Member
from huigong.vault import blind

OURS, UNAIDED = "金秋助学", "在档，近一年未资助"
"""What aid of our campaigns is called, which is recorded without a word for its kind; and a child on file who had none."""
_YEAR = timedelta(days=365)
_AT_A_TIME = 500


def exchanges_for(officer: Officer) -> QuerySet[Exchange]:
    """Those of the federations in the officer's scope, the newest first."""
    return Exchange.objects.filter(federation__in=organisations.scope_of(officer)).select_related("federation")


def exchange_for(officer: Officer, pk: UUID) -> Exchange | None:
    return exchanges_for(officer).select_related("reply").filter(pk=pk).first()


def hits_of(exchange: Exchange) -> QuerySet[Hit]:
    members = Prefetch("household__members", Member.objects.filter(is_in_file=True))
    return exchange.hits.select_related("household__federation").prefetch_related(members)


def due(*, on: date) -> QuerySet[Exchange]:
    """Exchanges whose secrets are to go by this day."""
    return Exchange.objects.exclude(status=ENDED).filter(delete_on__lte=on)


def children_of(federation: Organisation) -> list[OnFile]:
    """Everybody's children on file below a federation, opened in memory: whom an exchange asks about."""
    members = Prefetch("members", Member.objects.filter(is_in_file=True).defer("details"))
    files = _files(federation).defer("imported", "details").order_by("file_number").prefetch_related(members)
    found, part = list[OnFile](), list[Household]()
    for file in files.iterator(chunk_size=_AT_A_TIME):
        part.append(file)
        if len(part) == _AT_A_TIME:
            found += _children(part)
            part = []
    return found + _children(part)


def count_children(federation: Organisation) -> int:
    """How many they are, without opening anything."""
    return Member.objects.filter(
        is_in_file=True, relationship__in=words.CHILD, household__in=_files(federation)
    ).count()


def programmes_of(people: Sequence[OnFile], federation: Organisation, *, on: date) -> list[str]:
    """Under which programme of ours each stands: the kinds of aid that they had in the year up to this day, or none.

    What another office gave is on our record too; it is theirs to tell.
    """
    given = defaultdict[str, set[str]](set)
    rows = standing_aid().exclude(fund_source=ELSEWHERE)
    rows = rows.filter(household__federation__path__startswith=federation.path, given_on__lte=on)
    for index, kind in rows.filter(given_on__gt=on - _YEAR).values_list("person_index", "kind"):
        given[index].add(kind or OURS)
    indexes = (blind.index("resident_id", one.person.id_number) for one in people)
    return ["、".join(sorted(given[index])) if index in given else UNAIDED for index in indexes]


def _files(federation: Organisation) -> QuerySet[Household]:
    below = Household.objects.filter(federation__path__startswith=federation.path, file_status__startswith="在档")
    return below.exclude(status=MERGED)


def _children(files: list[Household]) -> list[OnFile]:
    children = {
        (file.pk, one.position) for file in files for one in file.members.all() if one.relationship in words.CHILD
    }
    return [one for one in alike.opened(files) if (one.household_id, one.position) in children]
