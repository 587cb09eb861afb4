"""What stands beside the code goes along in a wheel: every file that is no module is declared as package data."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

CODE = Path(settings.BASE_DIR) / "huigong"


def declared():
    table = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text("utf-8"))
    return table["tool"]["setuptools"]["package-data"]


def forgotten(globs):
    """Files that no glob of their package, or of a package above, takes along."""
    beside = {path for path in CODE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    packages = [path.parent for path in CODE.rglob("__init__.py")]
    taken = set[Path]()
    for package in packages:
        name = ".".join(package.relative_to(CODE.parent).parts)
        for pattern in (*globs.get("*", ()), *globs.get(name, ())):
            taken |= set(package.glob(pattern))
    return sorted(str(path.relative_to(CODE)) for path in beside - taken)


def test_nothing_is_left_behind():
    assert forgotten(declared()) == []


@pytest.mark.parametrize("package", ["huigong.registry", "huigong.values", "huigong.payments", "huigong.matching"])
def test_a_file_that_is_not_declared_is_found(package):
    assert forgotten({name: globs for name, globs in declared().items() if name != package}) != []
