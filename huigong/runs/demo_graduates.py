"""Three hundred graduates of the demo city in every state, with employers, openings, a round and two returns.

All of them are invented people, led by the same verbs as real ones; who gets which state follows from their number. They
graduated in the campaign's summer, and the office works in the weeks before the demo is built: a morning list of long ago
would be no morning list.
"""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.employment import actions, graduates_list, queries
from huigong.employment.actions import Became, EmployerLine, Line, OpeningLine, Plan, Promise
from huigong.employment.lifecycle import SENT, TAKEN
from huigong.employment.models import Employer, Graduate, Opening
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import within
from huigong.values import credit_code
from huigong.values.money import Fen
from huigong.values.resident_id import check_digit
from huigong.values.sentence import SaidError

COUNT = 300
_SURNAMES = "韦黄陆覃莫梁农邓甘蒙李陈卢罗谢钟"
_GIVEN = [
    "小雨",
    "子涵",
    "一鸣",
    "思远",
    "雪",
    "静",
    "星",
    "子轩",
    "雨",
    "小满",
    "晓东",
    "海燕",
    "志强",
    "丽华",
    "春梅",
    "大海",
    "国强",
    "玉兰",
    "文杰",
    "佳怡",
]
_SCHOOLS = (
    ("梧州学院", "undergraduate"),
    ("广西大学", "undergraduate"),
    ("梧州职业学院", "higher_vocational"),
    ("广西师范大学", "undergraduate"),
    ("南宁职业技术学院", "higher_vocational"),
)
_MAJORS = (
    ("会计", "finance"),
    ("护理", "health"),
    ("计算机应用", "it"),
    ("小学教育", "teaching"),
    ("机电一体化", "engineering"),
    ("市场营销", "sales"),
    ("物流管理", "logistics"),
    ("酒店管理", "hospitality"),
)
_SKILLS = ("driving_licence", "accounting", "nursing", "teaching", "electrician", "computing_2", "putonghua")
_EMPLOYERS = (
    ("藤县糖业有限公司", "state_large", 12),
    ("梧州市人民医院（示例）", "public", 8),
    ("苍梧茶厂", "state", 6),
    ("西江航运物流有限公司", "state_large", 10),
    ("岑溪陶瓷有限公司", "private", 9),
    ("蒙山蚕桑合作社", "small", 4),
    ("鸳江社区服务中心", "public", 5),
    ("骑楼城酒店", "private", 6),
)
# Kind, title, work, level, majors, skills, pay in yuan, places, far, what it teaches.
_OPENINGS: tuple[tuple[str, str, str, str, list[str], list[str], int | None, int, str, list[str]], ...] = (
    ("post", "会计", "finance", "higher_vocational", ["会计"], ["accounting"], 3200, 3, "", []),
    ("post", "护士", "health", "higher_vocational", ["护理"], ["nursing"], 3500, 6, "", []),
    ("traineeship", "软件见习生", "it", "higher_vocational", ["计算机"], [], 2200, 5, "", []),
    ("post", "乡镇小学代课教师", "teaching", "undergraduate", ["教育"], ["teaching"], 2800, 4, "remote", []),
    ("post", "设备维修工", "engineering", "", ["机电"], ["electrician"], 3400, 4, "", []),
    ("post", "业务员", "sales", "", [], [], 3000, 8, "", []),
    ("post", "配送司机", "logistics", "", [], ["driving_licence"], 3600, 5, "", []),
    ("public_post", "社区助理", "community", "", [], [], 2200, 6, "grassroots", []),
    ("post", "前台接待", "hospitality", "", [], [], 2600, 5, "", []),
    ("training", "驾驶证订单班", "", "", [], [], None, 30, "", ["driving_licence"]),
    ("training", "电工上岗班", "", "", [], [], None, 20, "", ["electrician"]),
    ("fair", "秋季阳光就业专场招聘会", "", "", [], [], None, 400, "", []),
)
_PLACES = ("藤县", "万秀区", "岑溪市", "苍梧县", "蒙山县", "长洲区")


