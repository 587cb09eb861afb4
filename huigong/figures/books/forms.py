"""Forms as they came, what their rows say and where they stand, and the papers that came with them."""

from collections.abc import Iterator

from huigong.figures.books.looking import Look, Now, beside, last, payload, stands
from huigong.intake.actions import form_reference, row_reference
from huigong.intake.actions.papers import in_order
from huigong.intake.columns import FORM, PAPER, ROW
from huigong.intake.lifecycle import MOVED
from huigong.intake.models import FormReceived, FormRow, Paper
from huigong.vault import actions as vault

_AT_A_TIME = 500


def forms() -> Iterator[Look]:
    vault.warm(FormReceived.objects.values_list("data_key_id", flat=True))
    rows = (
        Now(form_reference(form), form_reference(form), sealed=((FORM, "columns", (form,)),))
        for form in FormReceived.objects.select_related("campaign")
    )
    return beside(last("form.received", "form.unit_named"), rows, "登记表", "Form")


def rows() -> Iterator[Look]:
    said, moved = last("row.received", "row.mended", "row.stamped_anew"), last(*MOVED)
    waits, seen = last("row.received", "row.mended", "row.ready"), set[str]()
    chosen = FormRow.objects.select_related("form__campaign").order_by("form", "number")
    for row in chosen.iterator(chunk_size=_AT_A_TIME):
        key = row_reference(row.form, row.number)
        seen.add(key)
        looks = (
            (said, Now(key, key, sealed=((ROW, "columns", (row,)),))),
            (moved, Now(key, key, stands(row.status))),
            (waits, Now(key, key, payload(waits_for=row.waits_for or None))),
        )
        for number, (told, now) in enumerate(looks):
            yield Look(key, "登记表的行", "Row", now, told.get(key), again=number > 0)
    for key in sorted(said.keys() - seen):
        yield Look(key, "登记表的行", "Row", None, said[key])


def papers() -> Iterator[Look]:
    """One digest over all papers of a campaign."""
    by_campaign = dict[str, list[Paper]]()
    for paper in Paper.objects.select_related("campaign"):
        by_campaign.setdefault(paper.campaign.code, []).append(paper)
    told = last("papers.noted")
    sealed = (Now(code, code, sealed=((PAPER, "columns", tuple(in_order(own))),)) for code, own in by_campaign.items())
    return beside(told, sealed, "收到的材料", "Papers of")


TABLES = (forms, rows, papers)
