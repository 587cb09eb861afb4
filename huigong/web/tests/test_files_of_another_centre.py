"""A file under review is reviewed at the centre that the circular at work names, and at no other: on the page and behind it."""

from html import unescape

import pytest
from django.urls import reverse

from huigong.circulars.tests.test_routing import campaign, unit  # noqa: F401  fixtures
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.registry import actions
from huigong.registry.actions import Done
from huigong.registry.models import Household
from huigong.registry.tests.lives import drafted

BACKEND = "django.contrib.auth.backends.ModelBackend"
REFUSED = "按五(四)报梧州市总工会困难职工帮扶中心审核，藤县总工会不办"


@pytest.fixture
def file(campaign, unit, at):  # noqa: F811
    """A file that 陆 of the sugar works handed in: her unit is under the county by command, under the city's centre by place."""
    lu = organisations.add_officer("陆", role="preparer", organisation=unit, by="system", at=at)
    file = drafted(lu, at)
    actions.report(file, Done(at.date(), "lu", at), version=file.version)
    return Household.objects.get(pk=file.pk)


@pytest.fixture
def tang(city, at):
    county = Organisation.objects.get(code="450422")
    return organisations.add_officer("唐", role="verifier", organisation=county, by="system", at=at)


@pytest.fixture
def take(client, file, on):
    """Takes a step as an officer and gives what the page says then."""
    on(8, 7)

    def taking(officer, step):
        client.force_login(officer, backend=BACKEND)
        file.refresh_from_db()
        address = reverse("household-keep", args=[file.pk, step])
        told = {"version": file.version, "word": "未享受低保，收入核对无异议", "note": "核过"}
        return unescape(client.post(address, told, follow=True).content.decode())

    return taking


def test_a_file_begins_at_the_centre_to_which_the_circular_sends_it(file, city):
    assert (file.federation, file.unit.name) == (city, "糖厂工会")


@pytest.mark.parametrize("step", ["civil_affairs", "check", "put_back"])
def test_the_office_above_by_command_reviews_nothing(take, tang, file, step):
    assert REFUSED in take(tang, step)
    file.refresh_from_db()
    assert (file.status, file.entries.count()) == ("reported", 1)


def test_its_page_says_where_and_by_which_clause(client, take, tang, file):
    client.force_login(tang, backend=BACKEND)
    page = unescape(client.get(reverse("household", args=[file.pk])).content.decode())
    assert "按五(四)由梧州市总工会困难职工帮扶中心审核" in page
    assert reverse("household-keep", args=[file.pk, "civil_affairs"]) not in page


def test_the_centre_that_is_named_takes_the_step(take, huang, file):
    assert "办好了" in take(huang, "civil_affairs")


def test_after_the_campaign_the_line_of_command_holds_again(take, tang, on):
    on(12, 1)
    assert "办好了" in take(tang, "civil_affairs")
