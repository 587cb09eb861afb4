"""Employers asked for places: who was first, what each promised and kept; and the places of a training."""

from datetime import date, timedelta

import pytest

from huigong.audit import queries as audit
from huigong.employment import actions, asked_for, queries
from huigong.employment.models import Employer, Graduate
from huigong.values.sentence import SaidError


def natures():
    return asked_for.by_nature(Employer.objects.all())


def test_promised_offered_and_kept_are_counted_and_kept_opens_its_names(centre):
    firm = centre.employer(1, nature="state_large", asked_on=date(2017, 7, 10), promised=2)
    centre.opening(firm, places=4)
    centre.opening(firm, kind="training", title="电工班", places=30)
    one, other = centre.graduate(1), centre.graduate(2)
    outcome = centre.hire(one, employer=firm)
    centre.hire(other, employer=firm, by_aid=False)
    told = asked_for.of_employer(firm)
    assert (told.one.promised, told.offered, told.kept, told.owed) == (2, 4, 1, 1)
    actions.lose(outcome, on=centre.today, why="left", **centre.by)
    again = centre.hire(one, employer=firm)
    (line,) = natures()
    assert (line.first_asked, line.promised, line.kept) == (date(2017, 7, 10), 2, 1), "who came back is one person"
    assert asked_for.at_work(firm, Graduate.objects.all()) == [again]
    assert asked_for.at_work(firm, Graduate.objects.none()) == []


@pytest.mark.parametrize(
    ("large", "small", "first"),
    [(0, 1, True), (1, 0, False), (0, 0, True), (None, 0, False), (0, None, True), (None, None, None)],
)
def test_whether_large_state_firms_were_asked_first(centre, large, small, first):
    for number, (nature, days) in enumerate((("state_large", large), ("private", small)), 1):
        asked_on = None if days is None else date(2017, 7, 10) + timedelta(days=days)
        centre.employer(number, nature=nature, asked_on=asked_on)
    assert asked_for.large_first(natures()) is first


def test_the_last_place_of_a_training_goes_to_one_person_who_may_come_again(centre):
    course = centre.opening(kind="training", title="驾驶证订单班", places=1)
    one, other = centre.graduate(1), centre.graduate(2)
    for _ in range(2):
        actions.serve(one, "made_to_order", on=centre.today, opening=course, **centre.by)
    assert (queries.left(course), list(queries.taken_up(course))) == (0, [one])
    with pytest.raises(SaidError, match="名额已经报满"):
        actions.serve(other, "made_to_order", on=centre.today, opening=course, **centre.by)
    assert not other.services.exists()
    assert "service.given" not in [told.action for told in audit.history(other.reference)]
