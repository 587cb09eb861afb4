"""What of history is asked for: by whom, what was done, about which reference, on which days; the same on the page and in the file."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone

from huigong.audit.queries import Asked
from huigong.organisations.models import Officer
from huigong.web.console.words import EVENTS

WORDS = ("who", "what", "about", "from", "to")
_MOST = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """As they were typed; `query` is what a link carries on, without the place in the list."""

    who: str = ""
    what: str = ""
    about: str = ""
    since: str = ""
    until: str = ""
    query: str = ""

    @property
    def any(self) -> bool:
        return bool(self.query)


def filters(sent: QueryDict) -> Filters:
    told = {name: " ".join(sent.get(name, "").split())[:_MOST] for name in WORDS}
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in told.items() if value})
    return Filters(told["who"], told["what"], told["about"], told["from"], told["to"], kept.urlencode())


def asked(typed: Filters, *, before: str = "") -> Asked:
    """A day that is none is passed over, like a number that is none."""
    since, until = _day(typed.since), _day(typed.until)
    return Asked(
        actors=_actors(typed.who) if typed.who else None,
        actions=_actions(typed.what) if typed.what else None,
        about=typed.about,
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None,
    )


def _actors(who: str) -> list[str]:
    """An officer by the name or the sign-in; whoever acts without an account (system, public) by its own word."""
    return [who, *Officer.objects.filter(name=who).values_list("username", flat=True)]


def _actions(what: str) -> list[str]:
    """Every action in whose words that stands, in either language."""
    return [action for action, (zh, en, _) in EVENTS.items() if what in zh or what.lower() in en.lower()]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
