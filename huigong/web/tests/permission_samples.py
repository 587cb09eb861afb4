"""An object of each kind for the walk through the table, and officers who stand to it in each relation.

A new kind of object: one line of SAMPLES, the words of its address. `work` is the campaign at work.
"""

from uuid import UUID

from huigong.approvals import actions as approvals
from huigong.audit import actions as audit
from huigong.casework import actions as casework
from huigong.casework.tests.worked import picture, told
from huigong.circulars import actions as circulars
from huigong.circulars import plans
from huigong.documents import actions as documents
from huigong.employment import actions as employment
from huigong.employment.tests.served import Centre, greedy
from huigong.grievances import actions as grievances
from huigong.intake import actions as intake
from huigong.intake.models import FormReceived
from huigong.ledger import actions as ledger
from huigong.organisations import actions as organisations
from huigong.organisations.models import AidCentre, Organisation
from huigong.organisations.queries import within
from huigong.partners import actions as partners
from huigong.payments import actions as payments
from huigong.publicnotices import actions as publicnotices
from huigong.registry import actions as registry
from huigong.registry.employing import employer_of
from huigong.registry.models import FileMark, Household, Likeness
from huigong.rules import loading
from huigong.studentaid.models import Application
from huigong.values.bank_card import passes_luhn
from huigong.values.working_days import shipped_calendar
from huigong.vault import actions as vault

SAMPLES = {
    "campaign": lambda work: ({"code": work.campaign.code}, work.city),
    "form": lambda work: _form(FormReceived.objects.get(name="01-as-printed.xlsx"), work),
    "application": lambda work: _application(Application.objects.get(reference="SA-450422-2017-00001"), work),
    "unit": lambda work: ({"pk": work.lu.organisation.pk}, work.lu.organisation),
    "sheet": lambda work: ({"pk": _sheet(work).pk}, work.city),
    "plan": lambda work: ({"pk": _plan(work).pk}, Organisation.objects.get(code="450422")),
    "approval": lambda work: ({"approval": _approval(work).number}, work.city),
    "batch": lambda work: (_batch(work), work.city),
    "bulk": lambda work: (
        {"pk": casework.note_bulk(work.campaign.code, [], officer=work.huang, at=work.at).pk},
        work.city,
    ),
    "look": lambda work: ({"pk": _look(work).pk}, work.city),
    "slip": lambda work: _slip(work, Application.objects.get(reference="SA-450422-2017-00001")),
    "notice": lambda work: ({"number": _notice(work).number}, work.city),
    "grievance": lambda work: ({"number": _grievance(work).number}, work.city),
    "posting": lambda work: ({"pk": _notice(work).postings.get().pk}, work.lu.organisation),
    "officer": lambda work: ({"pk": work.lu.pk}, work.lu.organisation),
    "national-dump": lambda work: (
        {"pk": registry.keep_dump([], name="a.xlsx", officer=work.huang, at=work.at).pk},
        work.city,
    ),
    "survey": lambda work: ({"pk": registry.freeze(work.city, officer="huang", at=work.at).pk}, work.city),
    "likeness": lambda work: _likeness(work.at),
    "exchange": lambda work: ({"pk": _exchange(work).pk}, work.city),
    "household": lambda work: _household("450422"),
}

SAMPLES |= {
    "graduate": lambda work: ({"pk": _served(work).graduate(41).pk}, work.city),
    "opening": lambda work: ({"pk": _served(work).opening(title="收银").pk}, work.city),
    "round": lambda work: ({"pk": employment.propose(work.city, **_served(work).by, solve=greedy).pk}, work.city),
    "return": lambda work: ({"pk": _frozen(work).pk}, work.city),
}

WORDS = {
    "pk": UUID(int=0),
    "group": "graduates",
    "count": "in_school",
    "form": "xlsx",
    "round": 1,
    "page": 1,
    "number": 1,
    "position": 1,
    "part": "worker",
    "kind": "docx",
    "step": "report",
    "measure": UUID(int=0),
    "aid": UUID(int=0),
    "entry": UUID(int=0),
    "hit": UUID(int=0),
    "outcome": UUID(int=0),
    "recovery": UUID(int=0),
    "paper": "board",
    "which": "statement",
    "name": "register.xlsx",
    "original": "minutes",
    "printed": "list",
}
"""The other words of addresses: any that its view takes."""


