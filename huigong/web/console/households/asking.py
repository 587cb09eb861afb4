"""Which file a request is about. What is out of an officer's scope is not there."""

from uuid import UUID

from huigong.registry import queries
from huigong.registry.file_form import Field, FileForm
from huigong.registry.joined import absorbed_by
from huigong.registry.models import FileEntry, Household, Measure, Member
from huigong.web.console.asking import OfficerRequest, or_404
from huigong.web.console.households.steps import in_hand


def file_or_404(request: OfficerRequest, pk: UUID) -> Household:
    return or_404(queries.file_for(request.user, pk))


def file_in_hand_or_404(request: OfficerRequest, pk: UUID) -> Household:
    """A file that this office may write to: one that is only on its way here is not there yet."""
    found = file_or_404(request, pk)
    return or_404(found if in_hand(found, request.user.organisation.path) else None)


def field_or_404(household: Household, form: FileForm, path: str) -> tuple[Household | Member, Field]:
    """The owner and the field of a path such as `phone` or `members.2.health`."""
    parts = path.split(".")
    if len(parts) == 1:
        return household, or_404(form.field("household", path))
    if len(parts) != 3 or parts[0] != "members" or not parts[1].isdecimal() or len(parts[1]) > 4:
        return household, or_404(None)
    member = or_404(household.members.filter(position=int(parts[1])).first())
    return member, or_404(form.field("member", parts[2]))


def entry_of(household: Household, text: str) -> FileEntry | None:
    """An entry of this file that has a note."""
    found = household.entries.filter(pk=key).first() if (key := _key(text)) else None
    return found if found and found.note else None


def measure_of(household: Household, text: str) -> Measure | None:
    """A measure of this household's plan, whether it was planned in this file or in one that was merged into it."""
    family = [household, *absorbed_by(household)]
    return Measure.objects.filter(household__in=family, pk=key).first() if (key := _key(text)) else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
