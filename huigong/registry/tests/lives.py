"""A household file that lived: every table of the files has rows, written by the actions that an office takes."""

from datetime import date, timedelta

from huigong.registry import actions, code_lists
from huigong.registry.file_form import form_on

FORM = form_on(date(2017, 8, 7))


def fields(of="household", **values):
    """Values by the names of the form's fields, as the actions take them."""
    return {FORM.field(of, name): value for name, value in values.items()}


def drafted(officer, at, **more):
    """A file that somebody began: 韦秀兰 of a unit that keeps no computer."""
    given = {"worker_name": "韦秀兰", "id_number": "450422197503064228", "nation": "壮族", "health": "良好"} | more
    return actions.draft(fields(**given), officer=officer, at=at)


def lived(officer, at):
    """The file with a daughter, and everything that happened to it."""
    actions.keep_codes(code_lists.shipped(), source="shipped", officer=officer.username, at=at)
    household = drafted(officer, at)
    at += timedelta(minutes=1)
    daughter = fields("member", name="韦小雨", relationship="女儿", occupation="在读", education_level="undergraduate")
    return actions.edit_member(household, 1, daughter, version=0, officer=officer.username, at=at)
