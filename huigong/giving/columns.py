"""What history holds of money that came."""

from huigong.audit.columns import Columns

DONATION = Columns(
    "donation",
    (
        "number",
        "campaign_id",
        "fund_source_id",
        "donor",
        "wish",
        "fen",
        "received_on",
        "recorded_by",
        "at",
        "takes_back_id",
        "reason",
    ),
)

APPROPRIATION = Columns(
    "appropriation",
    (
        "number",
        "campaign_id",
        "fund_source_id",
        "paper",
        "fen",
        "received_on",
        "takes_back_id",
        "reason",
        "recorded_by",
        "at",
    ),
)

SEEN = Columns("money_seen", ("appropriation_id", "donation_id", "seen_by", "at"))