class Graduates:
    """The building of the programme, in the weeks before a moment."""

    def __init__(self, city: Organisation, officers: dict[str, Officer], campaign: Campaign, *, at: datetime) -> None:
        self.city, self.campaign, self.now = city, campaign, max(at, _NOT_BEFORE)
        self.clerk, self.approver = officers["verifier"], officers["approver"]
        self.by = self.clerk.username
        federations = within(city).filter(kind=Organisation.Kind.FEDERATION).order_by("code")
        self.homes = list(federations) or [city]

    def build(self) -> None:
        at = self._ago(60)
        lines = graduates_list.from_files(self.city, year=self.campaign.year, on=self.campaign.first_day)[:60]
        lines += [self._line(number) for number in range(COUNT - len(lines))]
        people = actions.take_in(lines, officer=self.by, at=at).fresh
        self._openings(self._ago(58))
        for number, one in enumerate(people):
            self._lead(number, one)
        on = timezone.localdate(self._ago(1))
        actions.freeze(self.campaign, self.city, as_of=on, officer=self.by, at=self._ago(1))
        self._prove_one(people, on)
        self._round()

    def _round(self) -> None:
        """A round with four proposals sent, one of them hired; none where no solver is installed, which the page then says."""
        try:
            made = actions.propose(self.city, officer=self.by, at=self.now)
        except SaidError:
            return
        for proposal in queries.proposals_of(made)[:4]:
            actions.send(proposal, officer=self.by, at=self.now)
        for proposal in queries.proposals_of(made).filter(status=SENT)[:1]:
            actions.answer(proposal, TAKEN, officer=self.by, at=self.now)

    def _ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def _line(self, number: int) -> Line:
        school, level = _SCHOOLS[number % len(_SCHOOLS)]
        major, _work = _MAJORS[number % len(_MAJORS)]
        head = f"450422{1993 + number % 4}{1 + number % 12:02d}{1 + number % 28:02d}{100 + number:03d}"
        return Line(
            name=_SURNAMES[number % len(_SURNAMES)] + _GIVEN[number * 7 % len(_GIVEN)],
            id_number=head + check_digit(head),
            federation=self.homes[number % len(self.homes)],
            graduates_on=date(2016 if number % 9 == 0 else 2017, 7, 1),
            source=Graduate.Source.LIST,
            zero_employment=number % 11 == 0,
            gender="female" if number % 2 else "male",
            phone=f"1390774{number:04d}",
            school=school,
            major=major,
            level=level,
            found={7: "employed", 15: "further_study"}.get(number % 20, ""),
        )

    def _openings(self, at: datetime) -> None:
        self.employers = [
            self._ask(_code(place), name, nature, promised, at)
            for place, (name, nature, promised) in enumerate(_EMPLOYERS)
        ]
        for number, (kind, title, work, level, majors, skills, pay, places, far, teaches) in enumerate(_OPENINGS):
            line = OpeningLine(
                kind=kind,
                title=title,
                places=places,
                valid_until=timezone.localdate(self.now) + timedelta(days=90 if number % 4 else 5),
                source=Opening.Source.HERE,
                work=work,
                place=_PLACES[number % len(_PLACES)],
                level=level,
                majors=majors,
                skills=skills,
                teaches=teaches,
                pay_fen=pay * 100 if pay else None,
                grassroots=far == "grassroots",
                remote_area=far == "remote",
                incentive="服务满三年，代偿学费（示例）" if far else "",
            )
            employer = self.employers[number % len(self.employers)]
            one = actions.keep_opening(employer, self.city, line, officer=self.by, at=at)
            if number % 6 != 5:
                actions.confirm_opening(one, on=timezone.localdate(at), officer=self.by, at=at)
            if "driving_licence" in teaches:
                self.course = one

    def _ask(self, code: str, name: str, nature: str, promised: int, at: datetime) -> Employer:
        """Large and middle state firms first, the others a week later; one of eight was never asked and came by itself."""
        first = timezone.localdate(at) - timedelta(days=14 if nature == "state_large" else 7)
        asked_on = None if nature == "small" else first
        line = EmployerLine(code, name, nature, "甘经理", "0774-6012345", asked_on, promised if asked_on else 0)
        return actions.keep_employer(self.city, line, officer=self.by, at=at)

    def _lead(self, number: int, one: Graduate) -> None:
        """One person as far as their number says: of twenty, two were settled already, three are not called yet."""
        if one.outcome or number % 20 in {3, 8, 12}:
            return
        at = self._ago(50 - number % 25)
        if number % 20 == 5:
            for days in (0, 4, 9):
                self._call(one, "no_answer", at + timedelta(days=days))
            return
        promise = Promise(
            "周五前把简历改好，约一次职业指导", timezone.localdate(at) + timedelta(days=12 + number % 35), self.clerk
        )
        self._call(one, "spoke", at, note="想找离家近的工作，父母身体不好", promise=promise)
        if number % 20 not in {4, 9, 10, 19}:
            self._plan(number, one, at)
        if number % 3 == 0:
            kind = ("guidance", "referral", "policy", "made_to_order")[number % 4]
            on = timezone.localdate(at)
            actions.serve(one, kind, on=on, at_window=number % 2 == 0, officer=self.by, at=at)
        if number % 20 == 11:
            actions.note_outcome(one, Became("declined", timezone.localdate(at)), officer=self.by, at=at)
        elif number % 20 == 16:
            actions.serve(one, "made_to_order", on=timezone.localdate(at), opening=self.course, officer=self.by, at=at)
        elif number % 20 in {0, 1, 4, 6, 9, 10, 13, 14, 17, 19}:
            self._place(number, one, at + timedelta(days=5))

    def _place(self, number: int, one: Graduate, at: datetime) -> None:
        on = timezone.localdate(at)
        if number % 20 == 14:
            self._start_up(number, one, on, at)
            return
        on -= timedelta(days=95 if number % 40 == 6 else 190 if number % 40 == 26 else 0)
        unproven, employer = number % 20 == 19, self.employers[number % len(self.employers)]
        became = Became(
            "employed",
            on,
            by_aid=number % 20 != 13,
            # Half of them were noted by the employer's name alone, and are no place kept.
            employer=employer if number // 20 % 2 else None,
            employer_name=employer.name,
            evidence="" if unproven else ("contract", "social_insurance", "employer_letter")[number % 3],
            evidence_on=None if unproven else on,
        )
        if became.by_aid:
            kind = ("guidance", "referral", "targeted")[number % 3]
            actions.serve(one, kind, on=on, officer=self.by, at=at)
        outcome = actions.note_outcome(one, became, officer=self.by, at=at)
        if number % 40 == 26:
            for months, back in ((3, 4), (6, 2)):
                actions.follow_up(
                    outcome,
                    months=months,
                    on=timezone.localdate(self._ago(back)),
                    how="employer",
                    holds=True,
                    officer=self.by,
                    at=self._ago(back),
                )
        elif number % 20 == 17:
            actions.lose(outcome, on=on + timedelta(days=12), why="left", officer=self.by, at=at + timedelta(days=13))

    def _start_up(self, number: int, one: Graduate, on: date, at: datetime) -> None:
        """A business: every third is more than a year old and was checked twice, every third was given up."""
        age = number % 60
        on = max(on - timedelta(days=400), _GRADUATED) if age == 14 else on
        project, plan = _BUSINESSES[number // 20 % len(_BUSINESSES)]
        start_up = actions.plan_start_up(one, project, plan, on=on, officer=self.by, at=at)
        actions.support_start_up(start_up, fen=_FIVE_THOUSAND, officer=self.approver, at=at)
        became = Became("self_employed", on, by_aid=True, evidence="licence", evidence_on=on)
        outcome = actions.note_outcome(one, became, officer=self.by, at=at)
        if age == 34:
            gone = on + timedelta(days=15)
            actions.lose(outcome, on=gone, why="failed", officer=self.by, at=at + timedelta(days=16))
        for months, back in ((6, 5), (12, 3)) if age == 14 else ():
            when = self._ago(back)
            actions.follow_up(
                outcome,
                months=months,
                on=timezone.localdate(when),
                how="person",
                holds=True,
                jobs=1 + number % 3,
                officer=self.by,
                at=when,
            )

    def _plan(self, number: int, one: Graduate, at: datetime) -> None:
        _major, work = _MAJORS[number % len(_MAJORS)]
        plan = Plan(
            major=one.major or _MAJORS[number % len(_MAJORS)][0],
            wanted_work=[work],
            wanted_places=[]
            if number % 3 == 0
            else [_PLACES[number % len(_PLACES)], _PLACES[(number + 1) % len(_PLACES)]],
            skills=[_SKILLS[number % len(_SKILLS)]] if number % 4 else [],
            needs=["guidance", "made_to_order"][: number % 3],
            lowest_pay_fen=250_000 if number % 5 == 0 else None,
            goes_far=number % 6 == 0,
            obstacles="母亲长期吃药，要人照顾" if number % 7 == 0 else None,
            registered=True if number % 4 == 0 else None,
            registered_on=timezone.localdate(at) if number % 4 == 0 else None,
        )
        version = Graduate.objects.values_list("version", flat=True).get(pk=one.pk)
        actions.keep_plan(one, plan, version=version, officer=self.by, at=at)

    def _call(
        self, one: Graduate, answer: str, at: datetime, *, note: str = "", promise: Promise | None = None
    ) -> None:
        actions.note_contact(
            one, "phone", answer, on=timezone.localdate(at), note=note, promise=promise, officer=self.by, at=at
        )

    def _prove_one(self, people: list[Graduate], on: date) -> None:
        """Evidence that came after the first return: the second corrects it."""
        found = Graduate.objects.filter(pk__in=[one.pk for one in people], status="settled", proven=False).first()
        outcome = queries.standing_outcome(found) if found else None
        if outcome:
            actions.prove(outcome, "contract", evidence_on=on, document=None, officer=self.by, at=self.now)
            reason = "一人的劳动合同当天签好，第二天才送到"
            actions.freeze(self.campaign, self.city, as_of=on, reason=reason, officer=self.by, at=self.now)


_FIVE_THOUSAND = Fen(500_000)
_GRADUATED = date(2017, 7, 1)
_BUSINESSES = (
    ("六堡茶网店", "在家乡收茶，网上卖；第一年雇两人。"),
    ("校门口打印店", "接论文和招投标文件，晚上也开门。"),
    ("乡村快递点", "五个村一个点，顺路收山货。"),
    ("少儿编程班", "租镇上的教室，周末开课。"),
)
_NOT_BEFORE = datetime(2018, 3, 20, 1, 30, tzinfo=UTC)
"""Nobody is called before they graduated, whenever the demo is built."""


def _code(number: int) -> str:
    body = f"91450400MA5{number:06d}"[:17]
    return body + credit_code.check_character(body)
