"""The reference page says what the schema says."""

from pathlib import Path

from huigong.rules import reference

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "circular-format.md"


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == reference.page(), "run: huigong circular format"
