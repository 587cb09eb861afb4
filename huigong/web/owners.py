"""To which organisation an object of a kind belongs, found by the word that stands in its address.

`permissions` asks this of every address about an object. A new kind is one function and one line of OWNERS.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huigong.approvals.models import Approval
from huigong.casework.models import BulkVerification, OriginalSlip, SecondLook
from huigong.circulars.models import Campaign, ImplementationPlan
from huigong.circulars.routing import forms_go_by_place
from huigong.employment.models import Graduate, Opening, Round, StatisticalReturn
from huigong.grievances.models import Grievance
from huigong.intake.models import FormReceived
from huigong.organisations.models import Officer, Organisation, SignedSheet
from huigong.organisations.queries import competent_federation
from huigong.organisations.relations import Place
from huigong.partners.models import Exchange
from huigong.payments.models import PaymentBatch
from huigong.publicnotices.models import NoticePosting, PublicNotice
from huigong.registry.employing import employer_of
from huigong.registry.models import FileMark, Household, Likeness, NationalDump, Survey
from huigong.studentaid.models import Application


@dataclass(frozen=True, slots=True)
class Owned:
    """Where an object belongs; `by` is the officer who sent it in and for whom it is always their own."""

    places: tuple[Place, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How an object of a kind is found: by which word of the address, and whose it is (None: there is none)."""

    word: str
    owned: Callable[[str], Owned | None]


def places(organisations: QuerySet[Organisation]) -> tuple[Place, ...]:
    """The organisations with the federations whose centres are competent for them: one question."""
    found = organisations.values_list("path", "competent_centre__federation__path")
    return tuple(Place(path, competent or "") for path, competent in found)


def belonging(organisations: QuerySet[Organisation]) -> Owned | None:
    found = places(organisations)
    return Owned(found) if found else None


def _campaign(code: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=Campaign.objects.filter(code=code).values("federation")))


def _form(pk: str) -> Owned | None:
    """A form is its unit's; while nobody knows the unit, the campaign's federation's. Who sent it in always sees it.

    By place it is a centre's only under a circular that sends forms there ([routing]).
    """
    form = (
        FormReceived.objects.select_related("unit", "campaign__version", "campaign__federation").filter(pk=pk).first()
    )
    if form is None:
        return None
    unit, campaign = form.unit, form.campaign
    by_place = competent_federation(unit).path if unit and forms_go_by_place(campaign) else ""
    return Owned((Place((unit or campaign.federation).path, by_place),), by=form.received_by)


def _application(reference: str) -> Owned | None:
    """An application is the unit's that sent it and the federation's whose place it takes."""
    mine = Application.objects.filter(reference=reference)
    wanted = Q(pk__in=mine.values("unit")) | Q(pk__in=mine.values("federation"))
    return belonging(Organisation.objects.filter(wanted))


def _household(pk: str) -> Owned | None:
    """A file lies at the federation whose centre is competent by place, with the unit that keeps it or that its employer's
    name means there, and where it is sent to.
    """
    mine = Household.objects.filter(pk=pk)
    wanted = Q(pk__in=mine.values("federation")) | Q(pk__in=mine.values("unit")) | Q(pk__in=mine.values("moving_to"))
    mark = FileMark.objects.filter(household__in=mine).first()
    if mark and (unit := employer_of(mark)):
        wanted |= Q(pk=unit.pk)
    return belonging(Organisation.objects.filter(wanted))


def _dump(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=NationalDump.objects.filter(pk=pk).values("organisation")))


def _survey(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=Survey.objects.filter(pk=pk).values("federation")))


def _likeness(pk: str) -> Owned | None:
    """A pair belongs where its two files lie; the page asks that both are the officer's to see."""
    mine = Likeness.objects.filter(pk=pk)
    wanted = Q(pk__in=mine.values("one__federation")) | Q(pk__in=mine.values("other__federation"))
    return belonging(Organisation.objects.filter(wanted))


def _exchange(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=Exchange.objects.filter(pk=pk).values("federation")))


def _unit(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk=pk))


def _officer(pk: str) -> Owned | None:
    """An officer is of the organisation that they serve."""
    return belonging(Organisation.objects.filter(pk__in=Officer.objects.filter(pk=pk).values("organisation")))


def _sheet(pk: str) -> Owned | None:
    """A sheet about a case or a file belongs where that does; any other to the organisation that it was signed for."""
    sheet = SignedSheet.objects.filter(pk=pk).first()
    if sheet is None:
        return None
    if sheet.act == SignedSheet.Act.SETTLE:
        return _application(sheet.reference)
    if sheet.act == SignedSheet.Act.ENROL:
        files = list(Household.objects.filter(file_number=sheet.reference).values_list("pk", flat=True))
        return _household(str(files[0])) if files else None
    return belonging(Organisation.objects.filter(pk=sheet.organisation_id))


