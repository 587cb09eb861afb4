"""Which way forms and files travel is the circular's data: here its words become the desk of one unit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Value

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.organisations.models import Organisation
from huigong.organisations.queries import centre_of, competent_federation, federation_of
from huigong.rules.circular import Circular
from huigong.values.sentence import SaidError, Sentence


class OtherDeskError(SaidError):
    """A form, or a file, was taken to a desk that does not receive it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The federation at whose aid centre something of a unit is handed in, and the clause that says so."""

    federation: Organisation
    clause: str

    @property
    def name(self) -> str:
        """As people call it: the aid centre, or the federation where it has none yet."""
        centre = centre_of(self.federation)
        return centre.name if centre else self.federation.name


def desk_for_forms(circular: Circular, campaign: Campaign, unit: Organisation) -> Desk | None:
    """Where a unit's form goes; None where the circular does not say."""
    way = circular.routing
    return Desk(_desk(way.forms, campaign, unit), way.forms_clause) if way else None


def forms_go_by_place(campaign: Campaign) -> bool:
    """Whether a unit's form goes to the centre that is competent by place: then whoever works there opens it."""
    way = circular_of(campaign).routing
    return way is not None and way.forms == "centre"


def other_desk(circular: Circular, campaign: Campaign, here: Organisation, unit: Organisation | None) -> Desk | None:
    """Where a form goes that is not received here; None where it is, or where nobody can say yet.

    Whoever serves a unit hands in and receives nothing, so there is no wrong desk. Of a form without a known unit only a
    circular that sends every form to one desk can tell.
    """
    way = circular.routing
    if way is None or here.kind != Organisation.Kind.FEDERATION or (unit is None and way.forms != "campaign"):
        return None
    desk = desk_for_forms(circular, campaign, unit or here)
    return desk if desk and desk.federation.pk != here.pk else None


def refuse_other_desk(circular: Circular, campaign: Campaign, here: Organisation, unit: Organisation | None) -> None:
    """Raises OtherDeskError, with the desk and the clause, unless a form of the unit is received here."""
    desk = other_desk(circular, campaign, here, unit)
    if desk is None:
        return
    whose, whose_en = (unit.name, unit.name) if unit else ("这份", "This")
    raise OtherDeskError(
        Sentence(
            "other_desk",
            f"{whose}的登记表按{desk.clause}交到{desk.name}，{here.name}不收。请单位交到那里，或者转过去。",
            f"{whose_en}: by {desk.clause} the form goes to {desk.name}; "
            f"{here.name} does not receive it. Have the unit hand it in there.",
        )
    )


def desk_for_files(circular: Circular, campaign: Campaign, unit: Organisation) -> Desk | None:
    """Where the files of a unit's families go; None where the circular does not say."""
    way = circular.routing
    return Desk(_desk(way.files, campaign, unit), way.files_clause) if way else None


def desk_of_file(unit: Organisation, *, on: date) -> Desk | None:
    """Where a file of this unit is reviewed on a day, by the circular at work there; None where none says."""
    campaign = _at_work(unit, on=on)
    return desk_for_files(circular_of(campaign), campaign, unit) if campaign else None


def other_centre(here: Organisation, unit: Organisation, *, on: date) -> Desk | None:
    """Where a file of this unit is reviewed, where that is not here; None where it is, and where no circular says."""
    desk = desk_of_file(unit, on=on)
    return desk if desk and desk.federation.pk != federation_of(here).pk else None


def refuse_other_centre(here: Organisation, unit: Organisation, *, file: str, on: date) -> None:
    """Raises OtherDeskError, with the centre and the clause, unless a file of this unit is reviewed here."""
    desk = other_centre(here, unit, on=on)
    if desk is not None:
        raise OtherDeskError(other_centre_sentence(file, desk, here))


def other_centre_sentence(file: str, desk: Desk, here: Organisation) -> Sentence:
    return Sentence(
        "other_centre",
        f"档案 {file} 按{desk.clause}报{desk.name}审核，{here.name}不办。请转到那里办。",
        f"File {file}: by {desk.clause} it is reviewed at {desk.name}; "
        f"{here.name} does not review it. Pass it on there.",
    )


def _at_work(unit: Organisation, *, on: date) -> Campaign | None:
    """The campaign that runs at or above a unit on a day; of several the one that began last."""
    running = Campaign.objects.select_related("federation", "version").alias(here=Value(unit.path))
    above = running.filter(here__startswith=F("federation__path"), first_day__lte=on, last_day__gte=on)
    return above.order_by("-first_day", "code").first()


def _desk(word: str, campaign: Campaign, unit: Organisation) -> Organisation:
    if word == "campaign":
        return campaign.federation
    return competent_federation(unit) if word == "centre" else federation_of(unit)
