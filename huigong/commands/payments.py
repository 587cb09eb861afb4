"""`huigong payments …`: agree how a campaign is paid, hand out a bank file once, take in its reply, pay again what came back."""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions, profiles, queries
from huigong.payments.hands import PAYERS
from huigong.payments.lifecycle import WORDS
from huigong.payments.models import BankReply, PaymentBatch
from huigong.payments.payment_list import payment_list
from huigong.studentaid import actions as studentaid
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence

DONE = 0


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("payments", help="发放：银行格式、取文件、回单、再付 / payments: profiles, files, replies")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "看或改一个活动怎样代发 / show or change how a campaign is paid"
    bank = verbs.add_parser("bank", help=words, description=words)
    bank.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    bank.add_argument("profile", metavar="PROFILE", nargs="?", help="自带格式的名称，或 TOML 文件 / name or file")
    _by(bank, needed="no")
    words = "取银行文件或财政代发的花名册：一次；再取要另一人准许 / take a bank file or the treasury's list, once; again by another's leave"
    take = verbs.add_parser("take", help=words, description=words)
    take.add_argument("batch", metavar="BATCH", help="批次号 / number of the batch")
    take.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹 / folder to write to")
    _by(take)
    words = "准许别人再取一次 / let somebody else take it once more"
    allow = verbs.add_parser("allow", help=words, description=words)
    allow.add_argument("batch", metavar="BATCH", help="批次号 / number of the batch")
    _by(allow)
    words = "发放花名册（签字用，docx），合计写大写 / the payment list to be signed, its total in words"
    listed = verbs.add_parser("list", help=words, description=words)
    listed.add_argument("batch", metavar="BATCH", help="批次号 / number of the batch")
    listed.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到这个文件 / the docx to write")
    _replies(verbs)


