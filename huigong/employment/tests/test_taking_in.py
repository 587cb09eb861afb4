"""Taking graduates in: one person once, zero-employment households first, and the other union is named."""

from huigong.audit import queries as audit
from huigong.employment import actions
from huigong.employment.models import Graduate
from huigong.organisations.models import Organisation


def test_zero_employment_households_come_first_and_numbers_follow(centre):
    lines = [centre.line(1), centre.line(2, zero_employment=True), centre.line(3)]
    done = actions.take_in(lines, **centre.by)
    assert [one.reference for one in done.fresh] == [f"GE-450400-2017-0000{n}" for n in (1, 2, 3)]
    assert Graduate.objects.get(reference="GE-450400-2017-00001").name == lines[1].name
    assert {told.payload["to"] for one in done.fresh for told in audit.history(one.reference)} == {"open"}


def test_the_same_person_again_is_not_taken_in_again(centre):
    first = centre.graduate(1)
    done = actions.take_in([centre.line(1, name="韦小雨（别字）"), centre.line(1)], **centre.by)
    assert (done.fresh, done.same) == ([], [first.reference])
    assert Graduate.objects.count() == 1


def test_a_person_who_stands_twice_in_a_list_keeps_the_flag_and_is_told(centre):
    done = actions.take_in([centre.line(1, zero_employment=True), centre.line(1, zero_employment=False)], **centre.by)
    assert ([one.zero_employment for one in done.fresh], done.repeated) == ([True], [centre.line(1).name])


def test_whoever_another_union_has_is_named_and_stays_there(centre, city):
    county = Organisation.objects.get(code="450422")
    one = centre.graduate(1, federation=county)
    done = actions.take_in([centre.line(1)], **centre.by)
    assert (done.fresh, done.elsewhere) == ([], [(one.name, "藤县总工会")])


def test_whoever_the_file_says_is_at_work_needs_no_help_and_is_not_called(centre):
    one = centre.graduate(1, found="employed")
    assert (one.status, one.needs_help, one.proven, one.act_on) == ("settled", False, True, None)
    assert one.outcomes.get().evidence == "survey"


def test_number_and_telephone_lie_encrypted(centre):
    one = Graduate.objects.get(pk=centre.graduate(1).pk)
    line = centre.line(1)
    assert (one.id_number.plain(), one.phone.plain()) == (line.id_number, line.phone)
    told = "".join(str(event.payload) for event in audit.history(one.reference))
    assert line.id_number not in told
    assert line.name not in told
