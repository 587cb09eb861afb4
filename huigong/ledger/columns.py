"""What history holds of an account. A transfer is told whole, in plain codes (actions.payload_of)."""

from huigong.audit.columns import Columns

ACCOUNT = Columns("account", ("code", "name", "federation_id", "may_be_overdrawn"))
