"""A household file that lived: every table of the files has rows, written by the actions that an office takes."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from huigong.annexes.readings import FormReading, FormRow
from huigong.circulars import actions as circulars
from huigong.circulars import parameters
from huigong.documents import actions as documents
from huigong.registry import actions, code_lists
from huigong.registry.actions import Done
from huigong.registry.file_form import form_on
from huigong.registry.models import Household, Likeness
from huigong.registry.national_sheets import DumpRow
from huigong.values.working_days import shipped_calendar

FORM = form_on(date(2017, 8, 7))
CLASSES = Path(settings.BASE_DIR) / "circulars" / "2018-hardship-classes"
CHECKS = ("home_visit", "authorisation", "civil_affairs")


def fields(of="household", **values):
    """Values by the names of the form's fields, as the actions take them."""
    return {FORM.field(of, name): value for name, value in values.items()}


def drafted(officer, at, **more):
    """A file that somebody began: 韦秀兰 of a unit that keeps no computer."""
    given = {"worker_name": "韦秀兰", "id_number": "450422197503064228", "nation": "壮族", "health": "良好"} | more
    return actions.draft(fields(**given), officer=officer, at=at)


class Life:
    """Leads one file on, day by day; `verb` takes the version that stands."""

    def __init__(self, household, at, *, reporter="lu", keeper="huang"):
        self.pk, self.at, self.reporter, self.keeper = household.pk, at, reporter, keeper

    @property
    def file(self):
        return Household.objects.select_related("moving_to", "federation").get(pk=self.pk)

    def done(self, *, by=None, **more):
        self.at += timedelta(minutes=1)
        return Done(**{"on": self.at.date(), "officer": by or self.keeper, "at": self.at} | more)

    def verb(self, verb, *args, by=None, extra=None, **more):
        file = self.file
        return verb(file, *args, self.done(by=by, **more), version=file.version, **(extra or {}))

    def later(self, days):
        self.at += timedelta(days=days)

    def checked(self, **paper):
        self.verb(actions.report, by=self.reporter)
        for kind in CHECKS:
            actions.note(self.file, kind, self.done(note="邻居说一家四口靠她一人", **paper))
        self.verb(actions.check)

    def enrolled(self, **paper):
        self.checked(**paper)
        self.verb(actions.put_on_notice, extra={"calendar": shipped_calendar()})
        self.later(8)
        self.verb(actions.enrol, word="县级")


def merged(household, officer, at):
    """A second file of the family, taken in and let go again, taken in once more; and a neighbour who shares a phone."""
    husband = drafted(officer, at, worker_name="陆建国", id_number="450422197601011234")
    for undo in (True, False):
        files = [Household.objects.get(pk=one.pk) for one in (household, husband)]
        made = actions.merge(
            *files, versions=(files[0].version, files[1].version), reason="夫妻", officer="huang", at=at
        )
        if undo:
            actions.take_apart(made, officer="huang", at=at)
    actions.say_of(household, husband, "later", "shared_phone", officer="huang", at=at)


def likened(household, officer, at):
    """韦小雨 once more, in her father's file: brought up, and left for later."""
    father = drafted(officer, at, worker_name="陆国强", id_number="450422197602021236")
    daughter = fields("member", name="韦小雨", relationship="女儿", id_number="450422200005124227")
    for pk in (household.pk, father.pk):
        file = Household.objects.get(pk=pk)
        actions.edit_member(file, 1, daughter, version=file.version, officer=officer.username, at=at)
    actions.look_for_likenesses(household.federation, officer="huang", at=at)
    found = Likeness.objects.filter(one__in=(household, father), other__in=(household, father))
    actions.say_of_likenesses(list(found), "later", officer="huang", at=at)


def classed(household, officer, at):
    """A dibao line and a multiple of the city, and the class of the file under the circular of 2018."""
    place = household.federation.path.split("/")[1]
    lines = [
        parameters.ParameterRow("dibao_line_month", place, 38_000, date(2015, 11, 1), "2015年优惠证审核通知"),
        parameters.ParameterRow("relative_percent", place, 150, date(2015, 11, 1), "2015年优惠证审核通知"),
    ]
    parameters.keep_parameters(lines, officer=officer.username, at=at)
    version = circulars.publish(CLASSES, officer=officer.username, at=at)
    given = {"on": date(2018, 7, 1), "nothing_excludes": True, "officer": officer.username, "at": at}
    return actions.assess(household, version, **given)


def surveyed(household, officer, at):
    """The counts of every union, and a sheet on which one of them says otherwise."""
    survey = actions.freeze(household.federation, officer=officer.username, at=at)
    sheet = documents.store(b"survey", name="摸底表.docx", media_type="x/docx", officer="lu", at=at)
    line = survey.lines.first()
    said = {
        "union_name": line.union.name,
        "households": 7,
        "in_school": 7,
        "graduates": 7,
        "employed": 7,
        "need_help": 7,
    }
    reading = FormReading("摸底表.docx", rows=(FormRow(1, said),))
    actions.take_back([line], reading, sheet, officer="lu", at=at)


def dumped(household, officer, at):
    """An export of the national system that names the worker otherwise."""
    row = DumpRow({"file_number": household.file_number, "worker_name": "韦秀蓝"}, ())
    actions.keep_dump([row], name="导出.xlsx", officer=officer, at=at)


def lived(officer, at):
    """The file with a daughter, and everything that happened to it."""
    actions.keep_codes(code_lists.shipped(), source="shipped", officer=officer.username, at=at)
    household = drafted(officer, at)
    at += timedelta(minutes=1)
    daughter = fields("member", name="韦小雨", relationship="女儿", occupation="在读", education_level="undergraduate")
    actions.edit_member(household, 1, daughter, version=0, officer=officer.username, at=at)
    measure = actions.plan(
        household, "就业创业发展", "介绍到糖厂做包装工", owner=officer, due=date(2017, 12, 31), officer="lu", at=at
    )
    actions.close(measure, "done", officer="lu", at=at + timedelta(minutes=2))
    for word, day in (("城市困难农民工", 1), ("支出性生活困难", 20)):
        actions.put_into_group(household, word, on=date(2017, 8, day), officer="lu", at=at)
    actions.give_from_elsewhere(household, "医疗救助", "民政", fen=50_000, on=date(2017, 5, 4), officer="lu", at=at)
    classed(household, officer, at)
    merged(household, officer, at)
    likened(household, officer, at)
    actions.note_keyed(household, ["worker_name", "nation"], officer="lu", at=at)
    life = Life(household, at, keeper=officer.username)
    paper = documents.store(b"visit", name="入户.jpg", media_type="image/jpeg", officer="lu", at=at)
    life.enrolled(paper=paper)
    surveyed(household, officer, life.at)
    dumped(household, officer, life.at)
    life.verb(actions.send_to, household.federation.children.filter(kind="federation").first())
    return life
