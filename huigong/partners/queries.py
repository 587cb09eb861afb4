"""Ask for exchanges, whom both have, and the people of ours that are compared."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huigong.organisations import queries as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.partners.lifecycle import ENDED
from huigong.partners.models import Exchange, Hit
from huigong.registry import alike, words
from huigong.registry.alike import OnFile
from huigong.registry.lifecycle import MERGED
from huigong.registry.models import Household, Member

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
    files = (
        Household.objects.filter(federation__path__startswith=federation.path, file_status__startswith="在档")
        .exclude(status=MERGED)
        .defer("imported", "details")
        .order_by("file_number")
        .prefetch_related(members)
    )
    found, part = list[OnFile](), list[Household]()
    for file in files.iterator(chunk_size=_AT_A_TIME):
        part.append(file)
        if len(part) == _AT_A_TIME:
            found += _children(part)
            part = []
    return found + _children(part)


def _children(files: list[Household]) -> list[OnFile]:
    children = {
        (file.pk, one.position) for file in files for one in file.members.all() if one.relationship in words.CHILD
    }
    return [one for one in alike.opened(files) if (one.household_id, one.position) in children]
