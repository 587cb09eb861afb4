"""事实变了: what is on notice and changed goes back to verification by a verifier's hand, and its place is free."""

import pytest

from huigong.audit.queries import history
from huigong.organisations.hands import OtherRoleError
from huigong.payments.queries import standing_against
from huigong.studentaid import actions
from huigong.studentaid.tests.office import WEI
from huigong.values.sentence import SaidError

CASE = "SA-450422-2017-00001"


@pytest.fixture
def changed(office):
    """The file was closed while the notice hung."""
    office.file(WEI)
    office.send(WEI.row())
    office.carry("published")
    office.file(households=[WEI.household(档案状态="脱困")])
    assert office.approve() == 0
    return office


def send_back(office, by=None):
    actions.send_back(office.case(), officer=by or office.huang, at=office.at)


def test_what_changed_is_decided_on_what_it_is_now(changed):
    send_back(changed)
    assert (changed.case().status, standing_against([CASE])) == ("submitted", {})
    told = next(one for one in history(CASE) if one.action == "application.reopened")
    assert told.payload["because"] == "facts_changed"
    changed.vouch()
    assert changed.case().status == "incomplete"


def test_it_is_a_verifiers_and_only_while_something_changed(changed):
    with pytest.raises(OtherRoleError):
        send_back(changed, by=changed.qin)
    changed.file(households=[WEI.household()])
    assert changed.approve() == 1
    with pytest.raises(SaidError, match="没有退回"):
        send_back(changed)
    assert changed.case().status == "approved"
