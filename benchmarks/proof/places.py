"""Sixty-four clerks on the last place: one gets it, the others are told, and issued never passes held."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

from django.db import connections

from benchmarks.proof.office import AT, build
from benchmarks.proof.telling import Telling
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.quotas import actions
from huigong.quotas.actions import Places, PlacesRefusedError
from huigong.quotas.models import Allotment


def run(repeats: int, *, clerks: int, seed: int, told: Telling) -> None:
    """Which clerk comes first is the machine's own chance: the seed only orders how they stand in line."""
    world, chance = build(), Random(seed)
    city, campaign = world.bank.city, world.bank.campaign
    units = [organisations.UnitRow(f"第{number}厂工会", "450400") for number in range(clerks)]
    organisations.import_units(units, officer="system", at=AT)
    takers = list(Organisation.objects.filter(parent=city, level="grassroots"))
    assert len(takers) == clerks
    told.begin(f"times {clerks} clerks", repeats)
    for number in range(1, repeats + 1):
        source = actions.allot(campaign, {city.code: number}, fund_source="places", name="示例", officer="qin", at=AT)
        ready = Barrier(clerks)
        chance.shuffle(takers)

        def issue(taker: Organisation, source=source, ready=ready) -> bool:
            try:
                ready.wait()
                wanted = Places("issue", city, taker, 1)
                actions.move(campaign, source, wanted, officer="qin", at=AT)
            except PlacesRefusedError:
                return False
            finally:
                connections.close_all()
            return True

        with ThreadPoolExecutor(clerks) as pool:
            won = sum(pool.map(issue, takers))
        held = Allotment.objects.get(organisation=city)
        assert (won, held.issued, held.places) == (1, number, number), (won, held.issued, held.places)
        told.one()
    given = sum(Allotment.objects.exclude(organisation=city).values_list("places", flat=True))
    assert given == repeats
    print(f"{repeats} × {clerks} clerks on the last place in {told.cost}: 1 won each time, issued = held")
