"""Ask about forms and papers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from huigong.circulars.models import Campaign
from huigong.circulars.routing import forms_go_by_place
from huigong.intake.corrections import pairs
from huigong.intake.lifecycle import ACCEPTED, READY, RETURNED, SUBMITTED, WAITING
from huigong.intake.models import Draft, FormReceived, FormRow, HeadingName, Paper
from huigong.organisations.models import Officer, Organisation
from huigong.organisations.queries import handed_to, placed_under, scope_of

STAMPED = "stamped_form"
"""The kind of the one paper that is of a whole form."""


def forms_of(campaign: Campaign) -> QuerySet[FormReceived]:
    """Every form with how many of its rows stand where."""
    return FormReceived.objects.filter(campaign=campaign).annotate(
        rows_ready=Count("rows", Q(rows__status=READY)),
        rows_look=Count("rows", Q(rows__status=READY, rows__looks__gt=0)),
        rows_taken=Count("rows", Q(rows__status__in=(ACCEPTED, SUBMITTED))),
        rows_undoable=Count("rows", Q(rows__status=ACCEPTED)),
        rows_returned=Count("rows", Q(rows__status=RETURNED)),
        rows_waiting=Count("rows", Q(rows__status=WAITING)),
    )


def forms_for(officer: Officer, campaign: Campaign) -> QuerySet[FormReceived]:
    """The forms of a campaign that an officer may see: of units in scope, what the officer sent in, and what goes there by place."""
    if not officer.is_active:
        return forms_of(campaign).none()
    mine = Q(unit__in=scope_of(officer)) | Q(received_by=officer.username) | Q(received_by__in=handed_to(officer))
    if campaign.federation.path.startswith(officer.organisation.path):
        mine |= Q(unit=None)
    if forms_go_by_place(campaign):
        mine |= Q(unit__in=Organisation.objects.filter(placed_under(officer.organisation)))
    return forms_of(campaign).filter(mine)


def rows_of(campaign: Campaign) -> QuerySet[FormRow]:
    return FormRow.objects.filter(form__campaign=campaign).select_related("form", "form__unit", "form__campaign")


def rows_for(officer: Officer, campaign: Campaign) -> QuerySet[FormRow]:
    """The rows of the forms that an officer may see."""
    return rows_of(campaign).filter(form__in=forms_for(officer, campaign).values("pk"))


def papers_of(campaign: Campaign) -> dict[tuple[str, int], frozenset[str]]:
    """The papers that count, by form name and row (0: the whole form).

    A paper counts where a copy was kept; an admission letter where its original was seen too; a stamped form where the
    sheet itself was seen or kept. A corrected copy under a name of its own has the papers of what it corrects: each row
    those of the same student, wherever the row stood before.
    """
    found: dict[tuple[str, int], set[str]] = {}
    for paper in Paper.objects.filter(campaign=campaign):
        if _counts(paper):
            found.setdefault((paper.form_name, paper.row_number), set()).add(paper.kind)
    copies = FormReceived.objects.filter(campaign=campaign, corrects__isnull=False).exclude(name=F("corrects__name"))
    for copy in copies.select_related("corrects").order_by("received_at", "id"):
        assert copy.corrects is not None
        before = {0: 0, **pairs(list(copy.rows.all()), list(copy.corrects.rows.all()))}
        for number, earlier in before.items():
            kinds = found.get((copy.corrects.name, earlier), set())
            found.setdefault((copy.name, number), set()).update(kinds)
    return {key: frozenset(kinds) for key, kinds in found.items() if kinds}


def stamped_sheet(form: FormReceived) -> Paper | None:
    """The stamped sheet of a whole form, if one came that counts; a corrected copy has that of what it corrects."""
    names, first = [form.name], form
    while first.corrects:
        first = first.corrects
        names.append(first.name)
    own = Paper.objects.filter(campaign=form.campaign_id, form_name__in=names, row_number=0, kind=STAMPED)
    return next((paper for paper in own if _counts(paper)), None)


@dataclass(frozen=True, slots=True)
class Kept:
    """What an officer typed on a page, and when it was kept."""

    fields: Mapping[str, str]
    saved_at: datetime


def headings_of(officer: Officer, form_id: str) -> dict[str, str]:
    """What the officer's office calls the columns of a form, beyond what the form lists: the field by the heading."""
    own = HeadingName.objects.filter(organisation=officer.organisation_id, form_id=form_id)
    return dict(own.values_list("heading", "field"))


def draft_of(officer: Officer, place: str) -> Kept | None:
    """An officer's own draft of a page; nobody else's is ever asked for."""
    draft = Draft.objects.filter(officer=officer, place=place).first()
    return Kept(json.loads(draft.content.plain()), draft.saved_at) if draft else None


def _counts(paper: Paper) -> bool:
    if paper.kind == "admission_letter":
        return paper.original_seen and paper.copy_kept
    if paper.kind == STAMPED:
        return paper.original_seen or paper.copy_kept
    return paper.copy_kept
