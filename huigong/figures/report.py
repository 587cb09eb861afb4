"""report.docx and report.pdf: the campaign's summary (活动总结, 五(七)) in the official layout, every figure filled in."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from huigong.audit.queries import head
from huigong.documents.official import OfficialPaper
from huigong.figures.counting import figures
from huigong.figures.standing import Standing
from huigong.figures.statistics import group_words
from huigong.intake.lifecycle import RETURNED, WAITING
from huigong.studentaid.lifecycle import PROMISED, RELEASED
from huigong.values import money

_REMARKS = 10
"""So many stand in the report itself."""


def as_paper(standing: Standing, day: date) -> Iterator[bytes]:
    """The summary as docx, to be edited and stamped."""
    yield paper_of(standing, day).content()


def paper_of(standing: Standing, day: date) -> OfficialPaper:
    """What came in, how it was decided, who was helped, with which money, and where to check it."""
    circular = standing.circular
    paper = OfficialPaper(f"{circular.head.year}年金秋助学活动总结", author=circular.head.issuer, day=day)
    paper.paragraph(f"按照{circular.head.number}，{circular.head.issuer}开展了金秋助学活动，截至{_day(day)}情况如下。")
    for heading, paragraphs in (
        ("一、收表", _received(standing)),
        ("二、认定", _decided(standing)),
        ("三、指标和资助", _aided(standing)),
        ("四、公示和发放", _published(standing)),
        ("五、还要做的", _left(standing)),
    ):
        paper.heading(heading)
        for paragraph in paragraphs:
            paper.paragraph(paragraph)
    _table(paper, standing)
    reached = head()
    paper.small(f"留痕检查点：第{reached.sequence}条，{reached.digest}")
    paper.signature(circular.head.issuer, day)
    return paper


def _received(standing: Standing) -> list[str]:
    states = Counter(row.status for row in standing.rows)
    cases = len(standing.applications)
    merged = len(standing.case_of_row) - cases
    words = f"收到登记表{len(standing.forms)}份、{len(standing.rows)}行，立案{cases}件"
    if merged:
        words += f"，另有{merged}行是同一户重复报送，已合并"
    return [f"{words}；退回修改{states[RETURNED]}行，等人核实{states[WAITING]}行，理由逐行写在登记台账里。"]


def _decided(standing: Standing) -> list[str]:
    verdicts = Counter(one.verdict for one in standing.applications)
    words = (
        f"符合条件{verdicts['eligible']}件，缺材料{verdicts['incomplete']}件，请负责人定{verdicts['to_settle']}件，"
        f"未通过{verdicts['refused']}件。每件的依据条款、事实和标准写在认定表里。"
    )
    return [words]


def _aided(standing: Standing) -> list[str]:
    placed = [one for one in standing.applications if standing.has_place(one)]
    total, amount = sum(standing.places.values()), sum(one.amount_fen or 0 for one in placed)
    states = Counter(one.status for one in standing.applications)
    quota = standing.circular.quota
    source = quota.fund_source_name if quota else "（还没有下达指标）"
    words = (
        f"{source}共{total}个名额，已用{len(placed)}个，金额{money.for_people(amount)}元；候补{states['waiting']}件，"
        f"并列待定{states['tied']}件。"
    )
    if quota and quota.other_sources and states["waiting"]:
        words += f"候补的可争取：{'、'.join(quota.other_sources)}。"
    return [words]


def _published(standing: Standing) -> list[str]:
    told = [
        f"公示{notice.number}自{_day(notice.first_day)}至{_day(notice.last_day)}，共{notice.working_days}个工作日，"
        f"依据{notice.rule}。"
        for notice in standing.notices
    ]
    approved = [one for one in standing.applications if one.status in PROMISED]
    released = [one for one in standing.applications if one.status == RELEASED]
    told.append(
        f"集体研究批准{len(approved)}件、{money.for_people(sum(one.amount_fen or 0 for one in approved))}元；"
        f"已安排发放{len(released)}件、{money.for_people(sum(one.amount_fen or 0 for one in released))}元，"
        f"分{len(standing.batches)}个批次。"
    )
    return told


def _left(standing: Standing) -> list[str]:
    states = Counter(one.status for one in standing.applications)
    words = (
        f"缺材料的{states['incomplete']}件请单位补齐；请负责人定的{states['to_settle'] + states['tied']}件请署名决定；"
        f"暂停发放{len(standing.holds)}件请核对。档案里本次范围内还没有申请的子女，名单另附，请单位上门。"
    )
    return [words, *_remarked(standing)]


def _remarked(standing: Standing) -> list[str]:
    """What the run said beside its figures; many are counted, and the register has each."""
    said = [one.zh for one in standing.remarks]
    if len(said) <= _REMARKS:
        return said
    return [*said[:_REMARKS], f"另有{len(said) - _REMARKS}条提示，写在登记台账的“提示”里。"]


def _table(paper: OfficialPaper, standing: Standing) -> None:
    wanted = ("applications", "eligible", "placed", "released")
    by_group: dict[str, dict[str, int]] = {}
    for figure in figures(standing):
        if figure.breakdown == "federation":
            by_group.setdefault(figure.group, {})[figure.measure] = len(figure.references)
    paper.table(
        ["工会", "指标", "申请", "符合条件", "有名额", "已安排发放"],
        [
            [
                group_words(standing, "federation", group),
                str(standing.places.get(group, 0)),
                *(str(own[measure]) for measure in wanted),
            ]
            for group, own in by_group.items()
        ],
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