def _plan(pk: str) -> Owned | None:
    """A plan is the county's that filed it."""
    return belonging(Organisation.objects.filter(pk__in=ImplementationPlan.objects.filter(pk=pk).values("federation")))


def _approval(number: str) -> Owned | None:
    """An approval form belongs where its campaign does."""
    wanted = Approval.objects.filter(number=number).values("campaign__federation")
    return belonging(Organisation.objects.filter(pk__in=wanted))


def _batch(number: str) -> Owned | None:
    """A batch belongs where its campaign does."""
    wanted = PaymentBatch.objects.filter(number=number).values("campaign__federation")
    return belonging(Organisation.objects.filter(pk__in=wanted))


def _bulk(pk: str) -> Owned | None:
    """Many cases verified in one go belong to their campaign's federation, and to the county officer who verified them."""
    for code, by in BulkVerification.objects.filter(pk=pk).values_list("campaign_code", "verified_by"):
        campaign = _campaign(code)
        return Owned(campaign.places, by=by) if campaign else None
    return None


def _look(pk: str) -> Owned | None:
    """A second look belongs where its draw does: to the campaign's federation."""
    codes = SecondLook.objects.filter(pk=pk).values("draw__campaign_code")
    return belonging(Organisation.objects.filter(pk__in=Campaign.objects.filter(code__in=codes).values("federation")))


def _slip(number: str) -> Owned | None:
    """A slip is whose its case is."""
    references = list(OriginalSlip.objects.filter(number=number).values_list("case_reference", flat=True))
    return _application(references[0]) if references else None


def _notice(number: str) -> Owned | None:
    """A notice is its campaign's federation's."""
    campaigns = PublicNotice.objects.filter(number=number).values("campaign")
    return belonging(Organisation.objects.filter(pk__in=Campaign.objects.filter(pk__in=campaigns).values("federation")))


def _posting(pk: str) -> Owned | None:
    """A board is its unit's; another channel is whose clerk put the notice there."""
    return belonging(Organisation.objects.filter(pk__in=NoticePosting.objects.filter(pk=pk).values("unit")))


def _grievance(number: str) -> Owned | None:
    """What was said against a unit's case is not the unit's: it belongs to the campaign's federation."""
    campaigns = Grievance.objects.filter(number=number).values("campaign")
    return belonging(Organisation.objects.filter(pk__in=Campaign.objects.filter(pk__in=campaigns).values("federation")))


def _graduate(pk: str) -> Owned | None:
    """A graduate is of the federation that has the case, and of the unit of the family's file."""
    mine = Graduate.objects.filter(pk=pk)
    wanted = Q(pk__in=mine.values("federation")) | Q(pk__in=mine.values("unit"))
    return belonging(Organisation.objects.filter(wanted))


def _opening(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=Opening.objects.filter(pk=pk).values("federation")))


def _round(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=Round.objects.filter(pk=pk).values("federation")))


def _return(pk: str) -> Owned | None:
    return belonging(Organisation.objects.filter(pk__in=StatisticalReturn.objects.filter(pk=pk).values("federation")))


OWNERS: Mapping[str, Kind] = {
    "campaign": Kind("code", _campaign),
    "form": Kind("pk", _form),
    "application": Kind("reference", _application),
    "household": Kind("pk", _household),
    "national-dump": Kind("pk", _dump),
    "survey": Kind("pk", _survey),
    "likeness": Kind("pk", _likeness),
    "exchange": Kind("pk", _exchange),
    "unit": Kind("pk", _unit),
    "officer": Kind("pk", _officer),
    "sheet": Kind("pk", _sheet),
    "plan": Kind("pk", _plan),
    "approval": Kind("approval", _approval),
    "batch": Kind("batch", _batch),
    "bulk": Kind("pk", _bulk),
    "look": Kind("pk", _look),
    "notice": Kind("number", _notice),
    "grievance": Kind("number", _grievance),
    "posting": Kind("pk", _posting),
    "slip": Kind("number", _slip),
    "graduate": Kind("pk", _graduate),
    "opening": Kind("pk", _opening),
    "round": Kind("pk", _round),
    "return": Kind("pk", _return),
}


def owned(kind: str, words: Mapping[str, object]) -> Owned | None:
    """Whose the object of an address is; None where there is no such object."""
    found = OWNERS[kind]
    return found.owned(str(words[found.word]))
