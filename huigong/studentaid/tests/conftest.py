"""The aid centre at work, for every test of student aid."""

import pytest

from huigong.audit.tests.kept import kept
from huigong.studentaid.tests.office import WEI, opened


@pytest.fixture
def office(city, at, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    return opened(city, at, folder)


@pytest.fixture
@kept
def wei(office):
    """韦秀兰's family is on file, and their unit has sent 韦小雨."""
    office.file(WEI)
    office.send(WEI.row())
    return office
