"""The forms of the usual way of the money sent two to four times at once, over HTTP: one effect each, and no error page.

Objections while a notice hangs; then the minutes, the signatures, batches, the bank's file and its replies, money and
gifts that come, places that move. Each form is taken from its page as a browser has it, with its token and hidden fields,
and its copies go out together. What came second is told so or finds it done.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from benchmarks.proof.office import AT
from benchmarks.proof.served import Pages, Person, clock, served
from benchmarks.proof.telling import Telling
from huigong.approvals.models import Approval, Opinion
from huigong.audit import verification
from huigong.audit.models import Event
from huigong.documents.models import Document
from huigong.figures import books
from huigong.giving.models import Appropriation, Donation, MoneySeen
from huigong.grievances.models import Grievance
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer
from huigong.payments import actions as payments
from huigong.payments import profiles
from huigong.payments.models import BankReply, FileTaking, Hold, Payment, PaymentBatch
from huigong.publicnotices.models import PublicNotice
from huigong.publicnotices.tests.boards import speak_for_all
from huigong.quotas import actions as quotas
from huigong.quotas.models import PlaceMove
from huigong.studentaid.models import Award
from huigong.values import money
from huigong.web.tests.campaign_at_work import AtWork, campaign_at_work

_HUNG, _DECIDED = datetime(2017, 8, 21, 2, tzinfo=UTC), datetime(2017, 8, 28, 2, tzinfo=UTC)
_FAILING = 4  # payments that come back each time, over the bank's limit, and are paid again
_ROUND = (
    6 + 6 + 4 + _FAILING
)  # submissions of a round: objections, money and places, a batch with its reply, the causes
_ONCE = 1 + 3 + 4  # minutes, three boxes, and the first batch with its file and reply
CITY, COUNTY = "450400", "450422"


def run(submissions: int, *, seed: int, told: Telling) -> None:
    rounds = max(1, -(-(submissions - _ONCE) // _ROUND))
    told.begin("carrying a campaign to its notice")
    work = _campaign()
    with served(seed=seed) as pages:
        office = Office(pages, work)
        told.begin("submissions", rounds * _ROUND + _ONCE)
        for hour in range(rounds):
            office.clock_in(_HUNG + timedelta(hours=hour))
            told.one(office.object_and_answer())
        office.clock_in(_DECIDED)
        told.one(office.decide())
        told.one(office.pay(again=False))
        for hour in range(1, rounds + 1):
            office.clock_in(_DECIDED + timedelta(hours=hour))
            told.one(office.take_money_in(hour))
            told.one(office.confirm_causes())
            told.one(office.pay(again=True, last=hour == rounds))
    counted = _effects()
    assert counted == _expected(rounds), (counted, _expected(rounds))
    assert Award.objects.count() == office.cases
    assert Payment.objects.count() == office.cases + _FAILING * rounds
    assert pages.submissions == rounds * _ROUND + _ONCE == told.done
    assert verification.verify().holds
    assert books.verify().holds
    print(f"{pages.submissions:,} submissions, {pages.calls:,} posts at once in {told.cost}:")
    print(f"{sum(counted.values()):,} effects ({', '.join(f'{count:,} {what}' for what, count in counted.items())}),")
    print(f"answered {', '.join(f'{count:,} × {status}' for status, count in sorted(pages.answers.items()))},")
    print("0 HTTP 500, chain and books hold")


class Office:
    """The people of the campaign at their pages."""

    def __init__(self, pages: Pages, work: AtWork) -> None:
        self.work, self.code = work, work.campaign.code
        self.notice = PublicNotice.objects.get()
        self.cases = self.notice.lines.count()
        self.clause = next(one.id for one in work.circular.clauses if one.force == "rule")
        self.anybody = Person(pages)
        self.lu, self.huang, self.qin, self.chen = (
            Person(pages, one) for one in (work.lu, work.huang, work.qin, work.chen)
        )
        self.wei, self.nong = (
            Person(pages, Officer.objects.get(name=name, appointments__organisation=work.city)) for name in ("韦", "农")
        )
        self.people = (self.lu, self.huang, self.qin, self.chen, self.wei, self.nong)

    def clock_in(self, at: datetime) -> None:
        """It is this moment, and everybody has just signed in with a code."""
        clock(at)
        for one in self.people:
            one.sit()

    def object_and_answer(self) -> int:
        """One that anybody writes on the notice and one that a clerk records, given to somebody, and answered."""
        line = self.notice.lines.order_by("number").first()
        assert line is not None
        page = reverse("public-objection", args=[self.notice.number])
        self.anybody.send(page, said="这家今年开了店，请核实", line=line.number)
        page = reverse("grievance-record", args=[self.code])
        self.lu.send(page, kind="objection", channel="visit", said="请再看收入", reference=line.case_reference)
        for one in Grievance.objects.filter(status="received"):
            page = reverse("grievance", args=[one.number])
            self.huang.send(page, reverse("grievance-assign", args=[one.number]), assignee=self.wei.officer.username)
            words = {"words": "查过了，与事实不符。", "upheld": "no", "clauses": self.clause}
            self.wei.send(page, reverse("grievance-answer", args=[one.number]), **words)
        return 6

    def decide(self) -> int:
        """The minutes, and three boxes."""
        speak_for_all(self.work.huang, at=_DECIDED)
        scan = SimpleUploadedFile("纪要.pdf", b"%PDF-1.4 minutes")
        told = {"minutes": "梧工办纪要〔2017〕31号", "held_on": "2017-08-28", "attendees": "覃、黄、陈", "scan": scan}
        page = reverse("approvals", args=[self.code])
        self.huang.send(page, reverse("approval-write", args=[self.code]), files=True, **told)
        number = Approval.objects.get().number
        for who in (self.huang, self.nong, self.qin):
            page = reverse("approval", args=[number])
            who.send(page, reverse("approval-sign", args=[number]), agrees="yes")
        return 4

    def pay(self, *, again: bool, last: bool = False) -> int:
        """A batch of what waits, its file, and the bank's reply: the same four come back each time but the last."""
        verb = "payments-again" if again else "payments-release"
        self.chen.send(reverse("payments", args=[self.code]), reverse(verb, args=[self.code]))
        batch = PaymentBatch.objects.get(status="released")
        page = reverse("batch", args=[batch.number])
        files = self.chen.send(page, reverse("batch-take", args=[batch.number]))
        assert [status for status, _, _ in files].count(200) == 1, "the file is handed out once"
        reply = SimpleUploadedFile(f"回单-{batch.number}.csv", _reply(batch, failing=0 if last else _FAILING))
        looked = self.chen.send(page, reverse("batch-reply", args=[batch.number]), files=True, file=reply)
        self.chen.press(looked[0][2], reverse("batch-reply-take", args=[batch.number]))
        return 4

    def confirm_causes(self) -> int:
        """The verifier's word for each that came back."""
        back = Hold.objects.filter(reason=Hold.Reason.BANK_RETURNED, lifted_at=None).order_by("case_reference")
        references = list(back.values_list("case_reference", flat=True))
        for reference in references:
            self.wei.send(reverse("payments", args=[self.code]), reverse("payee-confirm", args=[reference]))
        return len(references)

    def take_money_in(self, number: int) -> int:
        """Money and a gift, each seen by another one; a place back to the city and out again."""
        page, code = reverse("funds", args=[self.code]), self.code
        came = {"source": "own_union", "yuan": "100", "paper": f"梧工财〔2017〕{number}号", "day": "2017-08-28"}
        self.chen.send(page, reverse("fund-money", args=[code]), **came)
        self.nong.send(page, reverse("fund-money-seen", args=[code, number]))
        self.chen.send(page, reverse("fund-gift", args=[code]), donor="示例公司", yuan="50", wish="", day="2017-08-28")
        self.nong.send(page, reverse("fund-gift-seen", args=[code, number]))
        for kind, giver, taker in (("issue", CITY, COUNTY), ("return", COUNTY, CITY)):
            moved = {"kind": kind, "giver": giver, "taker": taker, "places": "1", "reason": "补一名"}
            self.qin.send(reverse("quotas", args=[code]), reverse("quota-move", args=[code]), **moved)
        return 6


