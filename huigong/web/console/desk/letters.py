"""一次性告知书: the words that a family reads, the same on the page before it is sent and on the paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from huigong.casework.actions import Wanted
from huigong.casework.models import OneTimeNotice
from huigong.circulars.queries import circular_of
from huigong.documents.official import OfficialPaper
from huigong.rules.deciding import Finding
from huigong.rules.sentences import MET
from huigong.studentaid import queries
from huigong.studentaid.models import Application
from huigong.web.console import words

_ASKS = "还要补："
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXAMPLES: Mapping[str, str] = {
    "stamped_form": "例：打印好的登记表，每页加盖单位工会章，拍照或扫描送来也可以先看。",
    "benefit_card_copy": "例：职工本人惠工卡正面的复印件，卡号看得清。",
    "admission_letter": "例：录取通知书原件给经办人看一眼就还，留一份写有姓名、学校、专业的那一页复印件。",
    "enrolment_proof": "例：学校盖章的在读证明，或上学期成绩单。",
    "household_enrolled": "例：先到单位工会填困难职工档案表，建好档再补这一件。",
    "certificate_review": "例：带优惠证到单位工会补办上半年的审核。",
    "student_in_file": "例：带户口本到单位工会，把孩子补进家庭档案。",
    "card_on_file": "例：职工本人惠工卡的卡号，由单位工会补进档案。",
    "card_valid": "例：请照卡面重新抄一遍卡号，或带卡到帮扶中心核对。",
    "education_level": "例：录取通知书或在读证明上写明的学历层次。",
}


def example_of(fact: str) -> str:
    return _EXAMPLES.get(fact, "")


def sentence_of(finding: Finding, note: str) -> str:
    """What is asked, in the language of the paper; with what an officer saw at the desk."""
    name, remark = finding.label or finding.sentence.zh, note.rstrip("。")
    if finding.outcome == MET:  # the rules are content, the officer who looked is not
        return f"{name}：{remark or '请再送一份看得清、写得全的'}。"
    said = finding.sentence.zh.rstrip("。")
    asks = said.partition(_ASKS)[2]
    said = f"{name}：{asks}" if asks else said
    return f"{said}。{remark}。" if remark else f"{said}。"


def lines(application: Application, wanted: Sequence[Wanted], *, due_on: date, reason: str) -> list[str]:
    """The paragraphs between addressee and signature."""
    circular = circular_of(application.campaign)
    head = circular.head
    opening = (
        f"您家{application.student_name}同学的{head.year}年金秋助学申请（{application.reference}）我们看过了，"
        f"还请补下面 {len(wanted)} 项。一次说全：补齐以后，没有列在这里、您也没有改动的，不会再要。"
    )
    points = [
        _numbered(number, one, circular.printed(one.clause) if one.clause else "")
        for number, one in enumerate(wanted, 1)
    ]
    closing = f"请在{words.day_word(due_on)}（含当天）前交到单位工会或帮扶中心；来不及的请先打个电话。"
    why = [f"这次增加了上次没有提的事项，理由是：{reason.rstrip('。')}。"] if reason else []
    return [opening, *points, *why, closing, *doors(application), f"联系：{head.contact}。"]


def doors(application: Application) -> list[str]:
    """Which policies of the state the family may ask for as well, where, and under which rule."""
    found = queries.doors_of(application)
    if not found:
        return []
    told = "；".join(f"{one.zh}（{one.gives}；{one.where}；{one.rule_told}）" for one in found)
    return [f"不管这件申请怎样，{application.student_name}同学还可以申请国家的资助，和工会的不冲突：{told}。"]


def _numbered(number: int, one: Wanted, printed: str) -> str:
    clause = f"（{printed}）" if printed and printed not in one.said else ""
    example = example_of(one.fact)
    return f"{number}. {one.said.rstrip('。')}{clause}。{example}"


def paper(application: Application, notice: OneTimeNotice) -> bytes:
    """The docx of a notice that was sent."""
    day = timezone.localdate(notice.at)
    issuer = circular_of(application.campaign).head.issuer
    made = OfficialPaper("一次性告知书", author=issuer, day=day)
    made.addressee(f"{application.worker_name}：")
    points = [Wanted(one.said.plain(), one.criterion, one.fact, one.clause) for one in notice.points.all()]
    reason = notice.reason.plain() if notice.reason else ""
    for line in lines(application, points, due_on=notice.due_on, reason=reason):
        made.paragraph(line)
    made.small(f"编号：{notice.case_reference}-{notice.round}")
    made.signature(issuer, day)
    return made.content()
