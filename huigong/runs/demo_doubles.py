"""People of the demo city who stand in two files, so that the page of duplicates has something to settle. All are invented."""

from datetime import date, datetime

from huigong.organisations.models import Officer, Organisation
from huigong.registry import actions as registry
from huigong.registry.file_form import form_on
from huigong.registry.models import Household
from huigong.values.resident_id import check_digit

# A worker, and the family: name, relationship, identity number without its check digit.
_MOTHER = ("卢小梅", "45042219770412322")
_FATHER = ("冼志刚", "45042219751108113")
_SON = ("冼子轩", "45042220000917251")
_WIFE = ("覃月英", "45042219790625204")
_HUSBAND = ("潘国平", "45042219780113117")
_DAUGHTER = ("潘晓雯", "45042220010522262")


def doubled(officer: Officer, city: Organisation, *, at: datetime) -> None:
    """A boy in his mother's file and, with a slip in his number, in his father's; and husband and wife with a file each."""
    son, slip = _number(_SON[1]), _number(_SON[1])[:12] + "9" + _number(_SON[1])[13:]
    _file(officer, _MOTHER, [(_SON[0], "儿子", son)], at=at)
    _file(officer, _FATHER, [(_SON[0], "儿子", slip)], at=at)
    daughter = (_DAUGHTER[0], "女儿", _number(_DAUGHTER[1]))
    _file(officer, _WIFE, [daughter], at=at)
    _file(officer, _HUSBAND, [(_WIFE[0], "配偶", _number(_WIFE[1])), daughter], at=at)
    registry.look_for_likenesses(city, officer="system", at=at)


def _file(officer: Officer, worker: tuple[str, str], family: list[tuple[str, str, str]], *, at: datetime) -> Household:
    form = form_on(date(2017, 9, 11))
    given = {"worker_name": worker[0], "id_number": _number(worker[1]), "employer": "藤县糖业公司"}
    made = registry.draft(
        {field: value for word, value in given.items() if (field := form.field("household", word))},
        officer=officer,
        at=at,
    )
    for place, (name, relationship, number) in enumerate(family, 1):
        told = {"name": name, "relationship": relationship, "id_number": number}
        values = {field: value for word, value in told.items() if (field := form.field("member", word))}
        registry.edit_member(made, place, values, version=place - 1, officer=officer.username, at=at)
    return made


def _number(body: str) -> str:
    return body + check_digit(body)
