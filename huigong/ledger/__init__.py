"""账簿 Accounts and transfers: what it cost, balanced by construction."""
