"""答复书: the answer as an official paper. It names who objected only where they gave their name, and no reason of hardship."""

from django.utils import timezone

from huigong.documents.official import OfficialPaper
from huigong.grievances.lifecycle import UPHELD
from huigong.grievances.models import Grievance
from huigong.rules.circular import Circular


def letter(grievance: Grievance, circular: Circular) -> bytes:
    """A docx that leaves room for number, signer and seal. It repeats the answer, never what was said."""
    assert grievance.answered_at is not None, "an answer that was given"
    day = timezone.localdate(grievance.answered_at)
    kind = grievance.get_kind_display()
    office = grievance.campaign.federation.name
    paper = OfficialPaper(f"关于{kind}的答复", author=office, day=day)
    paper.addressee("文号：〔    〕  号                签发人：")
    paper.addressee("反映人：" if grievance.is_named else "反映人（没有留姓名）：")
    received = timezone.localdate(grievance.received_at)
    paper.paragraph(f"{received} 收到的{kind}（编号 {grievance.number}），经没有参与这一件审核审批的人核实：")
    paper.paragraph(f"{kind}{'成立' if grievance.status == UPHELD else '不成立'}。")
    paper.paragraph(grievance.answer.plain() if grievance.answer else "")
    printed = "、".join(f"{circular.head.number}{circular.printed(one)}" for one in grievance.clauses.split("、"))
    paper.paragraph(f"依据：{printed}。")
    paper.signature(f"{office}（盖章）", day)
    return paper.content()
