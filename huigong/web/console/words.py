"""Words of the pages about a campaign, in the reader's language: statuses with their tone, days, what an event says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from huigong.audit.queries import Told
from huigong.organisations import queries as organisations
from huigong.payments.models import Hold
from huigong.rules.facts import fact, in_words
from huigong.studentaid.lifecycle import (
    APPROVED,
    ELIGIBLE,
    INCOMPLETE,
    ON_NOTICE,
    PLACED,
    REFUSED,
    RELEASED,
    SUBMITTED,
    TIED,
    TO_SETTLE,
    VERIFIED,
    WORDS,
)
from huigong.studentaid.models import Settlement
from huigong.values import money

Pair = tuple[str, str]

TONES: Mapping[str, str] = {
    SUBMITTED: "now",
    VERIFIED: "now",
    ELIGIBLE: "now",
    INCOMPLETE: "look",
    TO_SETTLE: "look",
    TIED: "look",
    REFUSED: "stop",
    PLACED: "done",
    ON_NOTICE: "now",
    APPROVED: "now",
    RELEASED: "done",
}

ABOUT: Mapping[str, Pair] = {
    Settlement.About.HOUSEHOLD: ("由哪一户申请", "which household applies"),
    Settlement.About.LATE: ("迟交收不收", "whether a late form is taken"),
    Settlement.About.CERTIFICATE: ("优惠证以哪个为准", "which certificate review holds"),
    Settlement.About.TIE: ("并列中先给谁", "who of the tied comes first"),
    Settlement.About.DOUBT: ("申请的是不是这一家", "whether it is this family that applies"),
}

SETTLED: Mapping[str, Pair] = {
    Settlement.About.HOUSEHOLD: ("由这一户申请", "this household applies"),
    Settlement.About.LATE: ("迟交收下", "the late form is taken"),
    Settlement.About.CERTIFICATE: ("优惠证核定通过", "the certificate is settled"),
    Settlement.About.TIE: ("并列中先给这名学生", "of the tied this student comes first"),
    Settlement.About.DOUBT: ("核实过，是这一家", "confirmed: it is this family"),
}

# The action of an event, what it says in Chinese and English, and the tone of its dot in a list of what happened.
EVENTS: Mapping[str, tuple[str, str, str]] = {
    "account.opened": ("开立账户", "account opened", ""),
    "aid.given": ("记入帮扶记录", "written down as aid given", "done"),
    "application.approved": ("集体研究通过，审批", "approved by collective decision", "done"),
    "application.decided": ("按通知认定", "decided under the circular", "now"),
    "application.merged": ("另一行并入", "another row merged in", ""),
    "application.published": ("上公示", "put on public notice", "now"),
    "application.ranked": ("排名次", "ranked", "now"),
    "application.released": ("安排发放", "payment arranged", "done"),
    "application.submitted": ("立案", "became a case", ""),
    "application.verified": ("审核：事实属实", "verified: the facts are true", "done"),
    "exchange.answered": ("盲比：收到对方的答复", "blind check: their answer taken", "done"),
    "exchange.ended": ("盲比结束，密钥和名单已销毁", "exchange ended, key and list destroyed", "done"),
    "exchange.learnt": ("盲比：得知两边都有谁", "blind check: learnt whom both have", "done"),
    "exchange.listed": ("盲比：交出盲名单", "blind check: blinded list handed over", "now"),
    "hit.forgotten": (
        "名单比对：没记入的，对方名单上写的已删除",
        "list compared: what it said of others is gone",
        "done",
    ),
    "hit.found": ("名单比对：像是我们的人", "list compared: may be one of ours", "look"),
    "hit.settled": ("名单比对：有人定了", "list compared: settled by a person", "done"),
    "import.looked_at": ("导入前有人看过重复", "somebody looked at the doubles before an import", "done"),
    "likeness.found": ("查重：像同一个人", "may be one person in two files", "look"),
    "likeness.said": ("查重：有人定了", "whether one person: settled", "done"),
    "approval.approved": ("审批表签齐，批准", "approval form signed in full", "done"),
    "approval.declined": ("审批表没有批", "approval form not approved", "stop"),
    "approval.paper_confirmed": ("核对纸上的签字", "signatures on paper confirmed", ""),
    "approval.paper_entered": ("录入纸上的签字", "signatures on paper entered", ""),
    "approval.prepared": ("写审批表", "approval form written", "now"),
    "approval.signed": ("签审批表", "approval form signed", "done"),
    "approval.withdrawn": ("收回审批表", "approval form taken back", ""),
    "award.made": ("定了资助", "award made", "done"),
    "band.laid": ("定签字档次", "bands of signatures laid down", ""),
    "batch.withdrawn": ("交出前收回批次", "batch taken back before it left", "look"),
    "payment.withdrawn": ("交出前收回", "payment taken back before it left", "look"),
    "batch.released": ("做发放批次", "batch made", "done"),
    "campaign.dated": ("活动定了日期", "a day of the campaign was set", ""),
    "campaign.archived": ("归档", "archived", "done"),
    "campaign.opened": ("开活动", "campaign opened", ""),
    "campaign.supplemented": ("加补充通知", "supplement added to the campaign", ""),
    "case.settled": ("负责人定了", "settled by a named officer", "done"),
    "centre.telephoned": ("帮扶中心改电话", "aid centre's telephone set", ""),
    "chain.verified": ("验链、对账", "chain and books verified", "done"),
    "circular.published": ("发布通知", "circular published", ""),
    "demo.built": ("建好演示城市", "demo city built", ""),
    "document.stored": ("存入材料", "paper kept", ""),
    "field.revealed": ("查看敏感信息", "a sensitive value was looked at", "look"),
    "headings.named": ("说明表头是哪一栏", "columns of a form named", ""),
    "form.filled_here": ("在网上填好登记表", "form filled in on the page", ""),
    "codes.kept": ("更新代码表", "code lists kept", ""),
    "file.drafted": ("新建档案", "file begun", ""),
    "file.entered": ("档案经办", "entered in the file", ""),
    "file.classed": ("认定写进档案", "class written into the file", "done"),
    "file.assessed": ("困难认定", "class of hardship assessed", "done"),
    "file.grouped": ("定重点群体", "put into a key group", ""),
    "measure.planned": ("定帮扶措施", "measure planned", "now"),
    "measure.handed": ("帮扶措施交接", "measure handed over", ""),
    "measure.moved": ("帮扶措施有结果", "measure closed", "done"),
    "calendar.kept": ("改工作日历", "working calendar kept", ""),
    "household.kept": ("留存审批时的档案", "household kept as it was approved", ""),
    "need.confirmed": ("核实：另获的资助是别的需要", "aid from elsewhere was for another need", "look"),
    "payee.confirmed": ("确认变过的收款人", "changed payee confirmed", "look"),
    "parameter.kept": ("定标准", "parameter set", ""),
    "file.compared": ("看过关联", "compared with another file", ""),
    "file.merged": ("并档", "merged", "look"),
    "file.taken_apart": ("撤销并档", "merge undone", "look"),
    "factor.enrolled": ("登记动态码", "second factor enrolled", ""),
    "factor.refused": ("动态码不对", "wrong code of a second factor", "look"),
    "factor.withdrawn": ("撤销动态码", "second factor withdrawn", "look"),
    "file.keyed": ("录入国家系统", "keyed into the national system", "done"),
    "national.taken": ("照国家系统改档案", "file mended after the national system", ""),
    "national.dropped": ("收国家系统导出表", "export of the national system taken in", ""),
    "survey.frozen": ("摸底，数字定下", "survey frozen", "done"),
    "survey.answered": ("摸底表交回", "survey sheet handed back", ""),
    "file.moved": ("档案换状态", "file moved on", "now"),
    "form.prefilled": ("按档案预填登记表", "form prefilled from the files", ""),
    "form.printed": ("打印盖章页", "page to be stamped printed", ""),
    "form.scan_shown": ("看盖章页扫描件", "scan of a stamped page looked at", ""),
    "form.stamp_accepted": ("盖章页由人看过收下", "stamped page accepted by looking", "look"),
    "form.stamp_compared": ("盖章页和数据对过", "stamped page compared with the data", ""),
    "form.received": ("收到登记表", "form received", ""),
    "form.returned": ("登记表退回单位", "form given back to the unit", ""),
    "form.unit_named": ("认定报送单位", "submitting unit named", ""),
    "fund.refused": ("资金规则不许付", "refused by a rule of its fund", "stop"),
    "holds.asked": ("再查暂停的原因", "asked anew what is held", ""),
    "grievance.carried_out": ("异议成立后办的", "what an upheld objection led to", ""),
    "document.kept_back": ("法律保全", "kept back by a legal hold", "look"),
    "document.let_go": ("解除保全", "legal hold lifted", ""),
    "file.erased": ("档案到期销毁", "file erased when its time was over", "stop"),
    "file.key_erased": ("钥匙销毁", "key of the file erased", "stop"),
    "document.erased": ("到期销毁", "erased when its time was over", "stop"),
    "award.revoked": ("撤销批准", "approval revoked", "stop"),
    "aid.returned": ("帮扶记录记退回", "taken off the record of aid", "look"),
    "aid.made_good": ("补记帮扶记录", "record of aid made good", "look"),
    "award.recovered": ("追回", "money recovered", "done"),
    "award.part_recovered": ("追回一部分", "part of the money recovered", "done"),
    "award.written_off": ("其余核销，不再追", "the rest written off", "look"),
    "application.revoked": ("撤回集体研究", "back to the collective decision", "look"),
    "payment.recovered": ("追回到账", "payment recovered", "done"),
    "hold.lifted": ("解除暂停发放", "hold lifted", "done"),
    "hold.placed": ("暂停发放", "payment held", "stop"),
    "hold.renewed": ("暂停发放，针对现在的情形", "held for what stands now", "stop"),
    "household.amended": ("改档案", "household file amended", ""),
    "household.imported": ("导入档案", "household file imported", ""),
    "notice.published": ("发布公示", "public notice published", "now"),
    "grievance.recorded": ("登记异议或申诉", "objection or appeal recorded", "look"),
    "grievance.assigned": ("交办异议或申诉", "objection or appeal assigned", ""),
    "grievance.answered": ("答复异议或申诉", "objection or appeal answered", "done"),
    "application.reopened": ("退回重新审核", "back to verification", "look"),
    "appropriation.received": ("收到拨款", "appropriation received", "done"),
    "appropriation.taken_back": ("冲回到款", "appropriation taken back", "done"),
    "money.seen": ("核对了到账的钱", "money seen by another officer", "done"),
    "donation.taken": ("收到捐助", "donation taken in", "done"),
    "history.taken": ("取走留痕的表", "list of history taken away", ""),
    "donation.taken_back": ("冲回捐助，收据作废", "donation taken back, its receipt void", "done"),
    "source.kept": ("定资金性质", "kind of a source said", ""),
    "fund_rule.kept": ("定资金规则", "rule of a source kept", ""),
    "notice.posted": ("列入张贴", "listed where it hangs", ""),
    "notice.statement_entered": ("录入公示情况说明", "statement of a board entered", ""),
    "notice.statement_confirmed": ("核对公示情况说明", "statement of a board confirmed", "done"),
    "notice.board_spoken_for": ("说明为什么不等公告栏", "word why a board is not waited for", "look"),
    "notice.taken_down": ("取下公示", "taken down", "done"),
    "notice.checked": ("查验公示页", "page of a notice checked", ""),
    "officer.appointed": ("任职", "officer appointed", ""),
    "invitation.issued": ("发邀请码", "invitation issued", ""),
    "invitation.used": ("用邀请码加入", "joined by invitation", ""),
    "officer.dismissed": ("任职到期日定了", "last day of a role set", ""),
    "officer.handed_over": ("离任交接", "handed over on leaving", ""),
    "officer.password_set": ("设密码", "password set", ""),
    "officer.invited": ("发登录链接", "sign-in link made", ""),
    "officer.signed_in_once": ("用链接登录", "signed in by link", ""),
    "organisation.founded": ("建立工会组织", "organisation founded", ""),
    "organisation.changed": ("单位变更", "unit changed", ""),
    "organisation.named": ("工会组织改名", "organisation renamed", ""),
    "output.downloaded": ("下载", "downloaded", ""),
    "papers.noted": ("登记材料", "papers noted", ""),
    "bank.agreed": ("约定怎样代发", "way of paying agreed", ""),
    "file.allowed": ("准许再取银行文件", "bank file allowed again", "look"),
    "file.taken": ("取走银行文件", "bank file taken", ""),
    "batch.settled": ("一批全部有了结果", "batch answered in full", "done"),
    "payment.bounced": ("付后退汇", "came back after payment", "stop"),
    "payment.failed": ("银行没付成", "the bank did not pay", "stop"),
    "payment.mended": ("退款原因已处理", "cause dealt with", ""),
    "payment.paid": ("银行已付", "paid by the bank", "done"),
    "payment.unknown": ("银行结果待核实", "not known yet", "look"),
    "reply.agreed": ("两人录入一致", "two readings agree", "done"),
    "reply.differed": ("两人录得不一样", "two readings differ", "stop"),
    "reply.discarded": ("作废第一遍录入", "first reading discarded", "look"),
    "reply.keyed": ("录入纸质回单", "stamped reply keyed", ""),
    "reply.refused": ("回单没有收", "reply refused", "stop"),
    "reply.taken": ("收银行回单", "bank's reply taken in", "done"),
    "payment.released": ("列入银行文件", "put into the bank's file", "done"),
    "places.issued": ("下达指标", "places issued", ""),
    "places.reclaimed": ("收回指标", "places reclaimed", ""),
    "places.returned": ("退回指标", "places returned", ""),
    "places.transferred": ("调剂指标", "places transferred", ""),
    "quota.allotted": ("分配指标", "places allotted", ""),
    "row.accepted": ("收下一行", "row taken", "done"),
    "paper.taken_back": ("材料改记没有收到", "paper taken back", "look"),
    "row.mended": ("改一行", "row mended", ""),
    "row.stamped_anew": ("盖章表重新对过", "stamped sheet held against it anew", ""),
    "row.ready": ("一行可以收", "row ready", ""),
    "row.received": ("读到一行", "row read", ""),
    "row.repaired": ("号码按档案补上", "number supplied from the file", ""),
    "row.replaced": ("换成更正稿", "replaced by a corrected copy", ""),
    "row.submitted": ("一行立案", "row became a case", ""),
    "row.undone": ("撤回一行", "row given back", ""),
    "search.answered": ("查到归别处管，告诉了归口", "told which office a family belongs to", "look"),
    "cases.given": ("派件", "cases given to officers", ""),
    "case.given": ("派件", "given to an officer", ""),
    "case.checked": ("核对一条", "criterion checked", ""),
    "case.told": ("一次性告知", "told once what is lacking", "look"),
    "point.told": ("告知一项", "point told", ""),
    "point.answered": ("告知事项已补", "point answered", "done"),
    "scan.shown": ("看材料图", "scan looked at", ""),
    "scan.added": ("存材料图", "scan added", ""),
    "original.received": ("收下原件", "original taken in", ""),
    "original.returned": ("归还原件", "original given back", "done"),
    "second_look.seeded": ("抽样复核", "second looks drawn", ""),
    "second_look.drawn": ("抽中复核", "drawn for a second look", ""),
    "second_look.given": ("复核意见", "second opinion given", "done"),
    "bulk.verified": ("批量审核", "verified in bulk", "done"),
    "bulk.undone": ("撤销批量审核", "bulk verification undone", "look"),
    "application.unverified": ("撤销审核", "verification taken back", "look"),
    "schools.kept": ("更新学校名册", "school register kept", ""),
    "sheet.imported": ("从 Excel 导入", "imported from Excel", ""),
    "sheet.acted": ("按签字单办", "done by a signed sheet", "done"),
    "plan.filed": ("报实施方案", "implementation plan filed", ""),
    "sheet.entered": ("录入签字单", "signed sheet entered", ""),
    "sheet.rejected": ("签字单录错，退了", "signed sheet rejected as entered wrongly", "look"),
    "approval.paper_rejected": ("纸上的签字录错，退了", "signatures on paper rejected as entered wrongly", "look"),
    "sheet.confirmed": ("核对签字单", "signed sheet confirmed", "done"),
    "list.returned": ("名单带批注退回", "list given back with its faults marked", ""),
    "graduate.taken_in": ("列入阳光就业", "taken into the employment programme", ""),
    "graduate.said_same": ("名单里的人认定是同一人", "somebody of a list is the same person", ""),
    "graduate.called": ("联系", "called", "now"),
    "graduate.noted": ("更新毕业生情况", "case brought up to date", ""),
    "graduate.planned": ("定一人一策", "plan kept", "now"),
    "graduate.moved": ("毕业生换状态", "case moved on", "now"),
    "graduate.reopened": ("工作没了，重新帮扶", "job lost, open again", "look"),
    "service.given": ("就业服务", "service given", "done"),
    "outcome.noted": ("记去向", "outcome noted", "done"),
    "outcome.proven": ("补凭据", "evidence added", "done"),
    "outcome.confirmed": ("本人确认去向", "confirmed by the graduate", "done"),
    "outcome.ended": ("去向到此为止", "outcome ended", ""),
    "outcome.followed_up": ("回访", "followed up", "done"),
    "start_up.planned": ("定创业计划", "start-up planned", ""),
    "start_up.supported": ("给创业扶持资金", "start-up supported", "done"),
    "start_up.opened": ("创业开张", "start-up opened", "done"),
    "start_up.counted": ("核带动就业", "jobs of a start-up counted", ""),
    "employer.kept": ("记单位", "employer kept", ""),
    "opening.proposed": ("记岗位", "opening noted", ""),
    "opening.confirmed": ("单位确认岗位", "opening confirmed by its employer", "done"),
    "opening.closed": ("关闭岗位", "opening closed", ""),
    "opening.expired": ("岗位过期", "opening ran out", ""),
    "round.made": ("撮合一次", "round made", "now"),
    "proposal.made": ("提出推荐", "proposed for an opening", ""),
    "proposal.moved": ("推荐有结果", "proposal moved on", "now"),
    "return.frozen": ("报出统计报表", "return frozen", "done"),
    "transfer.posted": ("记账", "transfer posted", "done"),
}


def said(zh: str, en: str) -> str:
    """One of two languages: the reader's."""
    return en if (get_language() or "").startswith("en") else zh


