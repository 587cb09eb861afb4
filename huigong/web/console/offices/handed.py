"""交接清单: the paper of a hand-over in the layout of official documents, with three lines to sign."""

from huigong.documents.official import OfficialPaper
from huigong.organisations.models import HandOver
from huigong.organisations.queries import name_on

_WORDS = {
    "form": "登记表",
    "case": "申请",
    "sheet": "签字单",
    "approval": "审批表",
    "grievance": "异议或申诉",
    "slip": "原件收条",
    "measure": "帮扶措施",
    "list": "常用名单",
    "draft": "没交的草稿",
}


def paper_of(made: HandOver) -> bytes:
    unit = made.leaver.organisation
    name = name_on(unit, made.on)
    paper = OfficialPaper("工作交接清单", author=name, day=made.on)
    paper.paragraph(f"编号：{made.number}")
    paper.paragraph(
        f"{name}{made.leaver.name}自{made.on.year}年{made.on.month}月{made.on.day}日起离任，"
        f"下列未办结事项共{len(made.items)}件移交{made.successor.name}，由{made.witness.name}监交。"
    )
    if made.items:
        lines = [[str(number), _WORDS.get(kind, kind), what] for number, (kind, what) in enumerate(made.items, 1)]
        paper.table(["序号", "事项", "编号或名称"], lines, widths=(1, 2, 6))
    else:
        paper.paragraph("没有未办结的事项。")
    paper.heading("三方签字")
    people = (("移交人", made.leaver), ("接收人", made.successor), ("监交人", made.witness))
    paper.table(
        ["身份", "姓名", "签字", "日期"], [[word, one.name, "", ""] for word, one in people], widths=(2, 2, 4, 3)
    )
    return paper.content()
