"""The steps of a campaign over all its rows, each committed form by form, so that a run that died goes on where it was.

The command runs them one after the other; the pages call the same ones.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from huigong.annexes import pool
from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.circulars.routing import OtherDeskError, refuse_other_desk
from huigong.figures.standing import SkippedFile
from huigong.intake import actions as intake
from huigong.intake.lifecycle import ACCEPTED
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import unit_named
from huigong.rules.circular import Circular
from huigong.studentaid import actions as studentaid
from huigong.studentaid.cases import surroundings
from huigong.studentaid.lifecycle import OPEN
from huigong.studentaid.models import Application
from huigong.values.sentence import Sentence

Progress = Callable[[str, int, int], None]
_CASES_AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A file of the folder: where it can be read, what its form is called, and the digest of its bytes."""

    path: Path
    name: str
    sha256: str


def quiet(_step: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def receive(
    campaign: Campaign,
    folder: Path,
    *,
    here: Organisation,
    received_on: date | None,
    workers: int,
    officer: str,
    at: datetime,
    progress: Progress = quiet,
) -> list[SkippedFile]:
    """Take in every file of the folder that the campaign does not have yet; rows without errors are accepted.

    `here` is the federation at whose centre they came in. Returns the files that gave no form: whose bytes came under
    another name already, and those that the circular sends to another desk. What cannot be read is received as refused.
    """
    standing = dict(FormReceived.objects.filter(campaign=campaign).values_list("sha256", "outcome"))
    with tempfile.TemporaryDirectory() as scratch:
        found = [
            replace(one, path=_readable_name(one.path, Path(scratch) / str(number)))
            for number, one in enumerate(found_in(folder))
        ]
        return _receive(campaign, found, standing, here, received_on, workers, officer, at, progress)


def _receive(
    campaign: Campaign,
    found: Sequence[FoundForm],
    standing: Mapping[str, str],
    here: Organisation,
    received_on: date | None,
    workers: int,
    officer: str,
    at: datetime,
    progress: Progress,
) -> list[SkippedFile]:
    first: dict[str, str] = {}
    fresh, skipped = [], []
    for one in found:
        if one.sha256 in first:
            skipped.append(_doubled(one.name, first[one.sha256]))
            continue
        first[one.sha256] = one.name
        # What could not be read last time is tried again: the converter may have been installed since.
        if standing.get(one.sha256) != FormReceived.Outcome.READ:
            fresh.append(one)
    circular = circular_of(campaign)
    definition = circular.form
    assert definition is not None, "a circular whose campaign takes forms defines one"
    readings = pool.read_all([one.path for one in fresh], definition, workers=workers, received_on=received_on)
    for number, (one, reading) in enumerate(zip(fresh, readings, strict=True), 1):
        progress("forms", number, len(fresh))
        if elsewhere := _elsewhere(circular, campaign, here, reading.unit or ""):
            skipped.append(SkippedFile(one.name, elsewhere))
            continue
        intake.receive(
            campaign,
            one.path,
            reading,
            name=one.name,
            received_on=received_on,
            officer=officer,
            at=at,
            good_rows=ACCEPTED,
        )
    for form in FormReceived.objects.filter(campaign=campaign, unit=None).select_related("campaign__federation"):
        if not _elsewhere(circular, campaign, here, form.unit_name):
            intake.recognise(form, good_rows=ACCEPTED, officer=officer, at=at)
    return skipped


def _elsewhere(circular: Circular, campaign: Campaign, here: Organisation, unit_name: str) -> Sentence | None:
    """Why a form of this unit is not received here; None where it is. One desk for all needs no look for the unit."""
    if circular.routing is None or (circular.routing.forms == "campaign" and here == campaign.federation):
        return None
    try:
        refuse_other_desk(circular, campaign, here, unit_named(campaign.federation, unit_name))
    except OtherDeskError as error:
        return error.sentence
    return None


def files_of(folder: Path) -> list[Path]:
    """The files of a folder and its subfolders by name; hidden ones and the lock files of open documents are no forms."""
    return sorted(
        (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))),
        key=lambda path: (path.name, path.as_posix()),
    )


def found_in(folder: Path) -> list[FoundForm]:
    """The files with the names of their forms: the file's own, or its way inside the folder where others share it.

    Every unit's folder may hold a 登记表.xlsx; whether forms lie in one folder or in many changes nothing else.
    """
    found = [FoundForm(path, name_in(folder, path), digest_of(path)) for path in files_of(folder)]
    contents: dict[str, set[str]] = {}
    for one in found:
        contents.setdefault(_bare(one.name), set()).add(one.sha256)
    return [one if len(contents[_bare(one.name)]) > 1 else replace(one, name=_bare(one.name)) for one in found]


def _bare(name: str) -> str:
    return PurePosixPath(name).name


def name_in(folder: Path, path: Path) -> str:
    """The way of a file inside the folder."""
    name = os.fsencode(path.relative_to(folder).as_posix())
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", errors="replace")


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _readable_name(path: Path, folder: Path) -> Path:
    """The file; through a link where an old archive left its name in GB18030, which no column and no paper can hold."""
    name = os.fsencode(path.name)
    try:
        name.decode()
    except UnicodeDecodeError:
        folder.mkdir()
        link = folder / name.decode("gb18030", errors="replace")
        link.symlink_to(path.resolve())
        return link
    return path


def submit(campaign: Campaign, *, officer: str, at: datetime, progress: Progress = quiet) -> int:
    """Make cases of all accepted rows, form by form in the declared order: federation, unit, then the file's digest."""
    forms = list(
        FormReceived.objects.filter(
            pk__in=FormRow.objects.filter(form__campaign=campaign, status=ACCEPTED).values("form"), unit__isnull=False
        )
        .select_related("unit", "campaign")
        .order_by("unit__path", "sha256")
    )
    made = 0
    for number, form in enumerate(forms, 1):
        made += studentaid.submit(form, officer=officer, at=at)
        progress("cases", number, len(forms))
    return made


def decide(
    campaign: Campaign, *, verifier: Officer | None, officer: str, at: datetime, progress: Progress = quiet
) -> int:
    """Verify (where an officer was named) and decide every open case; returns how many decisions are new."""
    circular, around = circular_of(campaign), surroundings(campaign)
    references = list(
        Application.objects.filter(campaign=campaign, status__in=OPEN)
        .order_by("reference")
        .values_list("pk", flat=True)
    )
    made = 0
    for start in range(0, len(references), _CASES_AT_A_TIME):
        part = references[start : start + _CASES_AT_A_TIME]
        own = campaign.applications.filter(pk__in=part).select_related("household").defer("household__imported")
        applications = list(own.order_by("reference"))
        gathered = studentaid.gather(applications, around)
        if verifier is not None:
            studentaid.verify(gathered, officer=verifier, at=at)
        made += studentaid.decide(gathered, circular, campaign.version, officer=officer, at=at)
        progress("decisions", min(start + _CASES_AT_A_TIME, len(references)), len(references))
    return made


def lacking(circular: Circular) -> list[str]:
    """What a supplement has to lay down before places are shared: a campaign that runs keeps its circular."""
    return [
        words
        for part, words in (
            (circular.amounts, "[[amount]] 金额"),
            (circular.quota, "[quota] 指标"),
            (circular.ranking, "[ranking] 排序"),
            (circular.notice, "[public_notice] 公示期"),
        )
        if not part
    ]


def _doubled(name: str, first: str) -> SkippedFile:
    return SkippedFile(
        name,
        Sentence("duplicate", f"与 {first} 内容完全相同，只收一次。", f"The same content as {first}: taken once."),
    )
