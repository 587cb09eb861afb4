"""Keep employers and what they offer: by sheet, by pasting an advertisement, or typed; on offer once the employer confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.employment import codes
from huigong.employment.columns import EMPLOYER, OPENING
from huigong.employment.lifecycle import CLOSED, NEXT_OF_OPENINGS, ON_OFFER, PROPOSED
from huigong.employment.models import Employer, Opening
from huigong.lifecycle import actions as lifecycle
from huigong.organisations.models import Organisation
from huigong.values import credit_code
from huigong.values.sentence import SaidError, Sentence
from huigong.vault import actions as vault

_EMPLOYER = "employer"
"""Whom history names where the employer said it itself."""


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """What is said of an opening, however it came."""

    kind: str
    title: str
    places: int
    valid_until: date
    source: str
    work: str = ""
    place: str = ""
    level: str = ""
    majors: Sequence[str] = ()
    skills: Sequence[str] = ()
    teaches: Sequence[str] = ()
    pay_fen: int | None = None
    grassroots: bool = False
    poor_area: bool = False
    remote_area: bool = False
    incentive: str = ""
    advert: str = ""


@dataclass(frozen=True, slots=True)
class EmployerLine:
    """What is said of an employer; its code is checked when it is kept."""

    code: str
    name: str
    nature: str
    contact: str = ""
    phone: str = ""
    asked_on: date | None = None
    promised: int = 0


@transaction.atomic
def keep_employer(federation: Organisation, line: EmployerLine, *, officer: str, at: datetime) -> Employer:
    """The employer of that code, as it is told now; what is not told stays. Raises SaidError for a code that cannot be.

    What it is called and of what nature it is says the office that keeps it, or one above: another only adds to it.
    """
    code = credit_code.parse(line.code)
    if not line.name.strip():
        raise SaidError(Sentence("employer_nameless", "请写单位名称。", "Write the employer's name."))
    found = _employer(code)
    one = found or Employer(federation=federation, credit_code=code, data_key=vault.new_data_key(), by=officer)
    before = EMPLOYER.told(one) if found else ""
    if one.federation.path.startswith(federation.path):
        one.name, one.nature = line.name.strip()[:100], line.nature or one.nature or Employer.Nature.OTHER
    one.contact = line.contact.strip()[:50] or one.contact
    one.phone = line.phone or one.phone
    one.asked_on = line.asked_on or one.asked_on
    one.promised = max(line.promised, one.promised)
    if EMPLOYER.told(one) != before:
        try:
            with transaction.atomic():
                one.save()
        except IntegrityError:
            if found or _employer(code) is None:
                raise
            # Another office kept the same code in this moment: what is told here is told of the row that it made.
            return keep_employer(federation, line, officer=officer, at=at)
        # A code of many digits looks like somebody's number: history names the employer by its key.
        told = {"promised": one.promised, "columns": EMPLOYER.told(one)}
        audit.record("employer.kept", subject=str(one.pk), officer=officer, at=at, payload=told)
    return one


@transaction.atomic
def keep_opening(
    employer: Employer, federation: Organisation, line: OpeningLine, *, officer: str, at: datetime
) -> Opening:
    """A new opening, which waits for its employer's word; the same one again (employer, kind, title, place) is that one."""
    _refuse(line, today=timezone.localdate(at))
    locked = Organisation.objects.select_for_update().get(pk=federation.pk)
    same = Opening.objects.filter(
        employer=employer, kind=line.kind, title=line.title.strip()[:80], place=line.place.strip()[:40]
    )
    if standing := same.exclude(status=CLOSED).first():
        return standing
    year = timezone.localdate(at).year
    number = Opening.objects.filter(reference__startswith=f"OP-{locked.code}-{year}-").count() + 1
    one = Opening(
        reference=f"OP-{locked.code}-{year}-{number:05d}",
        federation=locked,
        employer=employer,
        data_key_id=employer.data_key_id,
        kind=line.kind,
        title=line.title.strip()[:80],
        work=line.work,
        place=line.place.strip()[:40],
        level=line.level,
        majors=list(line.majors),
        skills=list(line.skills),
        teaches=list(line.teaches),
        pay_fen=line.pay_fen,
        places=line.places,
        grassroots=line.grassroots,
        poor_area=line.poor_area,
        remote_area=line.remote_area,
        incentive=line.incentive.strip()[:200],
        valid_until=line.valid_until,
        source=line.source,
        advert=line.advert.strip()[:8000] or None,
        by=officer,
    )
    lifecycle.begin(one, PROPOSED, at=at)
    one.save(force_insert=True)
    told = {"to": PROPOSED, "places": one.places, "columns": OPENING.told(one)}
    audit.record("opening.proposed", subject=one.reference, officer=officer, at=at, payload=told)
    return one