def _served(work):
    return Centre(work.city, work.huang, at=work.at)


def _frozen(work):
    centre = _served(work)
    return employment.freeze(work.campaign, work.city, as_of=centre.today, **centre.by)


def _sheet(work):
    scan = documents.store(b"%PDF-1.4", name="单.pdf", media_type="application/pdf", officer="huang", at=work.at)
    told = {"act": "approve", "reference": work.campaign.code, "organisation": work.city, "signed_on": work.at.date()}
    return organisations.enter_sheet(work.qin, **told, minutes="2017-9", scan=scan, clerk=work.huang, at=work.at)


def _notice(work):
    unit = work.lu.organisation
    names = ("韦小雨", "普通高校本科", "藤县", "金秋助学", "韦秀兰", unit.name)
    placed = publicnotices.Placed("SA-450422-2017-00001", *names, 300_000, unit_id=unit.pk)
    told = {"rule": work.circular.notice, "from_day": work.at.date(), "calendar": shipped_calendar()}
    return publicnotices.publish(work.campaign, [placed], **told, officer="huang", at=work.at)


def _plan(work):
    scan = documents.store(b"%PDF-1.4 plan", name="a.pdf", media_type="application/pdf", officer="huang", at=work.at)
    told = {
        "paper": "藤工发〔2017〕9号",
        "filed_on": work.at.date(),
        "provisions": [],
        "scan": scan,
        "officer": "huang",
    }
    county = Organisation.objects.get(code="450422")
    return plans.file_plan(work.campaign, work.circular, county, **told, at=work.at)


def _approval(work):
    scan = documents.store(b"%PDF-1.4", name="纪要.pdf", media_type="application/pdf", officer="huang", at=work.at)
    asked = [approvals.Asked("SA-450422-2017-00001", 300_000)]
    minutes = approvals.Minutes("2017-9", work.at.date(), "覃、黄", scan)
    told = {"fund_source": "regional-2017", "officer": work.huang, "at": work.at}
    return approvals.prepare(work.campaign, asked, minutes, **told)


def _grievance(work):
    told = grievances.Told("objection", "visit", "说这一家不困难")
    return grievances.record(work.campaign, told, submission=UUID(int=1), officer="huang", at=work.at)


def _batch(work):
    """A batch, and the scan of a reply on paper that is being keyed."""
    told = {"reference": "SA-450422-2017-00001:aid:1:pending", "code": "student-aid", "kind": "pending"}
    accounts = {"fund:regional-2017": "yes", "aid:regional-2017:450422": "no"}
    for code, overdrawn in accounts.items():
        opened = {"federation": work.city, "may_be_overdrawn": overdrawn, "officer": "qin", "at": work.at}
        ledger.open_account(code, code, **opened)
    debit, credit = accounts
    ledger.post(ledger.Entry(debit=debit, credit=credit, fen=300_000, **told), officer="qin", at=work.at)
    number = next(text for digit in range(10) if passes_luhn(text := f"621700000000001{digit}"))
    order = payments.Order(
        "SA-450422-2017-00001", "韦秀兰", number, vault.new_data_key().id, 300_000, told["reference"]
    )
    paid = {"fund_source": "regional-2017", "officer": "chen", "at": work.at}
    (batch,) = payments.release(work.campaign, [order], **paid)
    scan = documents.store(b"%PDF-1.4 reply", name="回单.pdf", media_type="application/pdf", officer="c", at=work.at)
    payments.take_file(batch, officer=work.chen, at=work.at)
    payments.key_reply(
        batch,
        b"%PDF-1.4 reply",
        [payments.KeyedLine(1, "paid")],
        dated=work.at.date(),
        name="回单.pdf",
        officer=work.chen,
        at=work.at,
    )
    return {"batch": batch.number, "pk": scan.pk}


