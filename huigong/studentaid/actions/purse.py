"""一个来源一个账: what came of a source is all that it may promise, whichever campaigns promise it."""

from django.db.models import Sum

from huigong.ledger import queries as of_ledger
from huigong.studentaid.awards import awards_on_the_books
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence


def refuse_beyond_what_came(source: str, fen: int) -> None:
    """An approval may open its fund before any money is booked; once some is, what came is all that may be promised.

    `fen` is what this approval promises, posted already and in no award yet. Asked under the lock that posting took, of the
    whole fund: other campaigns promise out of it too. What failed or came back stands on the fund again and is owed all the
    same, so the awards are asked beside the ledger.
    """
    came = sum(-one.fen if one.of else one.fen for one in of_ledger.starting(f"fund:{source}:received:"))
    awards = awards_on_the_books().filter(fund_source=source).aggregate(Sum("fen"))["fen__sum"] or 0
    available = of_ledger.balance_of(of_ledger.accounts().get(code=f"fund:{source}")).available
    left = min(available, came - awards - fen)
    if came and left < 0:
        raise SaidError(
            Sentence(
                "beyond_what_came",
                f"{source} 到款 {money.for_people(came)} 元，连同已批的（同一来源的别的活动也算），这次批准后还差 "
                f"{money.for_people(-left)} 元，没有批。请先登记新的到款，或少批几件，或改由别的资金付。",
                f"{money.for_people(came)} yuan came of {source}; with what is approved already, of other campaigns too, "
                f"{money.for_people(-left)} are lacking: nothing was approved. Book what came, approve fewer, or let "
                "another fund pay.",
            )
        )
