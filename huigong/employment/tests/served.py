"""Graduates who were served: every table of the programme has rows, written by the actions that an office takes."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from huigong.audit.tests.kept import kept
from huigong.circulars import actions as circulars
from huigong.documents import actions as documents
from huigong.employment import actions
from huigong.employment.actions import Became, Line, OpeningLine, Plan, Promise
from huigong.employment.actions.openings import EmployerLine
from huigong.employment.assigning import Assigned
from huigong.employment.fitting import fit
from huigong.employment.models import Graduate
from huigong.employment.queries import standing_outcome
from huigong.organisations import actions as organisations
from huigong.registry.tests import workbooks
from huigong.rules import loading
from huigong.values import credit_code

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
GRADUATED = date(2017, 7, 1)
NAMES = ("韦小雨", "黄子涵", "陆一鸣", "覃思远", "莫雪", "梁静", "农星", "邓子轩", "甘雨", "蒙小满")


def _name(number):
    """Ten people, and others of their given names under another surname from eleven on: nobody is probably somebody else."""
    name, again = NAMES[(number - 1) % len(NAMES)], (number - 1) // len(NAMES)
    return f"{'罗谢钟卢'[again - 1]}{name[1:]}" if again else name


def code_of_employer(number=1):
    body = f"9145042{number:010d}"[:17]
    return body + credit_code.check_character(body)


def greedy(graduates, openings, free, apart=()):
    """A solver of tests that need none: everybody in order takes the best that is left."""
    left, chosen, value = list(free), [], 0
    for who, one in enumerate(graduates):
        fits = [(fit(one, other).points, -what) for what, other in enumerate(openings) if left[what]]
        fits = [pair for pair in fits if fit(one, openings[-pair[1]]).fits and (who, -pair[1]) not in apart]
        if fits:
            points, what = max(fits)
            chosen.append((who, -what))
            left[-what] -= 1
            value += points + 1
    return Assigned(tuple(chosen), len(chosen), value, value)


@kept
def campaign_of(city, at):
    """The campaign of 2017, which says what employment is to reach."""
    circular = loading.load(FOLDER, [FOLDER / "supplement-example.toml"])
    version = circulars.publish_loaded(circular, ["supplement-example.toml"], officer="su", at=at)
    return circulars.open_campaign(version, circular, city, received_on=None, notice_from=None, officer="su", at=at)


@dataclass
class Centre:
    """An aid centre in August 2017 with graduates in hand; `day` moves its clock."""

    city: object
    officer: object
    at: datetime = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)
    made: list = field(default_factory=list)

    @property
    def by(self):
        return {"officer": self.officer.username, "at": self.at}

    @property
    def today(self):
        return self.at.date()

    def later(self, days):
        self.at += timedelta(days=days)

    def line(self, number=1, federation=None, **changes):
        told = {
            "name": _name(number),
            "id_number": workbooks.number(f"45042219950101{2 * number:03d}"),
            "federation": federation or self.city,
            "graduates_on": GRADUATED,
            "source": "list",
            "phone": f"138{number:08d}",
            "level": "undergraduate",
            "major": "会计",
        }
        return Line(**(told | changes))

    def graduate(self, number=1, **changes):
        done = actions.take_in([self.line(number, **changes)], **self.by)
        return done.fresh[0]

    def employer(self, number=1, **changes):
        told = {"code": code_of_employer(number), "name": f"藤县第{number}制衣厂", "nature": "private", "promised": 3}
        return actions.keep_employer(self.city, EmployerLine(**(told | changes)), **self.by)

    def opening(self, employer=None, *, confirmed="yes", **changes):
        told = {"kind": "post", "title": "文员", "places": 1, "valid_until": date(2017, 12, 31), "source": "here"}
        one = actions.keep_opening(employer or self.employer(), self.city, OpeningLine(**(told | changes)), **self.by)
        if confirmed == "yes":
            actions.confirm_opening(one, on=self.today, **self.by)
        return one

    def plan(self, graduate, **changes):
        told = {
            "major": graduate.major,
            "wanted_work": (),
            "wanted_places": (),
            "skills": (),
            "needs": (),
            "lowest_pay_fen": None,
            "goes_far": False,
            "obstacles": "",
            "registered": None,
            "registered_on": None,
        }
        version = Graduate.objects.get(pk=graduate.pk).version
        actions.keep_plan(graduate, Plan(**(told | changes)), version=version, **self.by)

    def call(self, graduate, answer="spoke", **more):
        return actions.note_contact(graduate, "phone", answer, on=self.today, **more, **self.by)

    def hire(self, graduate, **changes):
        told = {
            "kind": "employed",
            "on": self.today,
            "by_aid": True,
            "employer_name": "藤县制衣厂",
            "evidence": "contract",
            "evidence_on": self.today,
        }
        told |= changes
        if told["by_aid"] and not graduate.services.exists():
            actions.serve(graduate, "referral", on=min(told["on"], self.today), **self.by)
        return actions.note_outcome(graduate, Became(**told), **self.by)


def served(office):
    """Everything once, in the city of an office that works under a campaign."""
    centre = Centre(office.city, office.huang, at=datetime(2017, 9, 2, 1, 0, tzinfo=UTC))
    placed, lost, starts = (centre.graduate(number + 20, zero_employment=number == 1) for number in (1, 2, 3))
    centre.graduate(24, found="further_study")
    promise = Promise("周五前把简历改好", date(2017, 9, 8), office.huang)
    centre.call(placed, note="想留在县里", promise=promise)
    centre.plan(
        placed, skills=["driving_licence"], obstacles="母亲要人照顾", registered=True, registered_on=centre.today
    )
    actions.serve(placed, "guidance", on=centre.today, note="改了简历", **centre.by)
    actions.serve_somebody(office.city, "policy", on=centre.today, **centre.by)
    centre.opening(advert="招文员一名，月薪三千", pay_fen=300_000)
    centre.opening(centre.employer(2, phone="0774-6012345", contact="甘经理"), title="收银", confirmed="no")
    made = actions.propose(office.city, **centre.by, solve=greedy)
    proposal = made.proposals.first()
    actions.send(proposal, **centre.by)
    paper = documents.store(b"contract", name="合同.jpg", media_type="image/jpeg", **centre.by)
    outcome = centre.hire(
        placed, employer=proposal.opening.employer, opening=proposal.opening, document=paper, note="试用两个月"
    )
    actions.follow_up(outcome, months=3, on=centre.today, how="person", holds=True, note="适应", **centre.by)
    actions.lose(centre.hire(lost), on=centre.today, why="left", **centre.by)
    actions.support_start_up(
        actions.plan_start_up(starts, "网店", "卖六堡茶", on=centre.today, **centre.by),
        fen=500_000,
        officer=office.qin,
        at=centre.at,
    )
    centre.hire(starts, kind="self_employed", evidence="licence")
    standing = standing_outcome(Graduate.objects.get(pk=placed.pk))
    actions.confirm(placed.reference, actions.code_of(standing, reference=placed.reference), at=centre.at)
    actions.freeze(office.campaign, office.city, as_of=centre.today, **centre.by)
    centre.call(lost, "no_answer")
    centre.hire(lost)
    actions.freeze(office.campaign, office.city, as_of=centre.today, reason="补了一人的合同", **centre.by)
    return centre


def cast(city, at, role="verifier", name="黄"):
    return organisations.add_officer(name, role=role, organisation=city, by="system", at=at)
