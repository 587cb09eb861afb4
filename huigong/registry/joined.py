"""Files that are one by a merge: which went into which, and what keeps them back together."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from huigong.documents.models import LegalHold
from huigong.registry.lifecycle import ERASED, MERGED
from huigong.registry.models import FileEntry, Household, Merge


def absorbed_by(household: Household) -> list[Household]:
    """The files that were merged into this one, and into those; they go with it."""
    found, waiting, seen = list[Household](), [household.pk], {household.pk}
    while waiting:
        taken = Merge.objects.filter(kept__in=waiting, undone_at=None).values("absorbed")
        fresh = Household.objects.filter(pk__in=taken).exclude(pk__in=seen)
        part = list(fresh.select_related("federation").order_by("file_number"))
        found += part
        waiting = [one.pk for one in part]
        seen.update(waiting)
    return found


def kept_in(household: Household) -> list[Household]:
    """The file, what it was merged into, and so on: the last one's day counts for all of them.

    A file that an import brought back while its merge stands goes by its own day.
    """
    line, seen = [household], {household.pk}
    while line[-1].status in {MERGED, ERASED}:
        made = Merge.objects.filter(absorbed=line[-1], undone_at=None).exclude(kept__in=seen)
        last = made.select_related("kept").order_by("-at").first()
        if last is None:
            break
        line.append(last.kept)
        seen.add(last.kept_id)
    return line


def files_within(households: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Of these files each with itself, and of every file that was merged into one of them those whose record it stands in."""
    found = {one: {one} for one in households}
    waiting = set(found)
    while waiting:
        fresh = set[UUID]()
        for absorbed, kept in Merge.objects.filter(kept__in=waiting, undone_at=None).values_list("absorbed", "kept"):
            before = found.setdefault(absorbed, set())
            if not found[kept] <= before:
                before |= found[kept]
                fresh.add(absorbed)
        waiting = fresh
    return found


def kept_above(households: Iterable[UUID]) -> set[UUID]:
    """These files, what they were merged into, and so on up."""
    found = waiting = set(households)
    while waiting:
        waiting = set(Merge.objects.filter(absorbed__in=waiting, undone_at=None).values_list("kept", flat=True)) - found
        found = found | waiting
    return found


def holds_on(files: Sequence[Household]) -> QuerySet[LegalHold]:
    """The legal holds that stand on these files or on one of their papers."""
    papers = FileEntry.objects.filter(household__in=files, paper__isnull=False).values("paper")
    numbers = [one.file_number for one in files]
    return LegalHold.objects.filter(Q(file_number__in=numbers) | Q(document__in=papers), lifted_by="")
