"""An approval form at work: the minutes of a collective decision, and the boxes written one after the other."""

from datetime import timedelta

from huigong.approvals.actions import Given, Minutes
from huigong.documents import actions as documents
from huigong.publicnotices.tests.boards import speak_for_all
from huigong.studentaid import actions
from huigong.studentaid.tests.office import AFTER

YES, NO = Given(agrees=True, words=""), Given(agrees=False, words="材料再看一看")


def minutes(at, *, held_on=AFTER, attendees="覃、黄、陈", number="梧工办纪要〔2017〕31号"):
    scan = documents.store(b"%PDF-1.4 minutes", name="纪要.pdf", media_type="application/pdf", officer="huang", at=at)
    return Minutes(number, held_on, attendees, scan)


def later(office):
    return office.at + timedelta(days=20)


def put(office, by=None, fund_source="", **changes):
    """Put everything that is ready to the decision."""
    at = later(office)
    speak_for_all(office.huang, at=at)
    told = {"officer": by or office.huang, "on": AFTER, "at": at, "fund_source": fund_source}
    return actions.prepare_approval(office.campaign, office.circular, minutes(at, **changes), **told)


def sign(office, form, officer, given=YES):
    return actions.sign_approval(form, office.circular, given, officer=officer, on=AFTER, at=later(office))


def signed(office, form=None):
    """Handler, finance and deputy agree; returns the form and how many were approved."""
    form = form or put(office)
    counts = [sign(office, form, officer) for officer in (office.huang, office.finance, office.qin)]
    return form, counts[-1]
