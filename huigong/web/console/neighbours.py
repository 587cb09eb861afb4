"""The list that a reader came from, kept while going from one application to the next."""

from dataclasses import dataclass

from django.urls import reverse

from huigong.organisations.models import Officer
from huigong.studentaid import queries
from huigong.studentaid.models import Application
from huigong.web.console.filters import Asked, narrowed, ordered


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The list that the reader came from, and who stands before and behind in it."""

    list: str
    query: str
    before: str
    behind: str
    position: int
    of: int


def neighbours(officer: Officer, application: Application, asked: Asked) -> Neighbours:
    """Before and behind in the list as it was asked for; without them where the case has left that list."""
    mine = queries.applications_for(officer, application.campaign)
    rows = list(ordered(narrowed(mine, asked), asked).values_list("reference", flat=True))
    query = asked.query if asked != Asked() else ""
    here = rows.index(application.reference) if application.reference in rows else -1

    def address(place: int) -> str:
        return reverse("application", args=[rows[place]]) + query if 0 <= place < len(rows) and here >= 0 else ""

    return Neighbours(
        list=reverse("applications", args=[application.campaign.code]) + query,
        query=query,
        before=address(here - 1),
        behind=address(here + 1),
        position=here + 1,
        of=len(rows),
    )
