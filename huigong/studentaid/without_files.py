"""Unions without files of their own in the national system: money of the region goes to none of them (五(四))."""

from huigong.circulars.models import Campaign
from huigong.organisations.models import Organisation
from huigong.quotas.models import Allotment, FundSource
from huigong.registry.models import Household

_KINDS = frozenset({Organisation.Kind.INDUSTRIAL_UNION, Organisation.Kind.DIRECTLY_RUN_UNION})
_NATIONAL = "全国级"


def lacks_files(union: Organisation) -> bool:
    """Whether the rule is about such a union, and nobody of it is enrolled at the national level."""
    if union.kind not in _KINDS:
        return False
    return not Household.objects.filter(
        unit__path__startswith=union.path, file_status__startswith="在档", enrolment_level=_NATIONAL
    ).exists()


def holding_without_files(campaign: Campaign, source: FundSource) -> list[Organisation]:
    """Who holds places of the region's money and would be given none today: those came before the kind was said."""
    if source.kind != FundSource.Kind.REGION:
        return []
    rows = Allotment.objects.filter(
        campaign=campaign, fund_source=source, places__gt=0, organisation__kind__in=_KINDS
    ).select_related("organisation")
    return [row.organisation for row in rows.order_by("organisation__path") if lacks_files(row.organisation)]
