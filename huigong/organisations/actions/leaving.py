"""Stand in for somebody, and leave: a deputy until a day, a hand-over before a witness."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huigong.audit import actions as audit
from huigong.organisations.actions.appointing import end, refuse_together, told_of
from huigong.organisations.columns import HAND_OVER, OFFICER
from huigong.organisations.models import Appointment, HandOver, Officer
from huigong.organisations.queries import holding
from huigong.values.sentence import SaidError, Sentence

Item = tuple[str, str]
"""What kind of thing is open, and its reference."""


@transaction.atomic
def deputise(
    principal: Officer, deputy: Officer, *, first_day: date, last_day: date, by: str, at: datetime
) -> list[Appointment]:
    """The deputy holds every role of the principal between two days, in their own name.

    What the principal holds as somebody's deputy is not passed on, and nothing outlasts the principal's own last day.
    Raises SaidError where there is nothing to stand in for, where the days are wrong, the deputy is of another office,
    or holds all of it.
    """
    _refuse_days(first_day, last_day, today=timezone.localdate(at))
    _refuse_self(principal, deputy)
    Officer.objects.select_for_update().get(pk=deputy.pk)
    own = [period for period in holding(principal, on=first_day) if period.deputy_for_id is None]
    _refuse_elsewhere(deputy, own)
    made = []
    for period in own:
        refuse_together(deputy, period.role, on=first_day)
        held = Appointment.objects.filter(officer=deputy, role=period.role, organisation=period.organisation)
        if held.filter(valid_until=None).exists() or held.filter(valid_until__gte=first_day).exists():
            continue
        made.append(
            Appointment.objects.create(
                officer=deputy,
                role=period.role,
                organisation=period.organisation,
                valid_from=first_day,
                valid_until=min(last_day, period.valid_until or last_day),
                deputy_for=principal,
            )
        )
    if not made:
        raise SaidError(
            Sentence(
                "nothing_to_deputise",
                f"{principal.name}在 {first_day} 没有{deputy.name}还不担任的角色，不用代理。",
                f"{principal.name} holds no role on {first_day} that {deputy.name} does not hold too.",
            )
        )
    for one in made:
        told = told_of(one) | {"deputy_for": principal.username, "until": last_day.isoformat()}
        audit.record("officer.appointed", subject=deputy.username, officer=by, at=at, payload=told)
    return made


@transaction.atomic
def hand_over(
    leaver: Officer,
    successor: Officer,
    witness: Officer,
    *,
    items: Sequence[Item],
    on: date,
    by: str,
    at: datetime,
) -> HandOver:
    """The leaver's roles end on that day and the successor has what was theirs, before a witness (移交, 接收, 监交).

    Raises SaidError where the three are not three, the day is not theirs, or the successor lacks the leaver's roles.
    """
    if len({leaver.pk, successor.pk, witness.pk}) < 3:
        raise SaidError(
            Sentence(
                "three_hands", "移交人、接收人、监交人要是三个人。", "Leaver, successor and witness are three people."
            )
        )
    kept = Officer.objects.select_for_update().get(pk=leaver.pk)
    if not kept.is_active:
        raise SaidError(Sentence("left_already", f"{kept.name}已经离任。", f"{kept.name} has left already."))
    _refuse_day(kept, on=on, today=timezone.localdate(at))
    _refuse_gap(kept, successor, on=on)
    for period in holding(kept, on=on):
        end(period, last_day=on, by=by, at=at)
    kept.is_active, kept.left_on = False, on
    kept.save(update_fields=["is_active", "left_on"])
    audit.take_turn()  # numbered one after the other; rows are locked before the head, as everywhere
    number = f"JJ-{kept.organisation.code}-{on:%Y%m%d}-{HandOver.objects.filter(on=on).count() + 1:02d}"
    made = HandOver.objects.create(
        number=number, leaver=kept, successor=successor, witness=witness, on=on, items=[list(item) for item in items]
    )
    told = {"leaver": kept.username, "successor": successor.username, "witness": witness.username, "open": len(items)}
    told |= {"columns": OFFICER.told(kept), "hand_over": HAND_OVER.told(made)}
    audit.record("officer.handed_over", subject=kept.username, officer=by, at=at, payload=told)
    return made


def _refuse_days(first_day: date, last_day: date, *, today: date) -> None:
    if not today <= first_day <= last_day:
        raise SaidError(
            Sentence(
                "deputy_days",
                "代理要从今天或以后的一天起，到不早于那天的一天止。",
                "A deputy stands in from today or later, to a day that is not before.",
            )
        )


def _refuse_self(principal: Officer, deputy: Officer) -> None:
    if principal.pk == deputy.pk or not deputy.is_active:
        raise SaidError(
            Sentence("deputy_other", "代理人要是另一位在职的经办人。", "A deputy is another officer who still serves.")
        )


def _refuse_elsewhere(deputy: Officer, periods: Sequence[Appointment]) -> None:
    """A role counts where its officer serves: held for another office it would reach too far, or nothing at all."""
    if away := next((period for period in periods if period.organisation_id != deputy.organisation_id), None):
        raise SaidError(
            Sentence(
                "deputy_elsewhere",
                f"{deputy.name}不在{away.organisation.name}，看不到那里的件，代理不了。请选那里的经办人；没有合适的人，先给那里发邀请码。",
                f"{deputy.name} does not serve at {away.organisation.name} and would see none of its cases: choose somebody "
                "who serves there, or invite somebody first.",
            )
        )


def _refuse_day(leaver: Officer, *, on: date, today: date) -> None:
    """A hand-over is written down when it was, while the leaver held what is handed over."""
    began = max((period.valid_from for period in holding(leaver, on=today)), default=on)
    if not began <= on <= today:
        raise SaidError(
            Sentence(
                "hand_over_day",
                f"交接日期要在 {began} 和今天之间：任职从 {began} 起，没到的日子不能先交。",
                f"A hand-over is dated between {began}, when the roles began, and today.",
            )
        )


def _refuse_gap(leaver: Officer, successor: Officer, *, on: date) -> None:
    """Open work needs somebody who may do it."""
    held = {one.role for one in holding(successor, on=on)}
    lacking = sorted({one.role for one in holding(leaver, on=on)} - held)
    if lacking or not successor.is_active:
        words = "、".join(str(Appointment.Role(role).label) for role in lacking)
        raise SaidError(
            Sentence(
                "successor_lacks",
                f"{successor.name}还没有“{words}”的任职，接不了。请先任命接收人，再办交接。",
                f"{successor.name} is not appointed {', '.join(lacking)}: appoint the successor first.",
            )
        )
