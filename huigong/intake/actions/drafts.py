"""Keep what an officer has typed, until it is taken. No event: nobody has said it yet, and history must not hold it."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from huigong.intake.models import Draft
from huigong.organisations.models import Officer
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault

MOST_CHARACTERS = 300_000


def keep_draft(officer: Officer, place: str, fields: Mapping[str, str], *, at: datetime) -> bool:
    """The fields of a page as they stand now, in place of what was kept of it before; an empty page keeps nothing.

    False where it is more than any page holds. Who keeps and who throws away at once wait for one another: a page keeps
    while it is left, and a field of it is saved for good in the same moment.
    """
    content = json.dumps(dict(fields), ensure_ascii=False)
    if len(content) > MOST_CHARACTERS:
        return False
    if not fields:
        drop_draft(officer, place)
        return True
    with transaction.atomic():
        kept = _standing(officer, place).first() or _begun(officer, place, content, at)
        kept.content, kept.saved_at = content, at
        kept.save(update_fields=["content", "saved_at"])
    return True


def hand_drafts(leaver: Officer, successor: Officer) -> None:
    """What somebody who leaves had typed is the successor's to go on with. Raises SaidError where both typed on one page."""
    with transaction.atomic():
        left = list(Draft.objects.select_for_update().filter(officer=leaver))
        theirs = Draft.objects.filter(officer=successor, place__in=[one.place for one in left])
        if both := theirs.order_by("place").first():
            raise SaidError(
                Sentence(
                    "draft_of_both",
                    f"{leaver.name}和{successor.name}在同一页（{both.place}）都有没交的草稿，没有交接。"
                    f"请{successor.name}先把自己的交掉或扔掉。",
                    f"{leaver.name} and {successor.name} both typed on one page ({both.place}): {successor.name} hands "
                    "theirs in or throws it away first.",
                )
            )
        for draft in left:
            draft.officer = successor
            draft.save(update_fields=["officer"])


def drop_draft(officer: Officer, place: str) -> None:
    """Nothing of it stays: its key goes with it."""
    with transaction.atomic():
        for draft in _standing(officer, place):
            draft.delete()
            vault.destroy(draft.data_key_id)


def _standing(officer: Officer, place: str) -> QuerySet[Draft]:
    return Draft.objects.select_for_update().filter(officer=officer, place=place)


def _begun(officer: Officer, place: str, content: str, at: datetime) -> Draft:
    """A new one; where two pages begin it at once, the one that was first."""
    try:
        with transaction.atomic():
            key = vault.new_data_key()
            return Draft.objects.create(officer=officer, place=place, data_key=key, content=content, saved_at=at)
    except IntegrityError:
        return Draft.objects.get(officer=officer, place=place)
