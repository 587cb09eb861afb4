"""Fill a finished campaign's installation up to a large city: invented files with members, aid, groups and measures, and copies of its cases.

Every batch is its own transaction and made from its own seed, so that the same batch is the same people on every machine
and one that was cut short is made again. Rows are written past the actions (no events are told of them): what is measured
is how they are found and shown, and their search keys and marks are written by the product's own hook.
"""

import time
from datetime import date, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from benchmarks.desk.loading import loading
from benchmarks.invented.people import GIVEN_FEMALE, GIVEN_MALE, SURNAMES, People
from huigong.casework.models import Assignment, CaseAssignee
from huigong.intake.models import FormReceived, FormRow
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer, Organisation
from huigong.registry import derived
from huigong.registry.fields import fill
from huigong.registry.models import AidGiven, Household, KeyGroup, Measure, Member
from huigong.studentaid import found_by
from huigong.studentaid.models import Application, Decision
from huigong.vault import actions as vault

_BATCH = 1_000
CITY = "450400"
_RELATIVES = ("配偶", "女儿", "儿子", "父亲")
_CHILDREN = _RELATIVES[1:3]
_SCHOOLINGS = (
    {},
    {"education_level": "senior_high", "school": "梧州市高级中学", "occupation": "在读", "entry_year": 2016, "length_years": 3},
    {"education_level": "higher", "school": "广西大学", "occupation": "在读", "entry_year": 2016, "length_years": 4},
    {"education_level": "junior_high", "school": "梧州市第一中学", "occupation": "在读", "entry_year": 2015, "length_years": 3},
    {"education_level": "higher", "school": "梧州学院", "occupation": "毕业未就业", "entry_year": 2013, "length_years": 4},
    {"education_level": "secondary_vocational", "school": "梧州商贸学校", "occupation": "在读", "entry_year": 2015, "length_years": 3},
    {"education_level": "higher", "school": "广西大学", "occupation": "已就业", "entry_year": 2012, "length_years": 4},
)  # fmt: skip
_CATEGORIES = ("低保户", "低保边缘户", "意外致困户")


def build(*, households, applications):
    """Up to so many files and applications, those of the campaign included."""
    begun = time.monotonic()
    homes = list(Organisation.objects.filter(kind="federation").order_by("code"))
    employers = {
        one.pk: list(one.children.exclude(kind="federation").order_by("code").values_list("name", flat=True)[:40])
        for one in homes
    }
    campaign_files = Household.objects.exclude(file_number__startswith="DK").count()
    if Household.objects.count() < households or Application.objects.count() < applications:
        with loading():
            _fill(households, campaign_files, applications, homes, employers, begun)
    with transaction.atomic():
        look_after()
    people = Household.objects.count() + Member.objects.count()
    print(
        f"{Household.objects.count()} households, {people} people, {Application.objects.count()} applications; "
        f"built in {time.monotonic() - begun:.0f} s, {time.process_time():.0f} s of the processor",
        flush=True,
    )


def _fill(households, campaign_files, applications, homes, employers, begun):
    while (made := Household.objects.filter(file_number__startswith="DK").count()) + campaign_files < households:
        wanted = min(_BATCH, households - campaign_files - made)
        with transaction.atomic():
            _files(made, wanted, homes, employers)
        if made // _BATCH % 20 == 0:
            print(f"{made} files, {time.monotonic() - begun:.0f} s", flush=True)
    while (standing := Application.objects.count()) < applications:
        with transaction.atomic():
            if not _cases(standing, min(_BATCH, applications - standing)):
                raise SystemExit(f"{standing} applications: for more there are too few families")


