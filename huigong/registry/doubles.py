"""查重的一组: pairs that hang together through their files, so that a person looks at them once and at whole families."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huigong.matching.learning import Label
from huigong.organisations.models import Officer, Organisation
from huigong.registry.clusters import clusters
from huigong.registry.lifecycle import EXITED, MERGED
from huigong.registry.models import Household, Likeness, Member
from huigong.registry.queries import households_for

Person = tuple[UUID, int]
"""A file, and the position in it: 0 is the worker."""
MOST_FILES = 8
AT_ONCE = 3_000
"""So many files are compared while somebody waits before a page; more are the command's (`huigong registry likenesses`)."""
OPEN, LATER, DONE = "open", "later", "done"
_OUTCOMES = {
    OPEN: ("",),
    LATER: (Likeness.Outcome.LATER,),
    DONE: (Likeness.Outcome.SAME, Likeness.Outcome.NOT_SAME),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Files side by side, the pairs between them, and their people in clusters: each cluster may be one person."""

    files: Sequence[Household]
    likenesses: Sequence[Likeness]
    clusters: Sequence[Sequence[Person]]


def likenesses_for(officer: Officer, which: str) -> QuerySet[Likeness]:
    """Pairs of one state of which the officer may see both files. Those across counties are the city's to look at."""
    mine = households_for(officer).values("pk")
    pairs = Likeness.objects.filter(one__in=mine, other__in=mine, outcome__in=_OUTCOMES[which])
    if which != DONE:  # a file that was merged waits for nobody; taken apart again, its pairs are back
        pairs = pairs.exclude(one__status=MERGED).exclude(other__status=MERGED)
    return pairs.select_related("one__federation", "other__federation")


def many_below(federation: Organisation) -> bool:
    """Whether more files stand below a federation than are compared while somebody waits; counted no further than that."""
    files = Household.objects.filter(federation__path__startswith=federation.path).exclude(status__in=(MERGED, EXITED))
    return files.order_by()[: AT_ONCE + 1].count() > AT_ONCE


def labels_below(federation: Organisation) -> list[Label]:
    """What people said of pairs of files below a federation, as patterns: what weights can be held against."""
    said = Likeness.objects.filter(
        one__federation__path__startswith=federation.path, outcome__in=_OUTCOMES[DONE]
    ).order_by("at", "pk")
    return [
        Label(pattern, outcome == Likeness.Outcome.SAME) for pattern, outcome in said.values_list("pattern", "outcome")
    ]


def group_of(likeness: Likeness, officer: Officer) -> Group:
    """The pairs of the same state that hang together with this one, to a number of files that fits on a page."""
    which = next(name for name, outcomes in _OUTCOMES.items() if likeness.outcome in outcomes)
    files, pairs = {likeness.one_id, likeness.other_id}, {likeness.pk: likeness}
    seen = likenesses_for(officer, which)
    grew = True
    while grew:
        grew = False
        for one in (*seen.filter(one__in=files), *seen.filter(other__in=files)):
            together = files | {one.one_id, one.other_id}
            if one.pk not in pairs and len(together) <= MOST_FILES:
                files, grew = together, True
                pairs[one.pk] = one
    members = Prefetch("members", Member.objects.filter(is_in_file=True).order_by("position"))
    rows = households_for(officer).filter(pk__in=files).select_related("federation").defer("imported")
    found = list(rows.prefetch_related(members).order_by("file_number"))
    return Group(found, list(pairs.values()), _clusters(pairs.values(), [one.pk for one in found]))


def between(group: Group, chosen: Iterable[UUID], clusters: Iterable[Sequence[Person]]) -> list[Likeness]:
    """The pairs of these clusters of a group whose two files were both chosen."""
    files, people = set(chosen), {person for cluster in clusters for person in cluster}
    return [
        one
        for one in group.likenesses
        if {one.one_id, one.other_id} <= files and (one.one_id, one.one_position) in people
    ]


def _clusters(pairs: Iterable[Likeness], order: Sequence[UUID]) -> list[list[Person]]:
    """People who hang together by pairs, each in the order of the files; the workers' cluster first."""
    place = {pk: at for at, pk in enumerate(order)}
    ends = (((pair.one_id, pair.one_position), (pair.other_id, pair.other_position)) for pair in pairs)
    found = [sorted(one, key=lambda person: (place[person[0]], person[1])) for one in clusters(ends)]
    return sorted(found, key=lambda one: (min(position for _, position in one), place[one[0][0]]))
