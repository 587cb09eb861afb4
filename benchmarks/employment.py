"""The second programme at the size of a province: the morning list, the figures and the return, and a round of 5,000 × 2,000.

    python3 dev.py bench employment --people 200000     list and figures p95, the return, on HUIGONG_DATABASE_URL
    python3 dev.py bench employment --round             5,000 graduates × 2,000 openings, no database

The database is filled here and emptied by the caller: give it one of its own (`HUIGONG_DATABASE_URL`, or for SQLite an empty `HUIGONG_HOME` and `HUIGONG_KEYS`).
"""

import argparse
import json
import os
import random
import time
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huigong.web.settings")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from huigong.audit import installation  # noqa: E402
from huigong.employment import actions, assigning  # noqa: E402
from huigong.employment.calling import act_day  # noqa: E402
from huigong.employment.models import Graduate, Opening  # noqa: E402
from huigong.employment.tests.served import campaign_of  # noqa: E402
from huigong.figures import employment as papers  # noqa: E402
from huigong.organisations import actions as organisations  # noqa: E402
from huigong.organisations.models import Organisation  # noqa: E402
from huigong.vault import actions as vault  # noqa: E402

AT = datetime(2017, 9, 30, 1, 0, tzinfo=UTC)
COUNTIES = 110
STATES = (
    ("open", True, "", False, False),
    ("planned", True, "", False, False),
    ("settled", True, "employed", True, True),
    ("settled", True, "employed", False, True),
    ("settled", False, "employed", False, True),
    ("settled", False, "further_study", False, True),
    ("steady", True, "self_employed", True, True),
    ("unreachable", True, "unreachable", False, False),
)


def filled(people: int) -> Organisation:
    """A region with its counties and so many graduates, written in bulk: the pages only read."""
    codes = [
        ("450000", "自治区总工会本级"),
        *((f"45{n:04d}", f"第{n}县总工会") for n in range(401, 401 + COUNTIES) if n % 100),
    ]
    region = organisations.found_city(codes, officer="bench", at=AT)
    homes = list(Organisation.objects.filter(kind="federation").order_by("code"))
    chance, (key,) = random.Random(2017), vault.new_data_keys(1)
    for start in range(0, people, 5_000):
        rows = [_graduate(number, homes, key, chance) for number in range(start, min(start + 5_000, people))]
        Graduate.objects.bulk_create(rows, batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return region


def _graduate(number: int, homes: list[Organisation], key: object, chance: random.Random) -> Graduate:
    status, needs_help, outcome, by_aid, proven = chance.choice(STATES)
    home = homes[number % len(homes)]
    one = Graduate(
        reference=f"GE-{home.code}-2017-{number:06d}",
        federation=home,
        data_key=key,
        source="list",
        taken_in_on=date(2017, 7, 1) + timedelta(days=number % 60),
        name=f"毕业生{number}",
        person_index=f"{number:064d}",
        school="梧州学院",
        graduates_on=date(2016 if chance.random() < 0.1 else 2017, 7, 1),
        zero_employment=chance.random() < 0.05,
        needs_help=needs_help,
        outcome=outcome,
        by_aid=by_aid,
        proven=proven,
        last_contact_on=None if status == "open" else date(2017, 8, 1) + timedelta(days=number % 50),
    )
    one.id_number = "450422199501012024"
    one.status, one.status_since = status, AT
    one.act_on = act_day(one)
    return one


def p95(take: int, look: object) -> dict[str, float]:
    spent = []
    for _ in range(take):
        since = time.perf_counter()
        look()
        spent.append((time.perf_counter() - since) * 1000)
    spent.sort()
    return {"p50_ms": round(spent[len(spent) // 2], 1), "p95_ms": round(spent[int(len(spent) * 0.95) - 1], 1)}


def pages(people: int, take: int) -> dict[str, object]:
    installation.bring_up()
    region = Organisation.objects.filter(code="450000").first() or filled(people)
    campaign = campaign_of(region, AT)
    told: dict[str, object] = {"people": Graduate.objects.count(), "database": connection.vendor}
    for who, place in (("region", region), ("county", Organisation.objects.get(code="450450"))):
        officer = organisations.add_officer(f"bench-{who}", role="verifier", organisation=place, by="bench", at=AT)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in (
            ("list", "/employment/"),
            ("everybody", "/employment/?show=all"),
            ("figures", "/employment/figures/"),
        ):
            answer = client.get(address)
            assert answer.status_code == 200, (name, answer.status_code)
            told[f"{who} {name}"] = p95(take, lambda client=client, address=address: client.get(address))
    since = time.perf_counter()
    frozen = actions.freeze(campaign, region, as_of=date(2017, 9, 30), officer="bench", at=AT)
    told["return frozen s"] = round(time.perf_counter() - since, 2)
    since = time.perf_counter()
    told["return xlsx bytes"] = len(papers.as_workbook(frozen))
    told["return xlsx s"] = round(time.perf_counter() - since, 2)
    return told


def solved(people: int, openings: int) -> dict[str, object]:
    chance = random.Random(2017)
    places, majors = [f"第{n}县" for n in range(40)], [f"专业{n}" for n in range(60)]
    work = ["office", "finance", "sales", "it", "health", "making"]
    skills = ["driving_licence", "accounting", "nursing", "electrician"]
    levels = ["higher_vocational", "undergraduate", "postgraduate"]
    graduates = [
        Graduate(
            zero_employment=chance.random() < 0.05,
            level=chance.choice(levels),
            major=chance.choice(majors),
            wanted_work=chance.sample(work, 2),
            wanted_places=chance.sample(places, 4) if chance.random() < 0.9 else [],
            skills=chance.sample(skills, chance.randint(0, 2)),
            lowest_pay_fen=chance.choice([None, 250_000, 300_000]),
            goes_far=chance.random() < 0.2,
        )
        for _ in range(people)
    ]
    offered = [
        Opening(
            level=chance.choice(["", *levels[:2]]),
            majors=chance.sample(majors, 2) if chance.random() < 0.5 else [],
            work=chance.choice(work),
            place=chance.choice(places),
            skills=chance.sample(skills, 1) if chance.random() < 0.4 else [],
            pay_fen=chance.choice([220_000, 280_000, 350_000]),
            remote_area=chance.random() < 0.1,
        )
        for _ in range(openings)
    ]
    free = [chance.randint(1, 4) for _ in offered]
    since = time.perf_counter()
    done = assigning.assign(graduates, offered, free)
    spent = time.perf_counter() - since
    placed = [graduates[who] for who, _ in done.chosen]
    return {
        "graduates": people,
        "openings": openings,
        "places": sum(free),
        "possible_pairs": done.pairs,
        "placed": len(placed),
        "zero_employment_placed": f"{sum(one.zero_employment for one in placed)}/{sum(one.zero_employment for one in graduates)}",
        "gap": done.gap,
        "seconds": round(spent, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--take", type=int, default=40)
    parser.add_argument("--round", action="store_true")
    asked = parser.parse_args()
    print(
        json.dumps(
            solved(5_000, 2_000) if asked.round else pages(asked.people, asked.take), ensure_ascii=False, indent=1
        )
    )


if __name__ == "__main__":
    main()
