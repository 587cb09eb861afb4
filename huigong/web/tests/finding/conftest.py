"""Families of two counties, and officers of the city, of each county and of a unit."""

import pytest

from huigong.audit.tests.kept import kept
from huigong.organisations import actions as organisations
from huigong.organisations import queries
from huigong.registry.actions import import_workbook
from huigong.registry.tests.workbooks import household, member, number, workbook
from huigong.registry.workbook import read_workbook

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
@kept
def counties(db, at):
    pairs = [("450400", "梧州市总工会本级"), ("450422", "藤县总工会"), ("450423", "蒙山县总工会")]
    organisations.found_city(pairs, officer="system", at=at)
    return {code: queries.by_code(code) for code, _ in pairs}


@pytest.fixture
def files(counties, tmp_path, at):
    """韦秀兰 of 藤县 with her daughter 韦小雨; 单大山 of 蒙山县 with nobody."""
    tables = (
        [
            household(),
            household(
                职工编号="GX0002",
                姓名="单大山",
                身份证号码=number("45042319700101123"),
                县区="蒙山县",
                工作单位="",
                手机号码="13900000002",
            ),
        ],
        [member()],
    )
    reading = read_workbook(workbook(tmp_path / "r.xlsx", *tables))
    import_workbook(reading, city=counties["450400"], officer="system", at=at)
    return counties


@pytest.fixture
def officer_of(counties, at):
    def of(code, role="verifier"):
        return organisations.add_officer(f"{role}{code}", role=role, organisation=counties[code], by="system", at=at)

    return of


@pytest.fixture
def desk(client, officer_of):
    """A client signed in as somebody of an office, who can search as a person does: typed, posted, led on."""

    def sit(code, role="verifier"):
        client.force_login(officer_of(code, role), backend=BACKEND)
        client.find = lambda text: client.post("/search/", {"q": text}, follow=True)
        return client

    return sit
