"""Allot and move places with an eye on the cases that hold them, on who may give them, and on unions without files (五(四))."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.organisations.queries import by_code
from huigong.quotas import actions as quotas
from huigong.quotas.actions import Places, PlacesRefusedError
from huigong.quotas.models import FundSource, PlaceMove
from huigong.quotas.queries import differences, places_of
from huigong.rules.circular import Quota
from huigong.studentaid.lifecycle import HOLDS_A_PLACE
from huigong.studentaid.models import Application
from huigong.studentaid.queries import places_used
from huigong.studentaid.without_files import lacks_files
from huigong.values.sentence import Sentence


def move_places(campaign: Campaign, source: FundSource, wanted: Places, *, officer: Officer, at: datetime) -> PlaceMove:
    """As `quotas.move`, under the lock that sharing takes too, so that no case gets a place that is on its way elsewhere.

    Raises PlacesRefusedError where the officer does not serve whoever gives the places away, or a union without files
    would get money of the region.
    """
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    _refuse_elsewhere(officer, wanted)
    if wanted.kind in {PlaceMove.Kind.ISSUE, PlaceMove.Kind.TRANSFER}:
        refuse_without_files(source, wanted.taker)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        used = Application.objects.filter(campaign=campaign, federation=wanted.giver, status__in=HOLDS_A_PLACE).count()
        in_use = used if wanted.giver.kind == Organisation.Kind.FEDERATION else 0
        with _nobody_loses_a_place(campaign, source.code):
            return quotas.move(campaign, source, replace(wanted, in_use=in_use), officer=officer.username, at=at)


def allot_places(
    campaign: Campaign, quota: Quota, places: Mapping[str, int], *, officer: Officer, at: datetime
) -> list[PlaceMove]:
    """As `quotas.follow`, by an approver who serves the campaign's federation. Raises PlacesRefusedError as moving does."""
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    if not campaign.federation.path.startswith(officer.organisation.path):
        raise PlacesRefusedError(_not_yours(officer))
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        source = FundSource.objects.filter(code=quota.fund_source).first()
        for line in differences(campaign, places, fund_source=quota.fund_source):
            if source is not None and line.after > (line.before or 0):
                refuse_without_files(source, by_code(line.code))
        with _nobody_loses_a_place(campaign, quota.fund_source):
            return quotas.follow(
                campaign,
                places,
                fund_source=quota.fund_source,
                name=quota.fund_source_name,
                officer=officer.username,
                at=at,
                in_use=places_used(campaign),
            )


@contextmanager
def _nobody_loses_a_place(campaign: Campaign, fund_source: str) -> Iterator[None]:
    """A union's places count with its federation's: what leaves by way of the union is not what a case of the federation holds.

    Around a change, inside the transaction that the refusal undoes.
    """
    quota = circular_of(campaign).quota
    if quota is None or quota.fund_source != fund_source:
        yield  # cases hold places of the quota's own source
        return
    before = places_of(campaign, fund_source=fund_source)
    yield
    after, used = places_of(campaign, fund_source=fund_source), places_used(campaign)
    for code, left in sorted(after.items()):
        if left < used[code] and left < before.get(code, 0):
            raise PlacesRefusedError(
                Sentence(
                    "places_in_use",
                    f"{by_code(code).name}连同它下面的工会一共有 {before[code]} 个名额，已有 {used[code]} 人占着，这样办只剩 {left} 个，"
                    "没有办。请少动几个，或先补进名额。",
                    f"{code} and its unions hold {before[code]} places together, {used[code]} people hold one, and this would "
                    f"leave {left}: nothing was done. Move fewer, or bring places in first.",
                )
            )


def refuse_without_files(source: FundSource, taker: Organisation) -> None:
    """The rule is on unions, not on students: other money may still pay there."""
    if source.kind == FundSource.Kind.REGION and lacks_files(taker):
        raise PlacesRefusedError(
            Sentence(
                "places_without_files",
                f"{taker.name}是{taker.get_kind_display()}，在全国系统还没有建档，自治区资金不拨给它（五(四)），没有办。"
                "请先建档，报对应的帮扶中心审核；别的资金不受这一条限制。",
                f"{taker.name} has no files in the national system: money of the region is not allotted to it (五(四)). "
                "Build files first; money of other sources may still pay there.",
            )
        )


def _refuse_elsewhere(officer: Officer, wanted: Places) -> None:
    """Places are given away by whoever answers for them: the giver, for a reclaim the one above, for a transfer the one above both."""
    writer: Organisation | None = wanted.giver
    if wanted.kind == PlaceMove.Kind.RECLAIM:
        writer = wanted.taker
    if wanted.kind == PlaceMove.Kind.TRANSFER:
        writer = wanted.giver.parent
    if writer is None or not writer.path.startswith(officer.organisation.path):
        raise PlacesRefusedError(_not_yours(officer))


def _not_yours(officer: Officer) -> Sentence:
    return Sentence(
        "places_not_yours",
        f"这些名额不归{officer.organisation.name}动，没有办。下达和退回由给出的一方办，收回由上级办，调剂由两家共同的上级办，"
        "整张分配表由活动的总工会办。",
        f"These places are not {officer.organisation.code}'s to move: nothing was done.",
    )
