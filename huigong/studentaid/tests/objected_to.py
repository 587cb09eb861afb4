"""An objection at work: told, answered, and the money of what is revoked asked back from the bank's reply to the paper."""

from datetime import date, timedelta
from uuid import UUID

from huigong.grievances import actions as grievances
from huigong.grievances.actions import Answer, Told
from huigong.payments import actions as payments
from huigong.payments.tests.bank import hand_out
from huigong.studentaid import actions
from huigong.studentaid.actions import CameIn
from huigong.values import money

CASE = "SA-450422-2017-00001"
BACK = date(2017, 8, 31)
ANSWER = Answer("核实过了。", ["二(四)"])


def object_to(office, reference=CASE, number=1, kind="objection", assignee=None):
    told = Told(kind, "visit", "这家不困难，请核实", case_reference=reference)
    one = grievances.record(office.campaign, told, submission=UUID(int=number), officer="lu", at=office.at)
    to = assignee or office.qin
    return actions.assign_grievance(one, to, case_reference=reference, officer=office.qin, at=office.at)


def answer(office, one, upheld, by=None, days=0):
    at = office.at + timedelta(days=days)
    return actions.answer_grievance(one, ANSWER, upheld=upheld, officer=by or office.qin, at=at)


def reply(office, batch, *words):
    lines = [
        f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},金秋助学 {row.batch.number},{word},{'限额' if word == '失败' else ''}"
        for row, word in zip(batch.payments.order_by("position"), words, strict=True)
    ]
    content, at = "\n".join(lines).encode("gb18030"), office.at + timedelta(days=23)
    hand_out(batch, officer=office.chen, at=at)
    payments.take_reply(batch, content, name="回单.csv", officer=office.chen, at=at)


def back(office, revocation, by=None, paper="收据017"):
    at = office.at + timedelta(days=30)
    return actions.recover(revocation, CameIn(BACK, paper), officer=by or office.chen, at=at)
