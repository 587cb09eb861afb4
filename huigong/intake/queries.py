"""Ask about forms and papers."""

from django.db.models import Count, Q, QuerySet

from huigong.circulars.models import Campaign
from huigong.intake.lifecycle import ACCEPTED, READY, RETURNED, SUBMITTED, WAITING
from huigong.intake.models import FormReceived, FormRow, Paper
from huigong.organisations.models import Officer
from huigong.organisations.queries import scope_of


def forms_of(campaign: Campaign) -> QuerySet[FormReceived]:
    """Every form with how many of its rows stand where."""
    return FormReceived.objects.filter(campaign=campaign).annotate(
        rows_ready=Count("rows", Q(rows__status=READY)),
        rows_taken=Count("rows", Q(rows__status__in=(ACCEPTED, SUBMITTED))),
        rows_returned=Count("rows", Q(rows__status=RETURNED)),
        rows_waiting=Count("rows", Q(rows__status=WAITING)),
    )


def forms_for(officer: Officer, campaign: Campaign) -> QuerySet[FormReceived]:
    """The forms of a campaign that an officer may see: of units in scope, and what the officer sent in."""
    mine = Q(unit__in=scope_of(officer)) | Q(received_by=officer.username)
    if officer.is_active and officer.organisation.path == campaign.federation.path:
        mine |= Q(unit=None)
    return forms_of(campaign).filter(mine)


def rows_of(campaign: Campaign) -> QuerySet[FormRow]:
    return FormRow.objects.filter(form__campaign=campaign).select_related("form", "form__unit", "form__campaign")


def papers_of(campaign: Campaign) -> dict[tuple[str, int], frozenset[str]]:
    """The papers that count, by form name and row (0: the whole form).

    A paper counts where a copy was kept; an admission letter where its original was seen too; a stamped form where the
    sheet itself was seen or kept.
    """
    found: dict[tuple[str, int], set[str]] = {}
    for paper in Paper.objects.filter(campaign=campaign):
        seen, kept = paper.original_seen, paper.copy_kept
        counts = (
            (seen and kept)
            if paper.kind == "admission_letter"
            else (seen or kept)
            if paper.kind == "stamped_form"
            else kept
        )
        if counts:
            found.setdefault((paper.form_name, paper.row_number), set()).add(paper.kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}