def status_word(status: str) -> str:
    return said(*WORDS[status]) if status in WORDS else status


def counted(statuses: Mapping[str, int]) -> str:
    """How many stand where, in the order of the way: 符合条件 20，缺材料 6."""
    return said("，", ", ").join(
        f"{status_word(status)} {statuses[status]}" for status in WORDS if statuses.get(status)
    )


def counted_of(said_words: Iterable[str]) -> str:
    """How often each of these words stands there, in the order in which they come first: 已到账 9，没付成 1."""
    return said("，", ", ").join(f"{word} {count}" for word, count in Counter(said_words).items())


def level_word(level: str) -> str:
    """The education level in words; nothing where it is not known yet."""
    return said(*in_words("education_level", level)) if level else ""


def kind_word(kind: str) -> str:
    return said(*in_words("student_kind", kind)) if kind else ""


def fact_word(name: str) -> str:
    return said(fact(name).zh, fact(name).en)


def people(actors: Iterable[str]) -> dict[str, str]:
    """For each actor of events its name; what is no officer (the system itself) has a word of its own."""
    wanted = set(actors)
    others = {actor: said("系统", "the system") if actor == "system" else actor for actor in wanted}
    return others | organisations.names_of(wanted)


def yuan(fen: int | None) -> str:
    """`3,000`; nothing for no amount. The unit stands in the heading or behind it."""
    return "" if fen is None else money.for_people(fen)