def _files(first, count, homes, employers):
    random = Random(f"files {first}")
    people = People(random)
    files, members, aid, groups, plans = [], [], [], [], []
    owner = Officer.objects.order_by("username").first()
    for number, key in enumerate(vault.new_data_keys(count), first):
        home = homes[random.randrange(len(homes))]
        surname = random.choice(SURNAMES)
        one = Household(file_number=f"DK{number:06d}", federation=home, data_key=key)
        one.status, one.status_since = "enrolled" if number % 7 else "exited", timezone.now()
        fill(
            one,
            {
                "worker_name": surname + _given(random),
                "id_number": _identity(people, random, 1950 + number % 40),
                "phone": f"1{random.choice('35789')}{number:09d}",
                "card": people.card(),
                "hardship_category": random.choice(_CATEGORIES),
                "hardship_cause": "其他",
                "employer": random.choice(employers[home.pk] or ["无"]).removesuffix("工会"),
                "county": home.name.removesuffix("总工会"),
                "certificate_number": f"梧困2016{number:06d}",
                "size": 1 + number % 4 if number % 9 else None,
                "annual_income_fen": 1_200_000 + number % 900_000,
                "file_status": "在档" if number % 7 else "已脱困",
            },
        )
        files.append(one)
        for position in range(1, 2 + number % 4):
            person = Member(household=one, data_key_id=key.pk, position=position)
            relation = _RELATIVES[position - 1]
            family = surname if relation != "配偶" else random.choice(SURNAMES)
            fill(
                person,
                {
                    "name": family + _given(random),
                    "id_number": _identity(people, random, 1960 + 10 * position),
                    "relationship": relation,
                    **(schooling(number + position) if relation in _CHILDREN else {}),
                },
            )
            members.append(person)
        if number % 10:  # nine in ten have a key group and a measure: the others wait for theirs
            groups.append(KeyGroup(household=one, word="其他困难职工", valid_from=date(2016, 1, 1), by=owner.username))
            plan = Measure(household=one, data_key_id=key.pk, kind="生活救助", owner=owner, planned_by=owner.username)
            plan.what, plan.due = "送米油", date(2016 + number % 2, 12, 31)
            plan.status, plan.status_since = ("done", "planned")[number % 50 == 1], timezone.now()
            plans.append(plan)
        if number % 5 < 2:
            aid.append(
                AidGiven(
                    household=one,
                    person_index=one.id_number_index,
                    need="schooling-2016",
                    fund_source="city",
                    fen=300_000,
                    given_on=date(2016, 9, 1),
                    case_reference=f"DK-2016-{number}",
                )
            )
    Household.objects.bulk_create(files)
    Member.objects.bulk_create(members)
    AidGiven.objects.bulk_create(aid)
    KeyGroup.objects.bulk_create(groups)
    Measure.objects.bulk_create(plans)
    derived.follow(files, on=timezone.localdate() - timedelta(days=first // _BATCH * 13 % 700))


def _given(random):
    letters = random.choice((GIVEN_FEMALE, GIVEN_MALE))
    return "".join(random.choice(letters) for _ in range(1 if random.random() < 0.2 else 2))


def _identity(people, random, year):
    return people.person(gender=random.choice(("female", "male")), born=people.born(year=year), name="—").id_number


def schooling(number):
    """What a file says of a child's schooling: four in seven are at school, one in seven finishes this year without work."""
    return _SCHOOLINGS[number % len(_SCHOOLINGS)]


def _cases(first, count):
    """Copies of the campaign's own cases for other families: the same facts, sealed under the other family's key.

    Each has the row that it came in by, so that nobody who applied is looked for as left out.
    """
    real = list(Application.objects.exclude(reference__contains="-2017-9").order_by("reference")[:400])
    last = {one.application_id: one for one in Decision.objects.filter(application__in=real).order_by("number")}
    vault.warm(one.data_key_id for one in last.values())
    families = list(
        Household.objects.filter(file_number__startswith="DK", file_number__gte=f"DK{first:06d}")
        .order_by("file_number")
        .prefetch_related("members")[:count]
    )
    vault.warm(one.data_key_id for one in families)
    cases, decisions = [], []
    form = FormReceived.objects.order_by("name", "sha256").first()
    for number, home in enumerate(families, first):
        source = real[number % len(real)]
        member = home.members.all()[0]
        case = Application(
            **{
                field.attname: getattr(source, field.attname)
                for field in Application._meta.concrete_fields
                if not field.primary_key
            }
        )
        case.reference = f"SA-{source.federation.code}-2017-9{number:05d}"
        case.household, case.member, case.data_key_id = home, member, home.data_key_id
        case.worker_name, case.student_name = home.worker_name, member.name
        case.student_index, case.claimant = member.id_number_index, str(home.pk)
        cases.append(case)
        if was := last.get(source.pk):
            decision = Decision(
                application=case,
                number=1,
                version_id=was.version_id,
                vocabulary=was.vocabulary,
                verdict=was.verdict,
                amount_fen=was.amount_fen,
                data_key_id=home.data_key_id,
                digest=was.digest,
                at=was.at,
            )
            decision.facts, decision.outcomes = was.facts.plain(), was.outcomes.plain()
            decisions.append(decision)
    Application.objects.bulk_create(cases)
    Decision.objects.bulk_create(decisions)
    FormRow.objects.bulk_create(rows_of(cases, form, first))
    found_by.follow(cases)
    return len(cases)


def look_after():
    """Every case that nobody looks after gets somebody: every other one the same officer, the rest nine more by turns."""
    had = set(CaseAssignee.objects.values_list("case_reference", flat=True))
    cases = Application.objects.select_related("campaign").order_by("reference").only("reference", "campaign__code")
    waiting = [one for one in cases if one.reference not in had]
    if not waiting:
        return
    code, people = waiting[0].campaign.code, _verifiers()
    given = Assignment.objects.create(
        campaign_code=code,
        number=1 + Assignment.objects.filter(campaign_code=code).count(),
        how=Assignment.How.GIVEN,
        before={},
        given_by=people[0],
        at=timezone.now(),
    )
    CaseAssignee.objects.bulk_create(
        [
            CaseAssignee(
                case_reference=one.reference,
                campaign_code=code,
                assignee=people[0] if number % 2 else people[1 + number // 2 % (len(people) - 1)],
                assignment=given,
            )
            for number, one in enumerate(waiting)
        ],
        batch_size=_BATCH,
    )


def _verifiers():
    """Ten who verify at the city's desk, by sign-in name."""
    office, found = Organisation.objects.get(code=CITY), []
    for number in range(10):
        known = Officer.objects.filter(organisation=office, name=f"looks{number}").first()
        known = known or organisations.add_officer(
            f"looks{number}", role="verifier", organisation=office, by="system", at=timezone.now()
        )
        found.append(known.username)
    return found


def rows_of(cases, form, first):
    """A row of a form for each of these cases, numbered past those that the form has."""
    return [
        FormRow(
            form=form,
            number=_BATCH + number,
            data_key_id=one.data_key_id,
            student_name=one.student_name,
            parent_name=one.worker_name,
            student_index=one.student_index,
            status="submitted",
            status_since=timezone.now(),
        )
        for number, one in enumerate(cases, first)
    ]
