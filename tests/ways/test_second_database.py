"""On a second database only what uses one is run again, and nothing that does is left out."""

from types import SimpleNamespace

import pytest

from tests.architecture.house import CODE, HERE
from tests.second_database import OWN, uses_database

# Their processes are told a database of their own, or take none.
TOLD = ("HUIGONG_DATABASE_URL", 'startswith("HUIGONG_")')
# They start LibreOffice, the contracts of imports, lists of words, the tool that stands alone, and commands that read files or
# end at settings that cannot be used.
ASK_NONE = {
    "test_benchmarks_are_listed.py",
    "test_commands.py",
    "test_containers.py",
    "test_contracts.py",
    "test_forms.py",
    "test_other_desk.py",
    "test_reading.py",
    "test_returning.py",
    "test_samples.py",
}


def item(*fixtures, marks=()):
    return SimpleNamespace(fixturenames=fixtures, get_closest_marker=lambda name: name if name in marks else None)


@pytest.mark.parametrize(
    ("test", "runs"),
    [
        (item("tmp_path", "city", "db"), True),
        (item("tmp_path", marks=["django_db"]), True),
        (item("tmp_path", marks=[OWN]), True),
        (item("tmp_path", marks=["slow"]), False),
        (item(), False),
    ],
)
def test_a_test_is_run_again_where_it_may_ask_the_database(test, runs):
    assert uses_database(test) is runs


def hands_on_the_environment(source):
    """Whether processes of a test module may see the environment of the tests, and with it the database that it names."""
    return "subprocess" in source and not any(word in source for word in (*TOLD, f"mark.{OWN}"))


def test_a_module_whose_processes_see_the_database_says_so_or_is_known_to_ask_none():
    files = [*HERE.joinpath("tests").rglob("test_*.py"), *CODE.rglob("tests/**/test_*.py")]
    ours = [file for file in files if "journeys" not in file.parts]
    assert {file.name for file in ours if hands_on_the_environment(file.read_text(encoding="utf-8"))} == ASK_NONE


def test_a_module_that_hands_it_on_is_found():
    source = "import os, subprocess\nsubprocess.run(['x'], env=os.environ)\n"
    assert hands_on_the_environment(source)
    assert not hands_on_the_environment(source + f"pytestmark = pytest.mark.{OWN}\n")
