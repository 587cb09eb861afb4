"""The name of a source of money, as papers print it: money rows know their source by its code only."""

from huigong.quotas.models import FundSource


def name_of(code: str) -> str:
    """The code itself, where nobody opened the source yet."""
    return FundSource.objects.filter(code=code).values_list("name", flat=True).first() or code
