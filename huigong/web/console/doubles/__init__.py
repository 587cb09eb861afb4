"""查重: people who stand in two files, looked at once by a person."""
