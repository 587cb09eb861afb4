"""`huigong setup` on an installation of an earlier version: what that version did not write is written."""

from huigong.commands import main, setup
from huigong.studentaid import actions


def test_setup_makes_the_record_of_aid_good(db, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(actions, "make_aid_good", lambda *, officer, at: made.append(officer))
    monkeypatch.setattr(setup, "call_command", lambda *_words, **_told: None)  # the test's database is up
    assert main(["setup"]) == 0
    assert made == ["system"]
    assert "Ready" in capsys.readouterr().out
