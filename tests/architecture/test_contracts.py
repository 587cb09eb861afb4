"""The import contracts of .importlinter hold, and each is shown failing once on a small bad tree."""

import configparser
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import FLOORS, HERE

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def house_with(tmp_path: Path, **modules: str) -> Path:
    """A small house with every room, empty but for the given modules (`ledger__models="import …"`)."""
    (tmp_path / ".importlinter").write_text((HERE / ".importlinter").read_text())
    package = tmp_path / "huigong"
    for room in [room for floor in FLOORS for room in floor]:
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
        (package / room / "models.py").touch()
    (package / "__init__.py").touch()
    (package / "__main__.py").touch()
    for name, source in modules.items():
        (package / (name.replace("__", "/") + ".py")).write_text(source + "\n")
    return tmp_path


def test_the_house_keeps_its_contracts():
    result = lint(HERE)
    assert result.returncode == 0, result.stdout


def test_the_small_house_stands_while_empty(tmp_path):
    assert lint(house_with(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    ("contract", "modules"),
    [
        ("Floors", {"values__models": "import huigong.registry.models"}),
        ("Floors", {"intake__models": "import huigong.payments.models"}),
        ("plain Python", {"rules__models": "import django"}),
        ("plain Python", {"matching__models": "import django"}),
        ("Floors", {"matching__models": "import huigong.annexes.models"}),
        ("Floors", {"employment__models": "import huigong.studentaid.models"}),
        ("ledger rows", {"studentaid__models": "import huigong.ledger.models"}),
        ("ledger rows", {"employment__models": "import huigong.ledger.models"}),
        ("event rows", {"studentaid__models": "import huigong.audit.models"}),
    ],
)
def test_a_broken_contract_is_found(tmp_path, contract, modules):
    result = lint(house_with(tmp_path, **modules))
    assert result.returncode == 1
    assert any(contract in line and "BROKEN" in line for line in result.stdout.splitlines())


def test_a_room_on_no_floor_is_found(tmp_path):
    folder = house_with(tmp_path)
    (folder / "huigong" / "attic").mkdir()
    (folder / "huigong" / "attic" / "__init__.py").touch()
    assert lint(folder).returncode == 1


def test_the_contract_and_the_tests_know_the_same_floors():
    contracts = configparser.ConfigParser()
    contracts.read(HERE / ".importlinter")
    lines = contracts["importlinter:contract:floors"]["layers"].split("\n")
    assert [sorted(line.replace("|", " ").split()) for line in reversed(lines) if line] == [
        sorted(floor) for floor in FLOORS
    ]