@transaction.atomic
def confirm_opening(opening: Opening, *, on: date, officer: str, at: datetime) -> None:
    """The employer said that it is so: from now on it is on offer. Raises SaidError for one that ran out."""
    found = _locked(opening)
    if found.valid_until < timezone.localdate(at):
        raise SaidError(
            Sentence(
                "opening_ran_out",
                f"这个岗位有效到 {found.valid_until}，已经过期；还招的话请另记一个。",
                f"This opening was valid until {found.valid_until}; note a new one if they still hire.",
            )
        )
    found.confirmed_on = on
    _advance(found, ON_OFFER, "opening.confirmed", officer=officer, at=at)


@transaction.atomic
def confirm_by_code(reference: str, code: str, *, offers: bool, at: datetime) -> Opening:
    """The employer says by the code that the opening is so, or that nobody is wanted any more; once more changes nothing."""
    found = opening_of_code(reference, code)
    if offers and found.status == PROPOSED:
        confirm_opening(found, on=timezone.localdate(at), officer=_EMPLOYER, at=at)
    elif not offers and found.status != CLOSED:
        close_opening(found, officer=_EMPLOYER, at=at)
    found.refresh_from_db()
    return found


def opening_of_code(reference: str, code: str) -> Opening:
    """The opening that an employer's code is of. Raises SaidError for a wrong one, telling nothing else."""
    found = Opening.objects.select_related("employer").filter(reference=reference).first()
    if found is None or not codes.is_right_of_opening(found, code):
        raise SaidError(
            Sentence(
                "opening_code_unknown",
                "编号或确认码不对，请照工会发来的再输一遍；还不行，请打上面的电话。",
                "The number or the code is not right: copy it again, or call the union that sent it.",
            )
        )
    return found


@transaction.atomic
def close_opening(opening: Opening, *, officer: str, at: datetime) -> None:
    """Filled or withdrawn: nobody is proposed for it any more."""
    _advance(_locked(opening), CLOSED, "opening.closed", officer=officer, at=at)


@transaction.atomic
def expire(federation: Organisation, *, officer: str, at: datetime) -> int:
    """Close everything below a federation that is valid no longer; returns how many."""
    over = Opening.objects.select_for_update().filter(
        federation__path__startswith=federation.path, valid_until__lt=timezone.localdate(at)
    )
    gone = list(over.exclude(status=CLOSED).order_by("reference"))
    for one in gone:
        _advance(one, CLOSED, "opening.expired", officer=officer, at=at)
    return len(gone)


def _employer(code: str) -> Employer | None:
    return Employer.objects.select_for_update().filter(credit_code=code).first()


def _refuse(line: OpeningLine, *, today: date) -> None:
    if not line.title.strip() or line.places < 1:
        raise SaidError(
            Sentence(
                "opening_unfit", "请写岗位名称，名额至少 1 个。", "Write what it is called, with one place at least."
            )
        )
    if line.valid_until < today:
        raise SaidError(
            Sentence(
                "opening_over",
                f"有效期 {line.valid_until} 已经过了。",
                f"It was valid until {line.valid_until} only.",
            )
        )


def _locked(opening: Opening) -> Opening:
    return Opening.objects.select_for_update(of=("self",)).get(pk=opening.pk)


def _advance(found: Opening, to: str, action: str, *, officer: str, at: datetime) -> None:
    lifecycle.advance_all(
        [lifecycle.Move(found, to, found.reference, action, {"columns": OPENING.told(found)})],
        next_table=NEXT_OF_OPENINGS,
        officer=officer,
        at=at,
        also=("confirmed_on",),
    )
