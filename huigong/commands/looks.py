"""`huigong looks …`: draw cases for a second look by a seed, and show a draw again: the same names as on the page."""

import argparse

from django.utils import timezone

from huigong.casework import actions, queries
from huigong.circulars.models import Campaign
from huigong.commands.payments import campaign_named, officer_named
from huigong.organisations.models import Appointment
from huigong.studentaid.lifecycle import WORDS
from huigong.studentaid.queries import vouched_for

DONE = 0
_MOST = 500


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("looks", help="复核抽样：按种子抽、看 / second looks: draw by a seed, show")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "按种子抽，同一个种子同一份名单总是这几件 / draw by a seed: the same seed and list give the same names"
    draw = verbs.add_parser("draw", help=words, description=words)
    draw.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")
    draw.add_argument(
        "--seed", required=True, metavar="TEXT", help="种子，谁都可以再抽一遍 / anybody can draw again with it"
    )
    draw.add_argument("--size", type=int, required=True, metavar="N", help=f"抽几件，1 到 {_MOST} / how many")
    draw.add_argument(
        "--status", choices=sorted(WORDS), metavar="STATUS", help="只从这个状态里抽 / only of this status"
    )
    draw.add_argument("--by", required=True, metavar="NAME", help="抽样人（审核）/ verifier who draws")
    words = "每次抽了哪几件，两次意见一致多少 / what was drawn, and how far opinions agree"
    show = verbs.add_parser("show", help=words, description=words)
    show.add_argument("campaign", metavar="CAMPAIGN", help="活动编号 / code of the campaign")


def run(arguments: argparse.Namespace) -> int:
    campaign = campaign_named(arguments.campaign)
    return _draw(campaign, arguments) if arguments.verb == "draw" else _show(campaign)


def _draw(campaign: Campaign, arguments: argparse.Namespace) -> int:
    rows = vouched_for(campaign)
    if arguments.status:
        rows = rows.filter(status=arguments.status)
    made = actions.draw(
        campaign.code,
        rows.values_list("reference", flat=True),
        seed=arguments.seed,
        size=min(arguments.size, _MOST),
        officer=officer_named(arguments.by, roles=(Appointment.Role.VERIFIER,)),
        at=timezone.now(),
    )
    for look in made.looks.all():
        print(look.case_reference)
    return DONE


def _show(campaign: Campaign) -> int:
    for one, told in reversed(queries.draws_of(campaign.code)):
        agree = "–" if told.percent is None else f"{told.percent}%"
        print(
            f"{one.number}：种子 {one.seed}，{one.out_of} 件里抽 {told.drawn} 件，复核了 {told.given} 件，一致 {agree} / "
            f"seed {one.seed}, {told.drawn} of {one.out_of} drawn, {told.given} looked at, {agree} agree"
        )
        for look in one.looks.all():
            print(f"  {look.case_reference}")
    return DONE
