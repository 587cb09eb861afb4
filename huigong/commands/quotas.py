"""`huigong quotas …`: places down the tree and back, with a drafted letter; the annex's table with what it would change."""

import argparse
from pathlib import Path

from django.utils import timezone

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.commands.payments import campaign_named, officer_named
from huigong.organisations.models import Appointment
from huigong.organisations.queries import by_code
from huigong.quotas import actions, queries
from huigong.quotas.letter import letter
from huigong.quotas.models import FundSource, PlaceMove
from huigong.rules import quota_table
from huigong.studentaid import actions as studentaid
from huigong.values.sentence import SaidError, Sentence

DONE, INPUT_HAS_ERRORS = 0, 1
_KINDS = {
    "issue": "下达给直接下级 / issue to the next below",
    "return": "退回给直接上级 / return to the next above",
    "transfer": "同一上级的两家之间调剂 / transfer between two below the same",
    "reclaim": "收回直接下级没用的 / reclaim from the next below",
}


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("quotas", help="指标：下达、退回、调剂、收回 / places: issue, return, transfer, reclaim")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "谁有多少、下达了多少 / who holds and passed on how many"
    show = verbs.add_parser("show", help=words, description=words)
    show.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    words = "看附件分配表与现在的差别，--apply 才照办 / what the annex's table would change; --apply does it"
    table = verbs.add_parser("table", help=words, description=words)
    table.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    table.add_argument("file", type=Path, metavar="FILE", help="分配表 CSV / the table")
    table.add_argument("--apply", action="store_true", help="照这张表分配 / allot so")
    table.add_argument("--by", metavar="NAME", help="经办人（审批）/ approver")
    for kind, what in _KINDS.items():
        verb = verbs.add_parser(kind, help=what, description=what)
        verb.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
        verb.add_argument("--from", dest="giver", required=True, metavar="CODE", help="从哪个工会 / from which union")
        verb.add_argument("--to", dest="taker", required=True, metavar="CODE", help="到哪个工会 / to which union")
        verb.add_argument("--places", type=int, required=True, metavar="N", help="几个名额 / how many")
        verb.add_argument("--reason", default="", metavar="TEXT", help="事由 / why")
        verb.add_argument("--letter", type=Path, metavar="FILE", help="函的草稿写到这里 / where the letter goes")
        verb.add_argument("--by", required=True, metavar="NAME", help="经办人（审批）/ approver")


def run(arguments: argparse.Namespace) -> int:
    campaign = campaign_named(arguments.campaign)
    if arguments.verb == "show":
        return _show(campaign)
    return _table(campaign, arguments) if arguments.verb == "table" else _move(campaign, arguments)


def _source(campaign: Campaign) -> FundSource:
    quota = circular_of(campaign).quota
    found = FundSource.objects.filter(code=quota.fund_source).first() if quota else None
    if found is None:
        raise SaidError(
            Sentence(
                "no_places_yet",
                "这个活动还没有指标，请先导入分配表。",
                "The campaign has no places yet: take in the table.",
            )
        )
    return found


def _show(campaign: Campaign) -> int:
    for row in queries.held_in(campaign):
        print(
            f"{row.organisation.code} {row.organisation.name}：{row.places}，已下达 {row.issued}，"
            f"可用 {row.places - row.issued} / holds {row.places}, passed on {row.issued}"
        )
    return DONE


def _table(campaign: Campaign, arguments: argparse.Namespace) -> int:
    quota = circular_of(campaign).quota
    if quota is None:
        raise SaidError(Sentence("no_quota", "这份通知没有指标。", "The circular has no quota."))
    table = quota_table.read(arguments.file.name, arguments.file.read_text("utf-8-sig"))
    for wrong in table.problems:
        print(f"{wrong.file}:{wrong.line} {wrong.sentence.zh} / {wrong.sentence.en}")
    if table.problems:
        return INPUT_HAS_ERRORS
    for one in queries.differences(campaign, table.places, fund_source=quota.fund_source):
        print(f"{one.code}：{one.before} → {one.after}")
    if arguments.apply:
        officer = officer_named(arguments.by or "", roles=(Appointment.Role.APPROVER,))
        studentaid.allot_places(campaign, quota, table.places, officer=officer, at=timezone.now())
        print("已照这张表分配。/ allotted so.")
    return DONE


def _move(campaign: Campaign, arguments: argparse.Namespace) -> int:
    officer = officer_named(arguments.by, roles=(Appointment.Role.APPROVER,))
    wanted = actions.Places(
        PlaceMove.Kind(arguments.verb),
        by_code(arguments.giver),
        by_code(arguments.taker),
        arguments.places,
        reason=arguments.reason,
    )
    moved = studentaid.move_places(campaign, _source(campaign), wanted, officer=officer, at=timezone.now())
    print(
        f"{campaign.code} 指标流转第 {moved.number} 号：{moved.places} 个。/ move {moved.number}: {moved.places} places."
    )
    if arguments.letter:
        arguments.letter.write_bytes(letter(moved))
        print(arguments.letter)
    return DONE
