"""Which desk receives a form is the circular's data: the wrong desk answers with the right one and its clause."""

import pytest

from huigong.circulars import actions as circulars
from huigong.circulars.models import Campaign
from huigong.intake.lifecycle import ACCEPTED, READY
from huigong.intake.models import FormReceived
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.organisations.queries import placed_under
from huigong.rules import loading
from huigong.web.tests.forms.desk import officer, said, statuses

PRINTED = "01-as-printed.xlsx"
"""Sent by 藤县糖业公司工会, below 藤县."""


def route(work, word):
    """The same campaign under the circular with forms going elsewhere; as data, no line of code differs."""
    texts = dict(work.campaign.version.texts)
    texts["circular.toml"] = texts["circular.toml"].replace('forms = "campaign"', f'forms = "{word}"')
    circular = loading.from_texts(texts, ["supplement-example.toml"])
    version = circulars.publish_loaded(circular, ["supplement-example.toml"], officer="system", at=work.at)
    Campaign.objects.update(version=version)


@pytest.fixture
def county(work, at):
    """邓, at the aid centre of 藤县."""
    return officer("aid_centre", work.lu.organisation.parent, at)


def test_the_county_does_not_receive_what_goes_to_the_city(desk, work, county):
    client = desk.sign_in(county)
    page = said(client.get(desk.home))
    assert "登记表交到梧州市总工会困难职工帮扶中心（五(三)），这里不收" in page
    assert 'type="file"' not in page
    answer = said(desk.hand_in(PRINTED))
    assert "按五(三)交到梧州市总工会困难职工帮扶中心，藤县总工会不收" in answer
    assert not FormReceived.objects.exists()


def test_the_county_sees_and_cannot_take_what_the_city_received(desk, work, county):
    desk.sign_in(work.huang)
    desk.hand_in(PRINTED)
    desk.sign_in(county)
    assert 'id="take"' not in said(desk.page(PRINTED))
    assert "不收" in said(desk.post(PRINTED, "form-take"))
    assert statuses(desk.form(PRINTED)) == [READY] * 6


def test_under_another_circular_the_county_receives_and_the_city_does_not(desk, work, county):
    route(work, "federation")
    desk.sign_in(work.huang)
    assert "交到藤县困难职工帮扶中心" in said(desk.hand_in(PRINTED)).replace("藤县总工会困难", "藤县困难")
    assert not FormReceived.objects.exists()
    desk.sign_in(county)
    desk.hand_in(PRINTED)
    desk.post(PRINTED, "form-take")
    assert statuses(desk.form(PRINTED)) == [ACCEPTED] * 6


def test_a_unit_hands_in_whichever_desk_receives(desk, work):
    for word in ("federation", "centre"):
        route(work, word)
    desk.sign_in(work.lu)
    desk.hand_in(PRINTED)
    assert FormReceived.objects.get().unit == work.lu.organisation


def test_the_competent_centre_has_what_the_circular_sends_by_place_and_nothing_else(desk, work, at, client):
    """岑溪 is competent by place for a unit of 藤县: it opens the unit's form only where forms go by place."""
    cenxi = work.city.children.get(code="450481")
    told = {"on": at.date(), "paper": "梧工发〔2017〕2号", "officer": "su", "at": at}
    organisations.place_under_centre(work.lu.organisation, cenxi.aid_centre, **told)
    desk.sign_in(work.huang)
    desk.hand_in(PRINTED)
    gan = officer("aid_centre", cenxi, at)
    desk.sign_in(gan)
    assert desk.page(PRINTED).status_code == 404
    assert PRINTED not in said(client.get(desk.home))
    route(work, "centre")
    assert desk.page(PRINTED).status_code == 200
    assert PRINTED in said(client.get(desk.home))
    desk.post(PRINTED, "form-take")
    assert statuses(desk.form(PRINTED)) == [ACCEPTED] * 6


def test_a_unit_within_a_placed_one_goes_with_it_and_one_with_a_centre_of_its_own_does_not(city, at):
    from_by = {"kind": "park_union", "level": "grassroots", "officer": "su", "at": at}
    park = organisations.add_unit("园区工会", code="p1", parent=city, **from_by)
    inner = organisations.add_unit("厂工会", code="p2", parent=park, **from_by)
    other = organisations.add_unit("店工会", code="p3", parent=park, **from_by)
    county = city.children.get(code="450422")
    told = {"on": at.date(), "paper": "x", "officer": "su", "at": at}
    organisations.place_under_centre(park, county.aid_centre, **told)
    organisations.place_under_centre(other, city.aid_centre, **told)
    placed = organisations_of(county)
    assert placed == {park.code, inner.code}
    assert organisations_of(city) == {park.code, inner.code, other.code}


def organisations_of(office):
    return set(Organisation.objects.filter(placed_under(office)).values_list("code", flat=True))
