"""What history holds of exchanges with other departments and of whom both have."""

from huigong.audit.columns import Columns

EXCHANGE = Columns(
    "exchange",
    (
        "number",
        "federation_id",
        "kind",
        "partner",
        "programme",
        "basis",
        "letter_number",
        "most",
        "until",
        "delete_on",
        "fingerprint",
        "reply_id",
        "replied_on",
        "data_key_id",
        "secret",
        "ours",
        "theirs",
        "by",
        "at",
    ),
)
HIT = Columns(
    "hit",
    (
        "exchange_id",
        "household_id",
        "data_key_id",
        "position",
        "programme",
        "how",
        "pattern",
        "told",
        "fen",
        "outcome",
        "by",
        "at",
    ),
)
