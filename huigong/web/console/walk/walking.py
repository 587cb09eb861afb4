"""穿行: the auditor's sample of payments, and one payment from the yuan back to the form and the clause, on one page.

A sample follows from its seed: the same seed draws the same payments, whoever asks. The walk is printed as a numbered paper.
"""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from huigong.casework.sampling import digest_of, drawn
from huigong.circulars.models import Campaign
from huigong.figures.counting import figures
from huigong.figures.standing import Standing
from huigong.ledger import queries as ledger
from huigong.payments import queries as payments
from huigong.payments.lifecycle import WORDS
from huigong.payments.models import Payment
from huigong.studentaid.models import Application
from huigong.studentaid.money_line import MoneyLine, money_lines
from huigong.studentaid.queries import application_for, applications_for
from huigong.web import gate
from huigong.web.console import words
from huigong.web.console.asking import OfficerRequest, campaign_or_404, or_404
from huigong.web.console.money import prints
from huigong.web.console.money.batches import TONES
from huigong.web.console.walk.line import Link, Reader
from huigong.web.console.walk.links import links_of, walk_paper

_MOST, _USUAL = 200, 10


@dataclass(frozen=True, slots=True)
class Agreed:
    """One sum that three rooms tell apart: statistics by their lists, awards, and the ledger."""

    line: MoneyLine
    counted: int

    @property
    def agrees(self) -> bool:
        sides = self.line.to_pay + self.line.paid + self.line.returned
        return self.counted == self.line.committed == sides and self.line.adds_up


def walks(request: OfficerRequest, code: str) -> HttpResponse:
    campaign = campaign_or_404(request, code)
    seed = request.GET.get("seed", "").strip()[:60] or f"{campaign.code}"
    size = request.GET.get("size", "")
    wanted = min(int(size), _MOST) if size.isdecimal() and len(size) < 5 else _USUAL
    mine = list(applications_for(request.user, campaign).values_list("reference", flat=True))
    paid = payments.latest(mine)
    chosen = drawn(paid, seed=seed, size=wanted)
    balances = ledger.trial_balance()
    shown = {
        "campaign": campaign,
        "seed": seed,
        "size": wanted,
        "of": len(paid),
        "digest": digest_of(paid)[:16],
        "drawn": [_listed(paid[reference]) for reference in chosen],
        "agreed": agreed(campaign),
        "posted": sum(one.debits_posted for one in balances),
        "posted_credit": sum(one.credits_posted for one in balances),
        "pending": sum(one.debits_pending for one in balances),
        "pending_credit": sum(one.credits_pending for one in balances),
    }
    return render(request, "walk/walks.html", shown)


def walk(request: OfficerRequest, reference: str) -> HttpResponse:
    found = or_404(application_for(request.user, reference))
    shown = {
        "campaign": found.campaign,
        "one": found,
        "links": _links(request, found),
        "amount": words.yuan(found.amount_fen),
    }
    return render(request, "walk/walk.html", shown)


def walk_printed(request: OfficerRequest, reference: str, kind: str) -> HttpResponse:
    found = or_404(application_for(request.user, reference))
    paper = walk_paper(found, _links(request, found), timezone.localdate())
    return prints.printed(request, paper, f"{reference}-{_('穿行')}", kind, back=redirect("walk", reference))


def _links(request: OfficerRequest, found: Application) -> list[Link]:
    opens = cache(lambda path: gate.opens(path, request.standings, officer=request.user))
    return links_of(found, Reader(request.user, lambda address: opens(urlsplit(address).path)))


def agreed(campaign: Campaign) -> list[Agreed]:
    """The trial balance beside the statistics: what is counted of each fund is what awards and ledger say of it."""
    counted = {
        one.group: one.fen or 0
        for one in figures(Standing(campaign))
        if one.breakdown == "fund" and one.measure == "approved"
    }
    return [Agreed(line, counted.get(line.fund_source, 0)) for line in money_lines(campaign)]


def _listed(row: Payment) -> tuple[Payment, str, str, str]:
    return row, words.yuan(row.fen), words.said(*WORDS[row.status]), TONES[row.status]
