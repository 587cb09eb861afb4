"""Neither a donation nor an appropriation, nor that somebody saw its money, is ever changed or deleted."""

from huigong.audit.guards import append_only

GUARDS = (
    *append_only("giving_donation"),
    *append_only("giving_appropriation"),
    *append_only("giving_moneyseen"),
)
