"""The campaign at each step, the clock of the pages, and a desk to sit at."""

import pytest
from django.test import Client

from huigong.audit.tests.kept import kept
from huigong.circulars.models import Campaign
from huigong.web.console.campaigns import working
from huigong.web.tests.campaign_at_work import campaign_at_work, empty_campaign
from huigong.web.tests.steps.desk import Desk


@kept
def received(at):
    work = empty_campaign(at)
    work.receive()
    work.note_papers()
    return work


@kept
def done(work, step):
    """The aid centre's verifier took this step on its page."""
    Desk(Client(), work).do(step)


@pytest.fixture
def taken(db, at, on):
    """Forms have come and their good rows are taken; no case is open."""
    on(8, 16)
    return received(at)


@pytest.fixture
def shared(db, at, on):
    on(8, 16)
    return campaign_at_work(at, up_to="shared")


@pytest.fixture
def undated(shared):
    """Nobody has said yet from which day the notice hangs."""
    Campaign.objects.update(notice_from=None)
    return shared


@pytest.fixture
def submitted(taken):
    done(taken, "step-submit")
    return taken


@pytest.fixture
def verified(submitted):
    done(submitted, "step-verify")
    return submitted


@pytest.fixture
def desk(client):
    return lambda work: Desk(client, work)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A step is done while the page waits: a thread would not see what the test has not committed."""
    monkeypatch.setattr(working, "apart", lambda do: do())
