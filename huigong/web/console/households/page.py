"""The page of one household file: its state, its sections with masked fields, its family, what it lacks, what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from huigong.audit import queries as audit
from huigong.registry import queries, this_time
from huigong.registry.file_form import FileForm, form_on
from huigong.registry.lifecycle import (
    CHECKED,
    DRAFT,
    ENROLLED,
    ERASED,
    EXITED,
    MERGED,
    MOVING,
    ON_NOTICE,
    REPORTED,
    TURNED_DOWN,
    WORDS,
)
from huigong.registry.models import FileEntry, Household, Member
from huigong.web.console import words
from huigong.web.console.households.shown import SectionShown, label, section_shown
from huigong.web.console.households.why import why
from huigong.web.console.words import said

TONES = {DRAFT: "", ENROLLED: "done", MOVING: "look", ON_NOTICE: "now", EXITED: "", MERGED: "look", ERASED: "stop"}
PURPOSES = ("work", "compare_with_card", "inspect")
_LAST = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A family member: what is said in one line, and all fields below it."""

    position: int
    name: str
    line: str
    studies: bool
    is_over: bool
    """At school by its file, and past it by entry year and length."""
    gone: bool
    section: SectionShown

    @property
    def slug(self) -> str:
        return str(self.position)


@dataclass(frozen=True, slots=True)
class Happened:
    word: str
    more: str
    who: str
    at: datetime
    tone: str


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One thing done about the file; `path` is the one under which its note is looked at."""

    kind: str
    word: str
    on: date
    until: date | None
    by: str
    paper: str
    pk: UUID
    noted: bool
    path: str
    tone: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """Everything that the page of one file shows."""

    one: Household
    form: str
    status: str
    tone: str
    sections: Sequence[SectionShown]
    people: Sequence[Person]
    lacks: Sequence[str]
    complete_by: date | None
    looks: int
    entries: Sequence[EntryShown]
    against: EntryShown | None
    changed: Sequence[str]
    why: str
    history: Sequence[Happened]


def page_of(household: Household, *, today: date) -> FilePage:
    form = form_on(today)
    members = list(household.members.order_by("-is_in_file", "position"))
    happened = audit.history(household.file_number)
    entries = list(household.entries.select_related("paper"))
    names = words.people({told.actor for told in happened} | {entry.by for entry in entries})
    checked = this_time.last_of(this_time.last_round(entries), FileEntry.Kind.CHECKED)
    # What was entered stands in a list of its own, in the office's words.
    happened = [told for told in happened if told.action not in {"file.entered", "file.moved"}]
    return FilePage(
        one=household,
        form=said(form.title, form.title_en),
        status=_status(household),
        tone=TONES.get(household.status, "now"),
        sections=[section_shown(household, section, today=today) for section in form.of_household()],
        people=[_person(member, form, today) for member in members],
        lacks=lacks_of(household, form, members),
        complete_by=household.complete_by,
        looks=len(audit.looks(household.file_number)),
        entries=[_entry(entry, names) for entry in entries],
        against=_entry(checked, names) if checked and checked.word else None,
        changed=_changed(household, form),
        why=why(household, entries, names),
        history=[
            Happened(
                words.event_word(told.action),
                words.event_more(told),
                names[told.actor],
                told.at,
                words.event_tone(told),
            )
            for told in happened[-_LAST:]
        ],
    )


def _status(household: Household) -> str:
    """The state in a word; a file that ended before it was enrolled did not leave."""
    if household.status == EXITED and household.file_status.startswith(TURNED_DOWN):
        return said(TURNED_DOWN, "taken off")
    return said(*WORDS[household.status])


def lacks_of(household: Household, form: FileForm, members: Sequence[Member]) -> list[str]:
    """What the form asks for and the file lacks, in words."""
    names = {member.position: member.name for member in members}
    found = list[str]()
    for path in filter(None, household.lacking.split(",")):
        if path.startswith("members."):
            number = int(path.removeprefix("members."))
            found.append(said(f"家庭成员 {names.get(number, number)}", f"family member {names.get(number, number)}"))
        elif field := form.field("household", path):
            found.append(label(field))
    return found


def _changed(household: Household, form: FileForm) -> list[str]:
    """The facts that were changed behind the checks, in words, while that keeps the file from being enrolled or checked."""
    if household.status not in {REPORTED, CHECKED, ON_NOTICE}:
        return []
    return [said(*told) for told in this_time.in_words(this_time.changed_since_checked(household), form)]


def _entry(entry: FileEntry, names: Mapping[str, str]) -> EntryShown:
    kind = said(entry.get_kind_display(), entry.kind.replace("_", " "))
    return EntryShown(
        kind=kind,
        word=entry.word,
        on=entry.on,
        until=entry.until,
        by=names[entry.by],
        paper=entry.paper.name if entry.paper else "",
        pk=entry.pk,
        noted=bool(entry.note),
        path=f"entries.{entry.pk}",
        tone={"enrolled": "done", "exited": "stop", "turned_down": "stop", "put_back": "look"}.get(entry.kind, ""),
    )


def _person(member: Member, form: FileForm, today: date) -> Person:
    section = section_shown(member, form.of_members(), today=today, prefix=f"members.{member.position}.")
    by_name = {shown.name: shown.value for shown in section.fields if not shown.path}
    told = ("age", "education_level", "school", "occupation", "graduates")
    parts = [by_name.get(name, "") for name in told]
    if parts[0]:
        parts[0] = said(f"{parts[0]} 岁", f"{parts[0]} years")
    if parts[-1]:
        parts[-1] = said(f"{parts[-1]} 年毕业", f"leaves school in {parts[-1]}")
    return Person(
        member.position,
        member.name,
        " · ".join(part for part in (member.relationship, *parts) if part),
        queries.is_studying_child(member),
        queries.is_past_schooling(member, on=today),
        not member.is_in_file,
        section,
    )
