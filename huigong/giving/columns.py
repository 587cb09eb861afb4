"""What history holds of a donation."""

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
    ),
)
