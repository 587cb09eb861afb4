"""Keep a list under a name. Filters are no truth about anybody: no event, and whoever keeps one may drop it."""

from huigong.casework.models import DeskHabit, SavedView
from huigong.organisations.models import Officer


def save_list(name: str, *, campaign_code: str, query: str, share: bool, officer: Officer) -> SavedView:
    """The list of that name; a name that the officer has already is written anew."""
    kept, _ = SavedView.objects.update_or_create(
        owner=officer.username,
        campaign_code=campaign_code,
        name=name,
        defaults={"query": query, "is_shared": share},
    )
    return kept


def like_it(officer: Officer, *, dense: bool) -> None:
    """How the officer likes lists from now on: no event, it tells nothing about anybody."""
    DeskHabit.objects.update_or_create(owner=officer.username, defaults={"is_dense": dense})


def hand_lists(leaver: Officer, successor: Officer) -> None:
    """The lists of somebody who leaves are the successor's; one whose name is taken there bears the leaver's name behind it."""
    taken = set(SavedView.objects.filter(owner=successor.username).values_list("campaign_code", "name"))
    for one in SavedView.objects.filter(owner=leaver.username).order_by("pk"):
        tried, plain = 1, one.name
        while (one.campaign_code, one.name) in taken:
            ending = f"（{leaver.name[:12]}{tried if tried > 1 else ''}）"
            one.name, tried = plain[: 40 - len(ending)] + ending, tried + 1
        taken.add((one.campaign_code, one.name))
        one.owner = successor.username
        one.save(update_fields=["owner", "name"])


def drop_list(name: str, *, campaign_code: str, officer: Officer) -> None:
    SavedView.objects.filter(owner=officer.username, campaign_code=campaign_code, name=name).delete()
