"""summary.json: what a program reads, the same figures as every other paper."""

import json

from huigong.audit.queries import head
from huigong.figures import counting
from huigong.figures.summary import summary
from huigong.ledger import queries as ledger
from huigong.payments.models import PaymentBatch
from huigong.values.sentence import Sentence


def told(town, **options):
    given = {"stopped_at": None, "why": None, "as_of": "2017-08-26"} | options
    return summary(town.standing, **given)


def test_counts_and_money_are_those_of_the_statistics_and_the_ledger(town):
    one = told(town)
    figures = [figure for figure in counting.figures(town.standing) if figure.breakdown == "federation"]
    sums = {
        measure: (
            sum(len(figure.references) for figure in figures if figure.measure == measure),
            sum(figure.fen or 0 for figure in figures if figure.measure == measure),
        )
        for measure in counting.MEASURES
    }
    assert one["applications"] == sums["applications"][0] == 10
    assert one["verdicts"] == {
        name: sums[name][0] for name in sorted(("eligible", "incomplete", "refused", "to_settle"))
    }
    assert sum(one["money_fen"].values()) == sums["placed"][1] == 900_000
    assert (
        one["money_fen"]["released"] == sums["released"][1] == sum(batch["fen"] for batch in one["batches"]) == 600_000
    )
    assert one["books"] == {"pending_fen": 600_000, "posted_fen": 0, "balanced": True}
    assert sum(line.fen for line in ledger.transfers()) == one["books"]["pending_fen"]
    (line,) = one["money_lines"]
    assert (line["committed_fen"], line["to_pay_fen"], line["paid_fen"], line["adds_up"]) == (600_000, 600_000, 0, True)
    assert (line["allotted_fen"], line["left_fen"]) == (None, None)


def test_quota_by_federation(town):
    assert told(town)["quota"] == {
        "450400": {"places": 2, "used": 0, "left": 2, "waiting": 0},
        "450422": {"places": 3, "used": 3, "left": 0, "waiting": 1},
    }


def test_held_cases_batches_and_chain(town):
    one, batch = told(town), PaymentBatch.objects.get()
    assert one["held"] == {town.of(3).reference: "公示有异议"}
    assert one["batches"] == [{"number": batch.number, "file": batch.file_name, "count": 2, "fen": batch.declared_fen}]
    assert one["chain"] == {"events": head().sequence, "head": head().digest}
    assert one["rows"] == {"returned": 1, "submitted": 11}


def test_a_stop_says_where_and_why(town):
    why = Sentence("in_window", "公示还没满。", "The notice still hangs.")
    one = told(town, stopped_at="public_notice", why=why)
    assert (one["stopped_at"], one["why"]) == ("public_notice", {"zh": "公示还没满。", "en": "The notice still hangs."})
    assert told(town)["why"] is None
    assert json.loads(json.dumps(one)) == one