def _look(work):
    told = {"seed": "2017", "size": 1, "officer": work.huang, "at": work.at}
    return casework.draw(work.campaign.code, ["SA-450422-2017-00001"], **told).looks.get()


def _slip(work, application):
    told = {"paper": "admission_letter", "received_from": "韦秀兰", "officer": work.huang, "at": work.at}
    day = work.at.date()
    slip = casework.receive_original(application.reference, **told, on=day, due_back_on=day)
    return {"number": slip.number}, application.unit


def _form(form, work):
    """A form that goes to the centre that is competent by place: only then is there something for it to open. A scan of its
    stamped page was read.
    """
    told = {"officer": work.lu.username, "at": work.at}
    scan = documents.store(picture(), name="盖章页.png", media_type="image/png", **told)
    compared = {"outcome": "no_code", "document": str(scan.pk), "rows": "", "columns": "", "added": "", "gone": ""}
    audit.record("form.stamp_compared", subject=intake.form_reference(form), payload=compared, **told)
    campaign = form.campaign
    texts, supplements = dict(campaign.version.texts), campaign.version.supplements
    texts["circular.toml"] = texts["circular.toml"].replace('forms = "campaign"', 'forms = "centre"')
    circular = loading.from_texts(texts, supplements)
    campaign.version = circulars.publish_loaded(circular, supplements, officer="system", at=form.received_at)
    campaign.save(update_fields=["version"])
    return {"pk": form.pk}, form.unit


def _application(application, work):
    """A case with a scan and a one-time notice, as the desk leaves it."""
    at, reference = work.at, application.reference
    scan = casework.add_scan(reference, picture(), paper="admission_letter", name="a.png", officer=work.huang, at=at)
    notice = told(work.huang, at, reference=reference)
    return {"reference": reference, "scan": scan.pk, "point": notice.points.get(criterion="").pk}, application.unit


def _likeness(at):
    """Two files of one county."""
    one, other = Household.objects.filter(federation__code="450422")[:2]
    told = {"one_position": 0, "other_position": 0, "pattern": 0, "found_at": at}
    return {"pk": Likeness.objects.create(one=one, other=other, **told).pk}, one.federation


def _exchange(work):
    asked = partners.Asked("民政局", "金秋助学", "办法第五条", "函1号", 100, work.at.date(), work.at.date())
    return partners.invite(asked, officer=work.huang, at=work.at)


def _household(code):
    """A file that lies at this federation and at no unit as well."""
    marks = FileMark.objects.filter(federation__code=code).order_by("file_number")
    file = next(mark.household for mark in marks if employer_of(mark) is None)
    return {"pk": file.pk}, file.federation


def offices(owner):
    """For each relation an organisation that stands so to the owner; new ones where the tree has none."""
    over = owner.parent or _above(owner)
    aside = _made("450499", over)
    found = {
        "own": owner,
        "below": over,
        "competent": aside,
        "above": within(owner).exclude(pk=owner.pk).first() or _made(f"{owner.code}-x", owner),
        "beside": _made("450498", over),
        "none": _made("450300", None),
    }
    owner.competent_centre = AidCentre.objects.create(federation=aside, name="别处的帮扶中心")
    owner.save(update_fields=["competent_centre"])
    return found


def _made(code, parent):
    path = f"{parent.path if parent else '/'}{code}/"
    level = "county" if parent else "city"
    return Organisation.objects.create(
        code=code, name=f"{code}总工会", kind="federation", level=level, parent=parent, path=path
    )


def _above(owner):
    """A province above a city that was the top of its tree: everything moves one step down."""
    region = _made("450000", None)
    for one in within(owner):
        one.path = region.path + one.path.removeprefix("/")
        if one.pk == owner.pk:
            one.parent = region
        one.save(update_fields=["path", "parent"])
    owner.refresh_from_db()
    return region


def officer_in(office, role, at):
    return organisations.add_officer(f"{role}{office.code}"[:20], role=role, organisation=office, by="system", at=at)
