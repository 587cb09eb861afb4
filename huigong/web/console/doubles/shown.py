"""A group of files that may hold one person, as the page shows it: families drawn as one, columns of people, only differences."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.matching import engine
from huigong.registry.aid_standing import standing_aid
from huigong.registry.alike import SPOUSE, person_on
from huigong.registry.doubles import Group, Person
from huigong.registry.models import Household, Likeness, Member
from huigong.registry.related import CASES
from huigong.vault.fields import Secret
from huigong.web.console.words import said

_NAMED = {
    "twins": ("像双胞胎", "twins"),
    "siblings": ("像兄弟姐妹", "siblings"),
    "namesakes_in_one_school": ("同校同名", "namesakes in one school"),
    "shared_phone": ("共用电话", "a shared telephone"),
    "number_of_a_relative": ("用了家人的号", "a relative's number"),
    "parent_and_child_of_one_name": ("像同名父子", "parent and child of one name"),
    "two_numbers": ("两个号码", "two numbers"),
    "starred_twin": ("带星号无号码", "starred, no number"),
    "little_but_names": ("只有姓名相合", "little but names"),
    "common_name": ("同名的人多", "a common name"),
    "number_of_a_parent": ("用了家长的号", "a parent's number"),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One pair of the queue: who, in which files, how sure, the case by its name."""

    address: str
    names: str
    files: str
    percent: int
    is_sure: bool
    case: str
    said: str


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One of a family; `mark`: who of the group this is."""

    name: str
    relationship: str
    mark: int


@dataclass(frozen=True, slots=True)
class FileShown:
    """A family as one: its file, its people, and the aid that it was given."""

    file: Household
    people: Sequence[PersonShown]
    aid: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One field over all columns; `hidden`: the masked values look alike and are not."""

    label: str
    cells: Sequence[str]
    hidden: bool


