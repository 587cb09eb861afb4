"""What history holds of holds, batches and payments: to whom, how much, on which card, in which file."""

from huigong.audit.columns import Columns

HOLD = Columns("hold", ("case_reference", "reason", "about", "since"))
BATCH = Columns(
    "batch",
    (
        "number",
        "campaign_id",
        "fund_source",
        "declared_count",
        "declared_fen",
        "file_name",
        "document_id",
        "released_by",
        "agreement_id",
    ),
)
AGREEMENT = Columns("agreement", ("campaign_id", "name", "profile", "agreed_by", "at"))
TAKING = Columns("taking", ("batch_id", "number", "allowed_by", "allowed_at", "taken_by", "taken_at"))
PAYMENT = Columns(
    "payment",
    (
        "batch_id",
        "position",
        "case_reference",
        "attempt",
        "payee_name",
        "data_key_id",
        "card",
        "card_index",
        "fen",
        "transfer_reference",
    ),
)
ANSWER = Columns("answer", ("reply_id", "reason"))
REPLY = Columns("reply", ("batch_id", "number", "document_id", "dated", "keyed_by", "taken_by", "at"))
KEYED = Columns(
    "keyed",
    (
        "batch_id",
        "document_id",
        "lines",
        "keyed_by",
        "at",
        "agreed_id",
        "dated",
        "discarded_by",
        "discarded_because",
        "discarded_at",
    ),
)
