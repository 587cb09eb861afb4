"""Who may take a step of a campaign, and how the campaign page offers it."""

import re

import pytest
from django.urls import reverse

from huigong.intake.models import FormReceived, Paper
from huigong.organisations import actions as organisations
from huigong.organisations.queries import by_code
from huigong.studentaid.models import Application
from huigong.web.permissions import asked
from huigong.web.tests.steps.desk import (
    LATE,
    STEPS,
    WEI,
    statuses,
)

ROLES = ("preparer", "verifier", "approver", "finance", "auditor", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_each_step_opens_for_the_roles_of_the_table_and_for_nobody_else(desk, shared, at, role):
    officer = organisations.add_officer("辛", role=role, organisation=shared.city, by="system", at=at)
    client = desk(shared).sit(officer).client
    form = FormReceived.objects.get(name="01-as-printed.xlsx")
    addresses = {step: reverse(step, args=[shared.campaign.code]) for step in STEPS} | {
        "application-verify": reverse("application-verify", args=[WEI]),
        "application-paper": reverse("application-paper", args=[WEI]),
        "form-stamped": reverse("form-stamped", args=[form.pk]),
    }
    before = statuses(), Paper.objects.count()
    for name, address in addresses.items():
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code == 403) == (role not in asked(name)), (role, name)
    assert (statuses(), Paper.objects.count()) == before


def test_an_officer_of_another_city_finds_no_step(desk, shared, mo):
    client = desk(shared).sit(mo).client
    form = FormReceived.objects.first()
    addresses = [reverse(step, args=[shared.campaign.code]) for step in STEPS]
    addresses += [reverse(name, args=[WEI]) for name in ("application-verify", "application-paper")]
    for address in [*addresses, reverse("form-stamped", args=[form.pk])]:
        assert client.post(address).status_code == 404, address


def test_a_county_verifies_its_own_case_by_case_and_moves_no_city(desk, shared, at):
    county = organisations.add_officer("岑", role="verifier", organisation=by_code("450406"), by="system", at=at)
    at_desk = desk(shared).sit(county)
    for step in STEPS:
        assert at_desk.client.get(reverse(step, args=[shared.campaign.code])).status_code == 403
    page = at_desk.campaign()
    assert "由梧州市总工会" in page
    assert "/steps/" not in page
    Application.objects.filter(reference=LATE).update(verified_by="", verified_digest="")
    assert "审核了，由您署名" in at_desk.verify(LATE)
    assert Application.objects.get(reference=LATE).verified_by == county.username


def test_the_campaign_page_offers_each_step_to_who_may_with_its_count(desk, shared):
    at_desk = desk(shared)
    page = at_desk.campaign()
    assert re.search(r'<a class="do" href="[^"]*/steps/publish/">公示（15）</a>', page)
    assert "再看一遍" in page
    at_desk.sit(shared.qin)
    assert re.search(r'<a class="quiet small" href="[^"]*/steps/publish/">公示（15）', at_desk.campaign())
    assert "/steps/verify/" not in at_desk.campaign()
    at_desk.sit(shared.chen)
    assert "15 · 由审核或审批办" in at_desk.campaign()
    assert "/steps/" not in at_desk.campaign()


def test_what_comes_after_the_notice_is_put_to_a_decision(desk, shared):
    shared.publish()
    page = desk(shared).campaign()
    assert re.search(r'<a class="quiet small" href="[^"]*/approvals/">审批（15）', page) or "审批（15）" in page