@dataclass(frozen=True, slots=True)
class ClusterShown:
    """People who may be one: a column each, what differs, what is the same, and why the engine thinks so.

    `is_ticked`: the word is for them too, unless somebody says otherwise.
    """

    mark: int
    value: str
    is_ticked: bool
    columns: Sequence[str]
    rows: Sequence[Difference]
    same: str
    reasons: Sequence[tuple[int, bool, str, str]]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Everything of the page, and into which file a merge would most likely go."""

    families: Sequence[FileShown]
    clusters: Sequence[ClusterShown]
    one_household: bool
    hint: str
    kept: UUID | None


def line_shown(one: Likeness) -> LineShown:
    judgement = engine.judge(one.pattern)
    return LineShown(
        address=reverse("likeness", args=[one.pk]),
        names=" · ".join(dict.fromkeys(_name(file, at) for file, at in _ends(one))),
        files=" · ".join(f"{file.file_number} {file.federation.name}" for file, _at in _ends(one)),
        percent=_percent(judgement.probability),
        is_sure=judgement.answer == engine.SAME,
        case=said(*_NAMED[judgement.case]) if judgement.case in _NAMED else "",
        said=str(one.get_outcome_display()) if one.outcome else "",
    )


def cluster_value(cluster: Sequence[Person]) -> str:
    """What a cluster is called in the form: its first person."""
    return "{}.{}".format(*cluster[0])


def group_shown(group: Group, asked: Likeness) -> GroupShown:
    marks = {person: mark for mark, cluster in enumerate(group.clusters, 1) for person in cluster}
    workers = any(position == 0 for cluster in group.clusters for _pk, position in cluster)
    spouses = any(_is_spouse(group, person) for cluster in group.clusters for person in cluster)
    standing = [file for file in group.files if file.is_enrolled] or list(group.files)
    zh, en = CASES["spouse" if spouses else "same_worker"][2:] if workers else _CHILD
    return GroupShown(
        families=[_family(file, marks) for file in group.files],
        clusters=[_cluster(mark, cluster, group, asked) for mark, cluster in enumerate(group.clusters, 1)],
        one_household=workers,
        hint=said(zh, en),
        kept=standing[0].pk if workers else None,
    )


_CHILD = (
    "同一个孩子在两户里：父母离异、跟祖父母生活都有可能。是同一人也不一定是一户，档案可以各自留着，资助只给一次。",
    "One child in two households: parents apart, or living with grandparents. The same child need not be one household.",
)


def _family(file: Household, marks: dict[tuple[UUID, int], int]) -> FileShown:
    members = [one for one in file.members.all() if one.is_in_file]
    people = [PersonShown(file.worker_name, _("职工"), marks.get((file.pk, 0), 0))]
    people += [PersonShown(one.name, one.relationship, marks.get((file.pk, one.position), 0)) for one in members]
    return FileShown(file, people, standing_aid().filter(household=file).count())


def _cluster(mark: int, cluster: Sequence[Person], group: Group, asked: Likeness) -> ClusterShown:
    files = {file.pk: file for file in group.files}
    people = [(files[pk], person_on(files[pk], position)) for pk, position in cluster]
    rows, same = [], []
    for label, values in _fields(people):
        shown = [_shown(value) for value in values]
        if len(set(values)) > 1:
            rows.append(Difference(label, shown, hidden=len(set(shown)) == 1))
        elif shown[0]:
            same.append(f"{label} {shown[0]}")
    inside = [one for one in group.likenesses if (one.one_id, one.one_position) in set(cluster)]
    reasons = [_why(one) for one in inside]
    return ClusterShown(
        mark,
        cluster_value(cluster),
        asked in inside or all(is_sure for _percent, is_sure, _reasons, _case in reasons),
        [file.file_number for file, _p in people],
        rows,
        "；".join(same),
        reasons,
    )


def _fields(people: Sequence[tuple[Household, Household | Member | None]]) -> list[tuple[str, list[str]]]:
    """Each field with its value of every column, numbers in plain so that they can be compared; they are shown masked."""
    columns = [_column(file, one) for file, one in people if one is not None]
    return [(label, [column[label] for column in columns]) for label in columns[0]] if columns else []


def _column(file: Household, one: Household | Member) -> dict[str, str]:
    worker = isinstance(one, Household)
    return {
        said("姓名", "Name"): one.worker_name if isinstance(one, Household) else one.name,
        said("身份证号码", "Identity number"): _comparable(one.id_number),
        said("在户里是", "In the household"): said("职工", "worker")
        if isinstance(one, Household)
        else one.relationship,
        said("学校", "School"): "" if isinstance(one, Household) else one.school,
        said("户里的职工", "Worker of the file"): "" if worker else file.worker_name,
        said("工作单位", "Employer"): file.employer,
        said("手机号码", "Phone"): _comparable(file.phone),
        said("属地", "Filed at"): file.federation.name,
        said("档案状态", "State"): file.file_status,
    }


class _Masked(str):
    """A number in plain for comparing, that is only ever shown masked."""

    __slots__ = ("mask",)
    mask: str


def _comparable(value: Secret | str | None) -> str:
    if not isinstance(value, Secret):
        return value or ""
    masked = _Masked(value.plain())
    masked.mask = str(value)
    return masked


def _shown(value: str) -> str:
    return value.mask if isinstance(value, _Masked) else value


def _why(one: Likeness) -> tuple[int, bool, str, str]:
    return explained(engine.judge(one.pattern))


def explained(judgement: engine.Judgement) -> tuple[int, bool, str, str]:
    """How sure in per cent, whether the engine alone would say the same, its reasons, and the case by its name."""
    reasons = "；".join(said(sentence.zh, sentence.en) for sentence in judgement.reasons)
    case = said(*_NAMED[judgement.case]) if judgement.case in _NAMED else ""
    return _percent(judgement.probability), judgement.answer == engine.SAME, reasons, case


def _is_spouse(group: Group, person: tuple[UUID, int]) -> bool:
    file = next(one for one in group.files if one.pk == person[0])
    one = person_on(file, person[1])
    return isinstance(one, Member) and one.relationship in SPOUSE


def _ends(one: Likeness) -> list[tuple[Household, int]]:
    return [(one.one, one.one_position), (one.other, one.other_position)]


def _name(file: Household, position: int) -> str:
    one = person_on(file, position)
    return one.worker_name if isinstance(one, Household) else one.name if one else ""


def _percent(probability: float) -> int:
    """Never rounded up to certainty."""
    return min(99, round(probability * 100))
