"""Opening a campaign: days and circular that were promised stand."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from huigong.audit.queries import history
from huigong.circulars import actions, queries
from huigong.circulars.models import Campaign, CircularVersion

FOLDER = Path(settings.BASE_DIR) / "circulars" / "2017-wuzhou-21"
SUPPLEMENT = FOLDER / "supplement-example.toml"
DAYS = {"received_on": date(2017, 8, 7), "notice_from": date(2017, 8, 14)}


def opened(city, at, *, supplements=(SUPPLEMENT,), **days):
    version = actions.publish(FOLDER, list(supplements), officer="system", at=at)
    circular = queries.circular_of_version(version)
    return actions.open_campaign(version, circular, city, **(DAYS | days), officer="system", at=at)


def test_a_campaign_opened_twice_is_one(city, at):
    assert opened(city, at) == opened(city, at)
    assert [event.action for event in history("SA-450400-2017")] == ["campaign.opened"]


def test_other_days_are_refused(city, at):
    opened(city, at)
    with pytest.raises(actions.OtherCampaignError, match="2017-08-07"):
        opened(city, at, received_on=date(2017, 8, 8))


def test_a_supplement_after_places_were_given_is_refused_with_what_differs_and_what_to_do(city, at):
    opened(city, at, supplements=())
    with pytest.raises(actions.OtherCampaignError, match=r"这次新给 .*supplement-example\.toml.*HUIGONG_HOME"):
        opened(city, at)
    assert opened(city, at, supplements=()).version.supplements == []


def test_a_supplement_is_added_while_nothing_was_promised_and_history_tells_it(city, at):
    before = opened(city, at, supplements=())
    version = actions.publish(FOLDER, [SUPPLEMENT], officer="system", at=at)
    circular = queries.circular_of_version(version)
    told = DAYS | {"officer": "system", "at": at}
    after = actions.open_campaign(version, circular, city, **told, may_supplement=lambda _campaign: True)
    assert (after.pk, after.version) == (before.pk, version)
    assert [event.action for event in history(after.code)] == ["campaign.opened", "campaign.supplemented"]
    with pytest.raises(actions.OtherCampaignError, match="不换通知"):
        opened(city, at, supplements=())


def test_another_circular_is_refused(city, at):
    opened(city, at)
    with pytest.raises(actions.OtherCampaignError, match="不换通知"):
        opened(city, at, supplements=())


def test_a_day_that_was_not_given_may_be_added(city, at):
    opened(city, at, notice_from=None)
    assert opened(city, at).notice_from == date(2017, 8, 14)


def test_the_first_day_of_the_notice_is_set_once(city, at):
    campaign = opened(city, at, notice_from=None)
    for _ in range(2):
        actions.date_notice(campaign, date(2017, 8, 14), officer="huang", at=at)
    assert (campaign.notice_from, Campaign.objects.get().notice_from) == (date(2017, 8, 14), date(2017, 8, 14))
    assert [event.action for event in history(campaign.code)] == ["campaign.opened", "campaign.dated"]
    with pytest.raises(actions.OtherCampaignError, match="2017-08-14"):
        actions.date_notice(campaign, date(2017, 8, 15), officer="huang", at=at)
    assert opened(city, at).notice_from == date(2017, 8, 14)


def test_a_published_circular_cannot_be_changed(city, at):
    campaign = opened(city, at)
    assert queries.circular_of(campaign).digest == campaign.version.digest
    with pytest.raises(DatabaseError, match="huigong guard"), transaction.atomic():
        CircularVersion.objects.update(number="别的")