def _replies(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "收银行结果文件：全收或全不收 / take in the bank's result file, all of it or nothing"
    reply = verbs.add_parser("reply", help=words, description=words)
    reply.add_argument("file", type=Path, metavar="FILE", help="银行结果文件 / the bank's result file")
    reply.add_argument("--batch", required=True, metavar="BATCH", help="批次号 / number of the batch")
    _by(reply)
    words = "录入盖章回单：两人各录一次，一样才记 / key a stamped reply: twice, by two people, alike"
    key = verbs.add_parser("key", help=words, description=words)
    key.add_argument("lines", type=Path, metavar="LINES", help="position,outcome,reason 的 CSV / a CSV of them")
    key.add_argument("--scan", type=Path, required=True, metavar="FILE", help="回单扫描件 / scan of the paper")
    key.add_argument(
        "--dated", type=date.fromisoformat, required=True, metavar="DAY", help="回单上的日期 / the day on the paper"
    )
    key.add_argument("--batch", required=True, metavar="BATCH", help="批次号 / number of the batch")
    _by(key)
    words = "确认退款原因已处理、收款人无误（审核人）/ say that the cause is dealt with (verifier)"
    mended = verbs.add_parser("mended", help=words, description=words)
    mended.add_argument("case", metavar="CASE", help="案号 / case reference")
    _by(mended, who="审核")
    words = "再付没付成和退回的 / pay again what failed or came back"
    again = verbs.add_parser("again", help=words, description=words)
    again.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    _by(again)


def _by(verb: argparse.ArgumentParser, *, needed: str = "yes", who: str = "财务或审批") -> None:
    verb.add_argument("--by", required=needed == "yes", metavar="NAME", help=f"经办人（{who}）/ who does it")


def run(arguments: argparse.Namespace) -> int:
    """Do one verb. The clock is looked at here, at the door."""
    verbs = {"bank": _bank, "take": _take, "allow": _allow, "reply": _reply, "key": _key, "mended": _mended}
    return (verbs | {"again": _again, "list": _list})[arguments.verb](arguments)


def _bank(arguments: argparse.Namespace) -> int:
    campaign, at = campaign_named(arguments.campaign), timezone.now()
    if arguments.profile:
        if not arguments.by:
            raise SaidError(Sentence("nobody", "请用 --by 写明谁约定的。", "Say with --by who agreed it."))
        officer = officer_named(arguments.by)
        actions.agree(campaign, profiles.text_of(arguments.profile), officer=officer.username, at=at)
    standing = queries.agreement_of(campaign)
    profile = profiles.profile_from(standing.profile) if standing else profiles.default_profile()
    print(f"{campaign.code} 的发放格式 / is paid by: {profile.name} {profile.title}".rstrip())
    print(f"自带的 / shipped: {', '.join(profiles.shipped())}")
    return DONE


def _take(arguments: argparse.Namespace) -> int:
    batch, officer = batch_numbered(arguments.batch), officer_named(arguments.by)
    content = studentaid.hand_out(batch, officer=officer, at=timezone.now())
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / (batch.file_name or f"{batch.number}-发放花名册.docx")
    path.write_bytes(content)
    path.chmod(0o600)
    print(path)
    return DONE


def _list(arguments: argparse.Namespace) -> int:
    batch = batch_numbered(arguments.batch)
    if batch.document is None:
        zh = f"批次 {batch.number} 由财政代发，花名册就是付款的凭据：请用 huigong payments take 取，只取一次。"
        en = f"The treasury pays batch {batch.number} by this list: take it once, with huigong payments take."
        raise SaidError(Sentence("list_is_an_order", zh, en))
    arguments.out.write_bytes(payment_list(batch, timezone.localdate()).content())
    print(arguments.out)
    return DONE


def _allow(arguments: argparse.Namespace) -> int:
    batch = batch_numbered(arguments.batch)
    actions.allow_again(batch, officer=officer_named(arguments.by), at=timezone.now())
    print(f"{batch.number}：可以再取一次，要由另一个人取。/ may be taken once more, by somebody else.")
    return DONE


def _reply(arguments: argparse.Namespace) -> int:
    batch, officer = batch_numbered(arguments.batch), officer_named(arguments.by)
    content = _bytes(arguments.file)
    reply = actions.take_reply(batch, content, name=arguments.file.name, officer=officer, at=timezone.now())
    return _told(reply)


def _key(arguments: argparse.Namespace) -> int:
    batch, officer = batch_numbered(arguments.batch), officer_named(arguments.by)
    text = _bytes(arguments.lines).decode("utf-8-sig", errors="replace")
    rows = list(csv.DictReader(text.splitlines()))
    if (
        not rows
        or not {"position", "outcome"} <= set(rows[0])
        or any(not (row["position"] or "").isdigit() for row in rows)
    ):
        zh, en = (
            "录入表要有 position、outcome、reason 三列，position 是序号。",
            "The table wants position, outcome and reason.",
        )
        raise SaidError(Sentence("keyed_table", zh, en))
    lines = [actions.KeyedLine(int(row["position"]), row["outcome"] or "", row.get("reason") or "") for row in rows]
    scan = arguments.scan
    told = {"dated": arguments.dated, "name": scan.name}
    reply = actions.key_reply(batch, _bytes(scan), lines, **told, officer=officer, at=timezone.now())
    if reply is None:
        print(f"{batch.number}：第一人已录，等另一人录同样的。/ read once; somebody else has to read the same.")
        return DONE
    return _told(reply)


def _told(reply: BankReply) -> int:
    counts = Counter(reply.batch.payments.values_list("status", flat=True))
    words = "，".join(f"{WORDS[status][0]} {counts[status]}" for status in WORDS if counts[status])
    english = ", ".join(f"{WORDS[status][1]} {counts[status]}" for status in WORDS if counts[status])
    print(f"{reply.batch.number} 第 {reply.number} 份回单已收：{words}。/ reply {reply.number} taken in: {english}.")
    return DONE


def _mended(arguments: argparse.Namespace) -> int:
    application = Application.objects.filter(reference=arguments.case.upper()).first()
    if application is None:
        raise SaidError(Sentence("case_unknown", f"没有案号 {arguments.case}。", f"There is no case {arguments.case}."))
    officer = officer_named(arguments.by, roles=(Appointment.Role.VERIFIER,))
    studentaid.confirm_payee(application, officer=officer, at=timezone.now())
    print(f"{application.reference}：可以再付。/ may be paid again.")
    return DONE


def _again(arguments: argparse.Namespace) -> int:
    campaign = campaign_named(arguments.campaign)
    count = studentaid.pay_again(campaign, officer=officer_named(arguments.by), at=timezone.now())
    print(f"{campaign.code}：再付 {count} 笔。/ {count} paid again.")
    return DONE


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SaidError(
            Sentence(
                "file_unreadable", f"{path} 读不了：{error.strerror}。", f"{path} cannot be read: {error.strerror}."
            )
        ) from error


def campaign_named(code: str) -> Campaign:
    found = Campaign.objects.select_related("federation", "version").filter(code=code).first()
    if found is None:
        raise SaidError(
            Sentence("campaign_unknown", f"没有编号为 {code} 的活动。", f"There is no campaign with code {code}.")
        )
    return found


def batch_numbered(number: str) -> PaymentBatch:
    found = PaymentBatch.objects.select_related("campaign", "document", "agreement").filter(number=number).first()
    if found is None:
        raise SaidError(Sentence("batch_unknown", f"没有批次 {number}。", f"There is no batch {number}."))
    return found


def officer_named(name: str, *, roles: Sequence[str] = PAYERS) -> Officer:
    """The finance officer of that name, else the approver; or who holds another role."""
    root, on = organisations.root(), timezone.localdate()
    found = organisations.first_officer_named(name, roles=roles, within=root, on=on) if root else None
    if found is None:
        raise SaidError(
            Sentence(
                "payer_unknown",
                f"没有叫“{name}”、现任{'或'.join(Appointment.Role(role).label for role in roles)}的经办人。"
                f"可先运行 huigong officers add {name} --role {roles[0]}。",
                f"Nobody called “{name}” is {' or '.join(roles)} now: huigong officers add {name} --role {roles[0]}.",
            )
        )
    return found
