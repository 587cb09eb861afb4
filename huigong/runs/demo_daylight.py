"""Money and daylight in the demo city: a source with its rule and a case that it may not pay, a gift booked twice, objections and an appeal.

Invented like the rest of the city, and led by the same verbs as real ones.
"""

from datetime import date, datetime
from uuid import UUID

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.giving import actions as giving
from huigong.giving.actions import Gift
from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer, Told
from huigong.grievances.models import Grievance
from huigong.organisations.models import Officer
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.registry import actions as registry
from huigong.studentaid import actions as studentaid
from huigong.studentaid.lifecycle import APPROVED, ON_NOTICE, WAITING
from huigong.studentaid.models import Application
from huigong.values.money import Fen

_CITED = "示例：参照总工发〔2015〕20号，只给全国级建档的家庭"
_GIFT = Gift("梧州市西江船舶有限公司", Fen(2_000_000), "给考上大学的一年级新生，每人一次", date(2017, 9, 5))
_ANSWER = Answer("入户核实过：租房住，另一个孩子在读初中，收入和表上一致。", ["二(四)"])


def shown(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """One approved case that its fund may not pay; on the case of the last notice two objections, one of them answered."""
    for _ in range(2):  # the second time by mistake
        gift = giving.take_in(campaign, _GIFT, officer=officers["finance"], at=at)
        giving.see(gift, officer=officers["approver"], at=at)
    giving.take_gift_back(gift, reason="同一笔记了两次", officer=officers["finance"], at=at)
    promised, disputed = _cases(campaign, APPROVED), _cases(campaign, ON_NOTICE)[0]
    _rule(campaign, officers["approver"], at=at)
    for number, case in enumerate([*promised, disputed]):
        assert case.household is not None, "nobody is approved without a file"
        level, by = "全国级" if number else "市级", officers["verifier"].username
        registry.amend(case.household, "enrolment_level", level, officer=by, at=at)
    _object(campaign, disputed, officers, number=1, said="听说这家今年买了小汽车，请核实。", at=at)
    answered = _object(campaign, disputed, officers, number=2, said="这个孩子的爸爸不是我们厂的职工。", at=at)
    studentaid.answer_grievance(answered, _ANSWER, upheld="no", officer=officers["approver"], at=at)
    for case in _cases(campaign, WAITING)[:1]:
        told = Told(
            "appeal",
            "visit",
            "表上的收入是去年的，今年停工半年了，名次请再看一次。",
            "来访的家长",
            case_reference=case.reference,
        )
        grievances.record(campaign, told, submission=UUID(int=3), officer=officers["verifier"].username, at=at)


def asked_anew(campaign: Campaign, officers: dict[str, Officer], *, at: datetime) -> None:
    """Before the money is released: what its fund may not pay is held, with the rule that says so."""
    studentaid.ask_anew(campaign, circular_of(campaign), officer=officers["approver"], on=at.date(), at=at)


def _rule(campaign: Campaign, approver: Officer, *, at: datetime) -> None:
    quota = circular_of(campaign).quota
    assert quota is not None, "a place is of one source of money"
    source, by = FundSource.objects.get(code=quota.fund_source), approver.username
    quotas.keep_source(source.code, name=source.name, kind=FundSource.Kind.REGION, officer=by, at=at)
    quotas.keep_rule(source, "national_files", 1, valid_from=date(2017, 9, 11), citation=_CITED, officer=by, at=at)
    quotas.keep_rule(
        source,
        "student_months",
        10,
        valid_from=date(2017, 1, 1),
        citation=_CITED[:17] + "，十个月低保",
        officer=by,
        at=at,
    )


def _object(
    campaign: Campaign, case: Application, officers: dict[str, Officer], *, number: int, said: str, at: datetime
) -> Grievance:
    """By letter, without a name; given to the approver, who has not decided this case yet."""
    told = Told("objection", "letter", said, case_reference=case.reference)
    verifier, approver = officers["verifier"], officers["approver"]
    one = grievances.record(campaign, told, submission=UUID(int=number), officer=verifier.username, at=at)
    return studentaid.assign_grievance(one, approver, case_reference=case.reference, officer=verifier, at=at)


def _cases(campaign: Campaign, status: str) -> list[Application]:
    rows = Application.objects.filter(campaign=campaign, status=status).select_related("household")
    return list(rows.order_by("reference"))
