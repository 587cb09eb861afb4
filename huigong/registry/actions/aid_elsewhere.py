"""Aid that somebody else gave: noted in the one record of aid, and struck out where it was noted by mistake."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.registry import derived
from huigong.registry.actions.aid import aid_told
from huigong.registry.actions.edit import file_in_use
from huigong.registry.actions.entering import FIRST_DAY, refuse_beyond
from huigong.registry.columns import AID_RETURN
from huigong.registry.models import AidGiven, AidReturn, Household
from huigong.values.sentence import SaidError, Sentence

ELSEWHERE = "elsewhere"
MOST_FEN = 100_000_000
"""A million yuan: no aid of one source at one time is more, and a slip of the decimal point is."""
MISTAKES = {
    "wrong_family": ("记到了别家", "noted for the wrong family"),
    "wrong_amount": ("金额或日期记错了", "amount or day noted wrongly"),
    "twice": ("记了两遍", "noted twice"),
    "not_given": ("没有给成", "never given"),
}
"""Why a record of aid from elsewhere does not stand. Words of a list: a free text would name the other family."""
MISTAKE = "mistake:"


@transaction.atomic
def give_from_elsewhere(
    household: Household, kind: str, giver: str, *, fen: int, on: date, officer: str, at: datetime
) -> AidGiven:
    """Aid that somebody else gave: it stands in the same record as our own, so that nobody is helped twice unseen."""
    if fen <= 0 or on > timezone.localdate(at):
        raise SaidError(
            Sentence(
                "aid_unfit",
                "金额要大于 0，日期不能晚于今天。",
                "The amount is more than nothing, and the day not after today.",
            )
        )
    if fen > MOST_FEN:
        raise SaidError(
            Sentence(
                "aid_beyond",
                "别处给的帮扶一次最多记 1,000,000 元，请核对小数点和单位（元）。",
                "Aid from elsewhere is at most 1,000,000 yuan at a time: look at the decimal point and the unit.",
            )
        )
    refuse_beyond(on, FIRST_DAY, timezone.localdate(at))
    locked = file_in_use(household)
    number = locked.aid_given.filter(fund_source=ELSEWHERE).count() + 1
    row = AidGiven(
        household=locked,
        person_index=locked.id_number_index,
        need=ELSEWHERE,
        fund_source=ELSEWHERE,
        fen=fen,
        given_on=on,
        case_reference=f"{locked.file_number[:33]}-A{number}",
        kind=kind,
        giver=giver,
    )
    row.save(force_insert=True)
    derived.aided([locked.pk], on=on)
    audit.record("aid.given", subject=row.case_reference, officer=officer, at=at, payload=aid_told(row))
    return row


@transaction.atomic
def strike_out(aid: AidGiven, why: str, *, officer: str, at: datetime) -> AidReturn:
    """Aid from elsewhere that was noted by mistake: the record stays and counts for nothing.

    Raises SaidError for aid of our own, which is recalled where its money is, and for one that was struck out.
    """
    locked = AidGiven.objects.select_for_update().get(pk=aid.pk)
    if locked.fund_source != ELSEWHERE or why not in MISTAKES or locked.returns.exists():
        raise SaidError(
            Sentence(
                "aid_not_struck_out",
                "记错了只用于别处给的、还没作废的帮扶，要选原因；工会自己发的，请到资金里追回。",
                "Only aid from elsewhere that still stands is struck out, with a reason; the union's own is recalled where "
                "its money is.",
            )
        )
    row = AidReturn(
        aid=locked,
        fen=locked.fen,
        returned_on=timezone.localdate(at),
        transfer_reference=f"{MISTAKE}{locked.case_reference}:{why}",
        by=officer,
        at=at,
    )
    row.save(force_insert=True)
    derived.aid_returned(locked.household_id)
    told = {"aid_return": str(row.pk), "fen": row.fen, "transfer": row.transfer_reference}
    told |= {"columns": AID_RETURN.told(row)}
    audit.record("aid.returned", subject=locked.case_reference, officer=officer, at=at, payload=told)
    return row
