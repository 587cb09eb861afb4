"""Agree how a campaign is paid: which bank profile its files are written after, or that the treasury pays."""

from datetime import datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.models import Campaign
from huigong.payments import profiles
from huigong.payments.columns import AGREEMENT
from huigong.payments.models import BankAgreement
from huigong.payments.queries import agreement_of


@transaction.atomic
def agree(campaign: Campaign, profile: str, *, officer: str, at: datetime) -> BankAgreement | None:
    """From now on batches are written after this profile (its TOML). Returns None where that is so already.

    What was released stays as it was, and its reply is read as was agreed then. Raises SaidError for a wrong profile.
    """
    chosen = profiles.profile_from(profile)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    standing = agreement_of(campaign)
    if profile == (standing.profile if standing else profiles.text_of("default")):
        return None
    agreement = BankAgreement(campaign=campaign, name=chosen.name, profile=profile, agreed_by=officer, at=at)
    agreement.save(force_insert=True)
    told = {"agreement": str(agreement.pk), "kind": chosen.kind, "columns": AGREEMENT.told(agreement)}
    audit.record("bank.agreed", subject=campaign.code, officer=officer, at=at, payload=told)
    return agreement
