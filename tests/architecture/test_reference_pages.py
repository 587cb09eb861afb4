"""Pages of docs/ that say what the code does are held against the code, so that they cannot grow old unseen."""

import io
import json
import re

import openpyxl
import pytest

from huigong.figures.outputs import OUTPUTS
from huigong.figures.standing import Standing
from huigong.figures.summary import summary
from huigong.intake import lifecycle as rows
from huigong.registry.workbook import _HOUSEHOLD, _MEMBER, NAME, NUMBER
from huigong.studentaid import lifecycle as cases
from huigong.web.tests.campaign_at_work import AFTER_THE_NOTICE, campaign_at_work
from tests.architecture import commands_page
from tests.architecture.house import CODE, HERE

DOCS = HERE / "docs"
READ_FROM_THE_ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[)\"(\w+)\"")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def page(name):
    return (DOCS / name).read_text(encoding="utf-8")


def first_cells(text):
    return set(re.findall(r"^\| `(\w+)`", text, re.MULTILINE))


def settings_read(source):
    return set(READ_FROM_THE_ENVIRONMENT.findall(source))


def status_table(lifecycle):
    """The table of a lifecycle as the page has to hold it, line by line."""
    order = list(lifecycle.WORDS)
    lines = ["| status | 中文 | English | may become |", "|---|---|---|---|"]
    for status, (zh, en) in lifecycle.WORDS.items():
        after = ", ".join(f"`{one}`" for one in sorted(lifecycle.NEXT[status], key=order.index))
        lines.append(f"| `{status}` | {zh} | {en} | {after or 'nothing more'} |")
    return "\n".join(lines)


def broken_links(path):
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    return [target for target in targets if "://" not in target and not (path.parent / target).exists()]


def test_every_variable_that_the_settings_read_has_its_line():
    read = settings_read((CODE / "web" / "settings.py").read_text(encoding="utf-8"))
    assert len(read) >= 5
    assert first_cells(page("reference/settings.md").split("\n## ")[0]) == read


def test_a_variable_without_a_line_is_found():
    assert settings_read('os.environ.get("HUIGONG_NEW", "")') - first_cells(page("reference/settings.md"))


def test_the_page_of_commands_is_what_the_commands_say():
    assert page("reference/commands.md") == commands_page.page(), "python -m tests.architecture.commands_page"


@pytest.mark.parametrize("lifecycle", [rows, cases], ids=["rows", "applications"])
def test_the_way_of_an_application_shows_every_status_and_every_move(lifecycle):
    assert status_table(lifecycle) in page("explanation/way-of-an-application.md")


def test_a_status_that_was_added_is_missed_on_the_page():
    class Longer:
        WORDS = rows.WORDS | {"lost": ("丢了", "lost")}
        NEXT = rows.NEXT | {"lost": frozenset()}

    assert status_table(Longer) not in page("explanation/way-of-an-application.md")


def test_the_page_of_tables_names_every_column_of_a_registry_workbook():
    told = page("reference/tables.md")
    headings = {NUMBER, NAME, *(column.heading for column in (*_HOUSEHOLD, *_MEMBER))}
    assert [one for one in sorted(headings) if f"`{one}`" not in told] == []


@pytest.fixture
def released(db, at):
    return Standing(campaign_at_work(at, up_to="released").campaign)


def test_the_page_of_outputs_names_every_file_sheet_column_and_key(released):
    told = page("reference/outputs.md")
    said = {output.name for output in OUTPUTS}
    for output in OUTPUTS:
        content = b"".join(output.make(released, AFTER_THE_NOTICE))
        if output.name.endswith(".xlsx"):
            said |= names_of_a_workbook(content, released)
        if output.name == "decisions.json":
            case = next(one for one in json.loads(content) if one["findings"])
            said |= set(case) | set(case["findings"][0])
    said |= set(summary(released, stopped_at=None, why=None, as_of=""))
    assert sorted(one for one in said if f"`{one}`" not in told) == []


def names_of_a_workbook(content, standing):
    """Sheets and headings; a criterion's own column bears the circular's words and is not listed."""
    criteria = {f"{use.label}\n{use.clause}" for use in standing.circular.criteria}
    said = set()
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        said |= {sheet.title, *(cell.value for cell in sheet[1] if cell.value)}
    return said - criteria


def test_every_link_inside_the_documentation_leads_somewhere():
    pages = [*DOCS.rglob("*.md"), *HERE.glob("*.md"), *(HERE / "examples").rglob("*.md")]
    assert {path.name: found for path in pages if (found := broken_links(path))} == {}


def test_a_link_to_nowhere_is_found(tmp_path):
    (tmp_path / "page.md").write_text("see [there](nowhere.md), [here](page.md#x), [far](https://example.org/a.md)")
    assert broken_links(tmp_path / "page.md") == ["nowhere.md"]
