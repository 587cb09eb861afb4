"""summary.json: counts and money by status, quota by federation, where the run stopped and why, the head of the chain."""

from collections import Counter
from typing import Any

from huigong.audit.queries import head
from huigong.figures.standing import Standing
from huigong.intake.models import FormReceived
from huigong.ledger import queries as ledger
from huigong.publicnotices.models import PublicNotice
from huigong.studentaid.money_line import MoneyLine
from huigong.values.sentence import Sentence


def summary(standing: Standing, *, stopped_at: str | None, why: Sentence | None, as_of: str) -> dict[str, Any]:
    """What a program reads after a run. Money in fen."""
    campaign = standing.campaign
    reached = head()
    return {
        "campaign": campaign.code,
        "circular": {"number": standing.circular.head.number, "digest": standing.circular.digest},
        "as_of": as_of,
        "stopped_at": stopped_at,
        "why": {"zh": why.zh, "en": why.en} if why else None,
        "remarks": [{"code": one.code, "zh": one.zh, "en": one.en} for one in standing.remarks],
        "forms": _forms(standing),
        "rows": dict(sorted(Counter(row.status for row in standing.rows).items())),
        "applications": len(standing.applications),
        "verdicts": dict(sorted(Counter(one.verdict for one in standing.applications).items())),
        "statuses": dict(sorted(Counter(one.status for one in standing.applications).items())),
        "money_fen": _money(standing),
        "quota": _quota(standing),
        "held": dict(sorted(standing.holds.items())),
        "notices": [_notice(notice) for notice in standing.notices],
        "batches": [
            {"number": batch.number, "file": batch.file_name, "count": batch.declared_count, "fen": batch.declared_fen}
            for batch in standing.batches
        ],
        "books": _books(),
        "money_lines": [_money_line(line) for line in standing.money_lines],
        "chain": {"events": reached.sequence, "head": reached.digest},
    }


def _forms(standing: Standing) -> dict[str, int]:
    outcomes = Counter(form.outcome for form in standing.forms)
    told = {outcome: outcomes[outcome] for outcome in FormReceived.Outcome.values}
    elsewhere = sum(one.sentence.code == "other_desk" for one in standing.skipped)
    told |= {"duplicate": len(standing.skipped) - elsewhere}
    return told | ({"other_desk": elsewhere} if elsewhere else {})


def _money(standing: Standing) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for one in standing.applications:
        if standing.has_place(one):
            sums[one.status] += one.amount_fen or 0
    return dict(sorted(sums.items()))


def _quota(standing: Standing) -> dict[str, dict[str, int]]:
    used = Counter(one.federation.code for one in standing.applications if standing.has_place(one))
    waiting = Counter(one.federation.code for one in standing.applications if one.status in {"waiting", "tied"})
    return {
        code: {"places": number, "used": used[code], "left": number - used[code], "waiting": waiting[code]}
        for code, number in standing.places.items()
    }


def _notice(notice: PublicNotice) -> dict[str, str]:
    return {
        "number": notice.number,
        "first_day": notice.first_day.isoformat(),
        "last_day": notice.last_day.isoformat(),
    }


def _money_line(line: MoneyLine) -> dict[str, Any]:
    """Allotted = committed + elsewhere + left, committed = to pay + paid + returned; null while nobody wrote down what was received."""
    return {
        "fund": line.fund_source,
        "allotted_fen": line.allotted,
        "committed_fen": line.committed,
        "elsewhere_fen": line.elsewhere,
        "left_fen": line.left,
        "to_pay_fen": line.to_pay,
        "paid_fen": line.paid,
        "returned_fen": line.returned,
        "adds_up": line.adds_up,
    }


def _books() -> dict[str, Any]:
    balances = ledger.trial_balance()
    pending = (sum(line.debits_pending for line in balances), sum(line.credits_pending for line in balances))
    posted = (sum(line.debits_posted for line in balances), sum(line.credits_posted for line in balances))
    return {
        "pending_fen": pending[0],
        "posted_fen": posted[0],
        "balanced": pending[0] == pending[1] and posted[0] == posted[1],
    }