def _campaign() -> AtWork:
    """The shipped example on its notice, with those who were not there yet, and places that the city may pass on."""
    clock(_HUNG)
    work = campaign_at_work(AT, up_to="on_notice")
    for name, role in (("韦", "verifier"), ("农", "finance")):
        organisations.add_officer(name, role=role, organisation=work.city, by="system", at=AT)
    quota = work.circular.quota
    assert quota is not None
    source = {"fund_source": quota.fund_source, "name": quota.fund_source_name}
    quotas.allot(work.campaign, {CITY: 40}, **source, officer="system", at=AT)
    payments.agree(work.campaign, profiles.text_of("csv-plain"), officer="chen", at=AT)
    return work


def _reply(batch: PaymentBatch, *, failing: int) -> bytes:
    """The bank's csv: the last `failing` payments are over the limit, the others went."""
    rows, remark = list(batch.payments.order_by("position")), f"金秋助学 {batch.number}"
    lines = []
    for row in rows:
        told = ("失败", "超过限额") if row.position > len(rows) - failing else ("成功", "")
        lines.append(
            ",".join((row.card.plain(), row.payee_name, money.in_yuan(row.fen), remark, row.case_reference, *told))
        )
    return "\r\n".join(lines).encode("gb18030")


def _effects() -> dict[str, int]:
    history = Counter(Event.objects.filter(action__startswith="grievance.").values_list("action", flat=True))
    confirmed = Hold.objects.filter(reason=Hold.Reason.BANK_RETURNED).exclude(lifted_at=None)
    return {
        "objections": Grievance.objects.count(),
        "given to somebody": history["grievance.assigned"],
        "answered": history["grievance.answered"],
        "minutes": Approval.objects.count(),
        "signatures": Opinion.objects.count(),
        "batches": PaymentBatch.objects.count(),
        "files handed out": FileTaking.objects.exclude(taken_by="").count(),
        "replies looked at": Document.objects.filter(name__startswith="回单-").count(),
        "replies": BankReply.objects.count(),
        "causes confirmed": confirmed.count(),
        "sums of money": Appropriation.objects.count(),
        "gifts": Donation.objects.count(),
        "seen": MoneySeen.objects.count(),
        "places moved": PlaceMove.objects.count(),
    }


def _expected(rounds: int) -> dict[str, int]:
    twice = dict.fromkeys(("objections", "given to somebody", "answered", "seen", "places moved"), 2 * rounds)
    once = {
        "minutes": 1,
        "signatures": 3,
        "causes confirmed": _FAILING * rounds,
        "sums of money": rounds,
        "gifts": rounds,
    }
    batches = ("batches", "files handed out", "replies looked at", "replies")
    return twice | once | dict.fromkeys(batches, rounds + 1)
