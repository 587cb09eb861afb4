"""Do what a form of a page asks for once, however often it is sent: pressed twice, reloaded, or gone back to (decision 334)."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from huigong.casework.models import PostTaken
from huigong.organisations.models import Officer


def do_once(
    number: str, do: Callable[[], str], *, address: str, officer: Officer, at: datetime
) -> tuple[str, datetime | None]:
    """Where the form leads, which is what `do` returns; and when it was done before, in which case nothing is done now.

    That it came is written before and committed with what `do` does: a second sending waits for the first, and a refusal
    (whatever `do` raises) leaves nothing, so that the same form may be sent again. No event: what was done has its own.
    """
    with transaction.atomic():
        kept, new = PostTaken.objects.get_or_create(
            sent_by=officer.username, address=address, number=number, defaults={"at": at}
        )
        if not new:
            return kept.led_to, kept.at
        kept.led_to = do()
        kept.save(update_fields=["led_to"])
        return kept.led_to, None
