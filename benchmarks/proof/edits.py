"""Many edits of files, rows and cases at once, by people who all saw the same version: one is kept, every other is told.

Two to four officers read the same thing, then write to it at the same moment: an address of a household file, a telephone in
a row of a form, what was decided about a case. Whoever is not the first learns it by a sentence; what stands is what the
first wrote, versions and history count the kept ones and nothing else, and the books hold.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from threading import Barrier

from django.db import connections

from benchmarks.proof.telling import Telling
from huigong.audit import queries as history
from huigong.audit import verification
from huigong.circulars.queries import circular_of
from huigong.figures import books
from huigong.intake import actions as intake
from huigong.intake.contents import row_read
from huigong.intake.lifecycle import READY
from huigong.intake.models import FormRow
from huigong.organisations import actions as organisations
from huigong.organisations.models import Officer
from huigong.registry import actions as registry
from huigong.registry import details
from huigong.registry.file_form import form_on
from huigong.registry.models import Household
from huigong.studentaid import actions as studentaid
from huigong.studentaid.lifecycle import TO_SETTLE
from huigong.studentaid.models import Application, Settlement
from huigong.values.sentence import SaidError
from huigong.web.tests.campaign_at_work import AtWork, campaign_at_work

AT = datetime(2017, 8, 7, 1, 30, tzinfo=UTC)
_MOST = 4  # people at one thing
_HOT = 4  # files and rows: few, so that everybody meets everybody
_Write = Callable[[Officer, str], object]


class Edits:
    """A campaign with a few officers who all write to the same few things."""

    def __init__(self, work: AtWork, chance: Random) -> None:
        self.work, self.chance = work, chance
        self.officers = [
            organisations.add_officer(name, role="approver", organisation=work.city, by="system", at=AT)
            for name in ("甲", "乙", "丙", "丁")
        ]
        self.told, self.kept = Counter[str](), Counter[str]()
        form = circular_of(work.campaign).form
        assert form is not None
        self.definition, self.address = form, form_on(date(2017, 8, 7)).field("household", "address")
        rows = FormRow.objects.filter(status=READY, form__campaign=work.campaign).order_by("pk")
        self.rows = list(rows.values_list("pk", flat=True)[:_HOT])
        self.files = list(Household.objects.order_by("pk").values_list("pk", flat=True)[:_HOT])
        self.begun = sum(Household.objects.filter(pk__in=self.files).values_list("version", flat=True))

    def file(self, pool: ThreadPoolExecutor) -> None:
        seen = Household.objects.get(pk=self.chance.choice(self.files))
        field = self.address
        assert field is not None

        def write(officer: Officer, text: str) -> object:
            return registry.edit(seen, {field: text}, version=seen.version, officer=officer.username, at=AT)

        kept = self._at_once(pool, "file", write)
        assert kept == [details.value(Household.objects.get(pk=seen.pk), field, today=AT.date())]

    def row(self, pool: ThreadPoolExecutor) -> None:
        seen = FormRow.objects.select_related("form__campaign").get(pk=self.chance.choice(self.rows))

        def write(officer: Officer, text: str) -> object:
            told = {"version": seen.version, "definition": self.definition, "officer": officer.username, "at": AT}
            return intake.mend_cells(seen, {"phone": text}, **told)

        kept = self._at_once(pool, "row", write)
        assert kept == [row_read(FormRow.objects.get(pk=seen.pk)).values["phone"]]

    def case(self, pool: ThreadPoolExecutor, seen: Application) -> None:
        def write(officer: Officer, text: str) -> object:
            told = {"version": seen.version, "reason": text, "officer": officer, "at": AT}
            return studentaid.settle(seen, Settlement.About.LATE, **told)

        kept = self._at_once(pool, "case", write)
        assert kept == [one.reason.plain() for one in Settlement.objects.filter(application=seen)]

    def _at_once(self, pool: ThreadPoolExecutor, kind: str, write: _Write) -> list[str]:
        """Everybody writes something of their own; returns what was kept, and counts who was told."""
        people = self.chance.sample(self.officers, self.chance.randint(2, _MOST))
        texts = [f"13{self.chance.randrange(10**9):09d}" for _ in people]
        ready = Barrier(len(people))

        def act(officer: Officer, text: str) -> str:
            ready.wait()
            try:
                return text if write(officer, text) else ""
            except SaidError:
                return ""

        kept = [text for text in pool.map(act, people, texts) if text]
        self.kept[kind] += len(kept)
        self.told[kind] += len(people) - len(kept)
        assert len(kept) == 1, f"{len(kept)} of {len(people)} were kept at one {kind}"
        return kept

    def adds_up(self) -> None:
        """Versions and history moved once for every edit that was kept, and nothing else did."""
        files = Household.objects.filter(pk__in=self.files)
        assert sum(files.values_list("version", flat=True)) - self.begun == self.kept["file"]
        events = Counter(told.action for told in history.told_of("household.amended", "row.mended", "case.settled"))
        assert events == {
            "household.amended": self.kept["file"],
            "row.mended": self.kept["row"],
            "case.settled": self.kept["case"],
        }
        assert verification.verify().holds
        held = books.verify()
        assert held.holds, held.sentence.zh


def run(edits: int, *, seed: int, told: Telling) -> None:
    chance = Random(seed)
    world = Edits(campaign_at_work(AT, up_to="decided"), chance)
    late = list(Application.objects.filter(status=TO_SETTLE).order_by("reference"))
    told.begin("edits", edits)
    with ThreadPoolExecutor(_MOST) as pool:
        for seen in late:
            world.case(pool, seen)
        while (told_now := sum((world.kept + world.told).values())) < edits:
            told.done = told_now
            chance.choice((world.file, world.row))(pool)
        for _ in range(_MOST):
            pool.submit(connections.close_all)
    cost = told.cost
    told.begin("holding chain and books")
    world.adds_up()
    kept, refused = sum(world.kept.values()), sum(world.told.values())
    print(f"{kept + refused:,} edits by two to four people at once in {cost}:")
    of = ", ".join(f"{n} of {world.told[kind] + n} at {kind}s" for kind, n in sorted(world.kept.items()))
    print(f"{kept:,} kept ({of}), {refused:,} refused: 0 lost, every loser told; chain and books hold")
