"""`huigong payments …`: agree how a campaign is paid, hand out a bank file once, allow it again."""

import argparse
from pathlib import Path

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.organisations import queries as organisations
from huigong.organisations.models import Appointment, Officer
from huigong.payments import actions, profiles, queries
from huigong.payments.models import PaymentBatch
from huigong.values.sentence import SaidError, Sentence

DONE = 0
_PAYERS = (Appointment.Role.FINANCE, Appointment.Role.APPROVER)


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("payments", help="发放：银行格式、取文件 / payments: bank profiles, files")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "看或改一个活动怎样代发 / show or change how a campaign is paid"
    bank = verbs.add_parser("bank", help=words, description=words)
    bank.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    bank.add_argument("profile", metavar="PROFILE", nargs="?", help="自带格式的名称，或 TOML 文件 / name or file")
    _by(bank, needed="no")
    words = "取银行文件：一次；再取要另一人准许 / take a bank file, once; again by another's leave"
    take = verbs.add_parser("take", help=words, description=words)
    take.add_argument("batch", metavar="BATCH", help="批次号 / number of the batch")
    take.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹 / folder to write to")
    _by(take)
    words = "准许别人再取一次银行文件 / let somebody else take a bank file once more"
    allow = verbs.add_parser("allow", help=words, description=words)
    allow.add_argument("batch", metavar="BATCH", help="批次号 / number of the batch")
    _by(allow)


def _by(verb: argparse.ArgumentParser, *, needed: str = "yes") -> None:
    verb.add_argument("--by", required=needed == "yes", metavar="NAME", help="经办人（财务或审批）/ who does it")


def run(arguments: argparse.Namespace) -> int:
    """Do one verb. The clock is looked at here, at the door."""
    return {"bank": _bank, "take": _take, "allow": _allow}[arguments.verb](arguments)


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
    batch = batch_numbered(arguments.batch)
    content = actions.take_file(batch, officer=officer_named(arguments.by), at=timezone.now())
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / batch.file_name
    path.write_bytes(content)
    path.chmod(0o600)
    print(path)
    return DONE


def _allow(arguments: argparse.Namespace) -> int:
    batch = batch_numbered(arguments.batch)
    actions.allow_again(batch, officer=officer_named(arguments.by), at=timezone.now())
    print(f"{batch.number}：可以再取一次，要由另一个人取。/ may be taken once more, by somebody else.")
    return DONE


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


def officer_named(name: str) -> Officer:
    """The finance officer of that name, else the approver."""
    root, on = organisations.root(), timezone.localdate()
    found = organisations.first_officer_named(name, roles=_PAYERS, within=root, on=on) if root else None
    if found is None:
        raise SaidError(
            Sentence(
                "payer_unknown",
                f"没有叫“{name}”、现任财务或审批的经办人。可先运行 huigong officers add {name} --role finance。",
                f"Nobody called “{name}” is finance or approver now: huigong officers add {name} --role finance.",
            )
        )
    return found
