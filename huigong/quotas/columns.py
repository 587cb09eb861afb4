"""What history holds of places handed down, and of the money that they are of."""

from huigong.audit.columns import Columns

SOURCE = Columns("source", ("code", "name", "kind", "citation"))
ALLOTMENT = Columns("allotment", ("campaign_id", "organisation_id", "fund_source_id", "places", "issued"))
MOVE = Columns(
    "move",
    ("campaign_id", "fund_source_id", "number", "kind", "giver_id", "taker_id", "places", "reason", "moved_by", "at"),
)
RULE = Columns("fund_rule", ("fund_source_id", "rule", "value", "valid_from", "citation", "kept_by", "at"))