def day_word(day: date) -> str:
    """8月10日, 10 August: the year stands where it is needed."""
    return said(f"{day.month}月{day.day}日", f"{day.day} {day:%B}")


def event_word(action: str) -> str:
    zh, en, _ = EVENTS.get(action, (action, action, ""))
    return said(zh, en)


def event_tone(told: Told) -> str:
    """The tone of an event: a decision takes that of the status it led to."""
    if told.action == "application.decided":
        return {"look": "look", "stop": "stop"}.get(TONES.get(str(told.payload.get("to")), ""), "done")
    return EVENTS.get(told.action, ("", "", ""))[2]


# What a sensitive value is looked at for, or a file taken for: the code goes into history.
PURPOSES: Mapping[str, Pair] = {
    "compare_with_card": ("核对证件", "to compare with the card"),
    "review_decision": ("复核这个决定", "to review the decision"),
    "answer_objection": ("答复异议或申诉", "to answer an objection or appeal"),
    "inspect": ("审计抽查", "audit sample"),
    "work": ("办理业务", "to do the work"),
    "archive": ("归档", "for the archive"),
    "report": ("上报", "to report"),
    "audit": ("检查、审计", "inspection or audit"),
    "bank": ("交银行", "for the bank"),
}


def purposes(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes with their words, as a list to choose from."""
    return [(code, said(*PURPOSES[code])) for code in codes]


def event_more(told: Told) -> str:
    """What an event says besides its name, out of its payload: status, rank, amount, batch, what was settled."""
    payload: Mapping[str, Any] = told.payload
    if told.action in {"application.decided", "application.ranked"}:
        rank = payload.get("rank")
        where = said(f"，第 {rank} 名", f", rank {rank}") if rank else ""
        return status_word(str(payload.get("to", ""))) + where
    if told.action == "case.settled":
        return said(*SETTLED.get(str(payload.get("about")), ("核实", "confirmed")))
    if told.action == "case.given":
        return people([payload["to"]])[payload["to"]] if payload.get("to") else said("没人办", "nobody")
    if told.action == "application.reopened":
        return _why_reopened(payload)
    if told.action in {"hold.placed", "hold.renewed", "hold.lifted"}:
        reason = str(payload.get("reason", ""))
        return gettext(dict(Hold.Reason.choices).get(reason, reason))
    known = [str(payload[name]) for name in ("notice", "batch", "file") if payload.get(name)]
    if purpose := payload.get("purpose"):
        known.append(said(*PURPOSES.get(str(purpose), (str(purpose), str(purpose)))))
    if isinstance(payload.get("fen"), int):
        known.append(said(f"{yuan(payload['fen'])} 元", f"{yuan(payload['fen'])} yuan"))
    return " · ".join(known)


def _why_reopened(payload: Mapping[str, Any]) -> str:
    if ground := payload.get("grievance"):
        return said(f"异议或申诉 {ground} 成立", f"objection or appeal {ground} upheld")
    if aid := payload.get("aid"):
        return said(f"同一需要已另获资助 {aid}", f"met elsewhere: {aid}")
    return said("公示以后事实变了", "its facts changed since the notice")
