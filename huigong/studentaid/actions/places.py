"""Move places with an eye on the cases that hold them: what a case holds is not passed on."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from huigong.circulars.models import Campaign
from huigong.organisations.hands import refuse_other_role
from huigong.organisations.models import Appointment, Officer, Organisation
from huigong.quotas import actions as quotas
from huigong.quotas.actions import Places
from huigong.quotas.models import FundSource, PlaceMove
from huigong.studentaid.lifecycle import HOLDS_A_PLACE
from huigong.studentaid.models import Application


def move_places(campaign: Campaign, source: FundSource, wanted: Places, *, officer: Officer, at: datetime) -> PlaceMove:
    """As `quotas.move`, under the lock that sharing takes too, so that no case gets a place that is on its way elsewhere."""
    refuse_other_role(officer, Appointment.Role.APPROVER, at=at)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        used = Application.objects.filter(campaign=campaign, federation=wanted.giver, status__in=HOLDS_A_PLACE).count()
        in_use = used if wanted.giver.kind == Organisation.Kind.FEDERATION else 0
        return quotas.move(campaign, source, replace(wanted, in_use=in_use), officer=officer.username, at=at)
