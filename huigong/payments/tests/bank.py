"""A bank that answers: invented payees whose money is promised in the ledger, batches under a profile, and result files."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from huigong.circulars.tests.test_open_campaign import opened
from huigong.ledger import actions as ledger
from huigong.organisations import actions as organisations
from huigong.payments import actions, profiles
from huigong.payments.models import Payment, PaymentBatch
from huigong.values import money
from huigong.values.bank_card import passes_luhn
from huigong.values.money import Fen
from huigong.vault import actions as vault

FUND, AID = "fund:regional-2017", "aid:regional-2017:450422"
NAMES = ["韦秀兰", "黄桂芳", "陆建国", "覃玉梅", "莫志强", "梁小红"]
OK, NO, OPEN, BACK = "成功", "失败", "处理中", "退汇"


def card(number):
    return next(text for digit in range(10) if passes_luhn(text := f"62170000{number:07d}{digit}"))


@dataclass
class Bank:
    """The office's side (campaign, officers) and the bank's. `made` is the day that result files carry."""

    city: object
    at: object
    profile: str = "txt-pipe"
    fund_overdrawn: str = "yes"
    made: date = field(init=False)

    def __post_init__(self):
        self.made = self.at.date()
        self.campaign = opened(self.city, self.at)
        if self.profile != "default":
            actions.agree(self.campaign, profiles.text_of(self.profile), officer="chen", at=self.at)
        self.chen, self.nong = (
            organisations.add_officer(word, role="finance", organisation=self.city, by="system", at=self.at)
            for word in ("陈", "农")
        )
        for code, overdrawn in ((FUND, self.fund_overdrawn), (AID, "no")):
            ledger.open_account(code, code, federation=self.city, may_be_overdrawn=overdrawn, officer="qin", at=self.at)

    def order(self, number, *, attempt=1, fen=300_000, account=None):
        """An award whose money is promised."""
        reference = f"SA-450422-2017-{number:05d}"
        transfer = f"{reference}:aid:{attempt}:pending"
        entry = ledger.Entry(transfer, FUND, AID, Fen(fen), "student-aid", "pending")
        ledger.post(entry, officer="qin", at=self.at)
        name = NAMES[((account or number) - 1) % len(NAMES)]
        key = vault.new_data_key().id
        return actions.Order(reference, name, card(account or number), key, fen, transfer, attempt)

    def pay(self, *orders):
        batches = actions.release(self.campaign, orders, fund_source="regional-2017", officer="chen", at=self.at)
        return PaymentBatch.objects.get(pk=batches[0].pk)

    def file(self, batch, /, *outcomes, **changes):
        """The bank's txt result: a first line of totals, a line a payment; an outcome is a word or (word, reason)."""
        rows = list(batch.payments.order_by("position"))
        told = [one if isinstance(one, tuple) else (one, "户名不符" if one in {NO, BACK} else "") for one in outcomes]
        lines = [
            [str(row.position), row.payee_name, row.card.plain(), money.in_yuan(row.fen), word, why]
            for row, (word, why) in zip(rows, told, strict=False)
        ]
        went = [row.fen for row, (word, _) in zip(rows, told, strict=False) if word == OK]
        head = {
            "batch": batch.number,
            "made": f"{self.made:%Y%m%d}",
            "count": str(len(lines)),
            "yuan": money.in_yuan(sum(row.fen for row, _ in zip(rows, told, strict=False))),
            "paid_count": str(len(went)),
            "paid_yuan": money.in_yuan(sum(went)),
            "failed_count": str(sum(word in {NO, BACK} for word, _ in told)),
        }
        return Result({**head, **changes}, lines)

    def take(self, batch, result, *, officer=None, days=0):
        content = result if isinstance(result, bytes) else result.content()
        hand_out(batch, officer=self.chen, at=self.at)
        at = self.at + timedelta(days=days)
        return actions.take_reply(batch, content, name="回单.txt", officer=officer or self.chen, at=at)


def hand_out(batch, *, officer, at):
    """The batch leaves the house, if it did not yet: nothing answers what nobody was given."""
    if not batch.takings.exists() and batch.status == "released":
        (actions.take_file if batch.document else actions.take_list)(batch, officer=officer, at=at)


@dataclass
class Result:
    """A result file as text, to be spoilt."""

    head: dict
    lines: list

    def content(self):
        rows = [list(self.head.values()), *self.lines]
        return "".join("|".join(row) + "|\r\n" for row in rows).encode("gbk")

    def with_cell(self, line, column, value):
        place = ["position", "name", "card", "yuan", "status", "reason"].index(column)
        self.lines[line][place] = value
        return self


def statuses(batch):
    return list(Payment.objects.filter(batch=batch).order_by("position").values_list("status", flat=True))
