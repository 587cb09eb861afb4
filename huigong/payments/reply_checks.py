"""Hold a bank's reply against the batch that it answers: all of it fits, or none of it is applied. Plain: no database.

The bank gives back what we wrote. A line whose name, account or amount is another is an altered or foreign line, however
right the rest is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from huigong.payments.lifecycle import BOUNCED, PAID, RECOVERED, RELEASED, WORDS
from huigong.payments.lifecycle import FAILED as STANDS_FAILED
from huigong.payments.lifecycle import UNKNOWN as STANDS_UNKNOWN
from huigong.payments.reply_files import Fault, ReplyLine, ReplyRead, ReplyRefusedError, fault
from huigong.payments.reply_profiles import FAILED, OUTCOMES, RETURNED, UNKNOWN, ReplyProfile
from huigong.payments.reply_profiles import PAID as SAID_PAID
from huigong.payments.reply_whose import Against, Answer, Sent, day_of, head_faults, is_its_own, names_batch, squeezed
from huigong.values import bank_card, money
from huigong.values.sentence import WrongValueError

# What an outcome makes of a payment that stands so; what is missing contradicts an earlier answer.
_MOVES: Mapping[tuple[str, str], str] = {
    (RELEASED, SAID_PAID): PAID,
    (RELEASED, FAILED): STANDS_FAILED,
    (RELEASED, UNKNOWN): STANDS_UNKNOWN,
    (RELEASED, RETURNED): STANDS_FAILED,
    (STANDS_UNKNOWN, SAID_PAID): PAID,
    (STANDS_UNKNOWN, FAILED): STANDS_FAILED,
    (STANDS_UNKNOWN, RETURNED): STANDS_FAILED,
    (PAID, RETURNED): BOUNCED,
}
# Said again, and so already: nothing moves.
_AGAIN = {
    (PAID, SAID_PAID),
    (STANDS_FAILED, FAILED),
    (STANDS_FAILED, RETURNED),
    (STANDS_UNKNOWN, UNKNOWN),
    (BOUNCED, RETURNED),
    (RECOVERED, SAID_PAID),
}


def answers(profile: ReplyProfile, read: ReplyRead, sent: Sequence[Sent], against: Against) -> list[Answer]:
    """What the reply does to the batch. Raises ReplyRefusedError with every fault where one line does not fit."""
    faults = head_faults(read, against)
    found = _matched(profile, read, sent, faults)
    made_on = day_of(read.head.get("made", ""))
    made = list[Answer]()
    for line, one in found:
        is_named = "batch" in read.head or names_batch(line, against, faults)
        if is_named is None or (answer := _answer(profile, line, one, faults)) is None:
            continue
        if is_its_own(answer, one, against, faults, is_named=is_named, made_on=made_on):
            made.append(answer)
    faults += _totals(profile, read)
    if not faults and not made:
        faults.append(fault(0, "", "nothing_new", "里面的结果以前都收过", "all that it says was taken in before"))
    if faults:
        raise ReplyRefusedError(sorted(faults, key=lambda one: one.line))
    return made


def _matched(
    profile: ReplyProfile, read: ReplyRead, sent: Sequence[Sent], faults: list[Fault]
) -> list[tuple[ReplyLine, Sent]]:
    if "reference" in profile.columns or "position" in profile.columns:
        column = "reference" if "reference" in profile.columns else "position"
        by_key = {one.reference if column == "reference" else str(one.position): one for one in sent}
        return _by_key(column, read, by_key, faults)
    return _by_contents(profile, read, sent, faults)


def _by_key(
    column: str, read: ReplyRead, by_key: Mapping[str, Sent], faults: list[Fault]
) -> list[tuple[ReplyLine, Sent]]:
    found, seen = list[tuple[ReplyLine, Sent]](), dict[str, int]()
    for line in read.lines:
        key = line.cells[column]
        key = key.lstrip("0") or key if column == "position" else key
        one = by_key.get(key)
        if one is None:
            zh, en = f"这一批里没有“{line.cells[column]}”", f"the batch has no {column} “{line.cells[column]}”"
            faults.append(fault(line.line, column, "foreign", zh, en))
        elif key in seen:
            zh, en = f"和第 {seen[key]} 行是同一笔", f"the same payment as line {seen[key]}"
            faults.append(fault(line.line, column, "doubled", zh, en))
        else:
            seen[key] = line.line
            if differing := _altered(line, one):
                faults.extend(differing)
            else:
                found.append((line, one))
    return found


def _by_contents(
    profile: ReplyProfile, read: ReplyRead, sent: Sequence[Sent], faults: list[Fault]
) -> list[tuple[ReplyLine, Sent]]:
    """By account, name and amount. Equal payments (two children of one worker) are each other's only if all ended alike."""
    waiting: dict[tuple[str, str, str], list[Sent]] = defaultdict(list)
    for one in sent:
        waiting[_contents(one)].append(one)
    lines: dict[tuple[str, str, str], list[ReplyLine]] = defaultdict(list)
    for line in read.lines:
        lines[bank_card.normalise(line.cells["card"]), squeezed(line.cells["name"]), _plain(line.cells["yuan"])].append(
            line
        )
    found = list[tuple[ReplyLine, Sent]]()
    for key, group in lines.items():
        own = waiting.get(key, [])
        if not own:
            faults.append(_nobody(group[0], sent))
        elif len(group) > len(own):
            zh, en = f"和第 {group[0].line} 行是同一笔", f"the same payment as line {group[0].line}"
            faults.append(fault(group[-1].line, "card", "doubled", zh, en))
        elif len(own) > 1 and (
            len(group) < len(own) or len({profile.words.get(one.cells["status"]) for one in group}) > 1
        ):
            zh = "同一账号、姓名、金额有几笔，结果不一样，分不清是哪一笔：请凭盖章的回单由两人录入"
            en = "several payments are alike and ended differently: two people key the stamped reply"
            faults.append(fault(group[0].line, "card", "ambiguous", zh, en))
        else:
            found.extend(zip(group, own, strict=False))
    return found


def _nobody(line: ReplyLine, sent: Sequence[Sent]) -> Fault:
    """Which column of a line that fits no payment is the one that differs, where only one does."""
    card = bank_card.normalise(line.cells["card"])
    for one in sent:
        if card == one.card and (differing := _altered(line, one)):
            return differing[0]
        if squeezed(line.cells["name"]) == squeezed(one.name) and _plain(line.cells["yuan"]) == money.in_yuan(one.fen):
            return _altered(line, one)[0]
    return fault(line.line, "card", "foreign", "这一批里没有这一笔", "the batch has no such payment")


def _contents(one: Sent) -> tuple[str, str, str]:
    return one.card, squeezed(one.name), money.in_yuan(one.fen)


def _altered(line: ReplyLine, one: Sent) -> list[Fault]:
    """Columns of a line that are not what went to the bank. The values are not repeated: they are people's."""
    same = (
        ("card", bank_card.normalise(line.cells["card"]) == one.card),
        ("name", squeezed(line.cells["name"]) == squeezed(one.name)),
        ("yuan", _plain(line.cells["yuan"]) == money.in_yuan(one.fen)),
    )
    return [
        fault(line.line, column, f"other_{column}", "与送银行的不一样", "it differs from what went to the bank")
        for column, is_same in same
        if not is_same
    ]


def _plain(text: str) -> str:
    """An amount with two decimals; as it stands where it is none, or has a third decimal."""
    try:
        return money.in_yuan(money.parse_yuan(text))
    except WrongValueError:
        return text


def _answer(profile: ReplyProfile, line: ReplyLine, one: Sent, faults: list[Fault]) -> Answer | None:
    word = line.cells["status"]
    outcome = profile.words.get(word, "")
    if outcome not in OUTCOMES:
        zh, en = f"状态“{word}”不认识，请补到银行格式里再收", f"the status “{word}” is not known: add it to the profile"
        faults.append(fault(line.line, "status", "status_unknown", zh, en))
        return None
    told = line.cells.get("reason", "")
    if outcome in {FAILED, RETURNED} and not told and "reason" in profile.columns:
        faults.append(fault(line.line, "reason", "no_reason", "没付成却没有写原因", "it failed and gives no reason"))
        return None
    reason = reason_code(profile.reasons, told) if outcome in {FAILED, RETURNED} else ""
    return moved(one, outcome, reason, line.line, faults)


def moved(one: Sent, outcome: str, reason: str, line: int, faults: list[Fault]) -> Answer | None:
    """What an outcome makes of a payment as it stands; None where it says the same again, or contradicts (a fault)."""
    if (one.status, outcome) in _AGAIN:
        return None
    to = _MOVES.get((one.status, outcome))
    if to is None:
        zh = f"与以前收的回单相反（现在是“{WORDS[one.status][0]}”），请向银行核实"
        en = f"it contradicts what was taken in before ({WORDS[one.status][1]}): ask the bank"
        faults.append(fault(line, "status", "contradiction", zh, en))
        return None
    return Answer(one.position, to, reason, line)


def reason_code(reasons: Mapping[str, str], told: str) -> str:
    """The code of the first of the profile's words that stands in the bank's reason."""
    return next((code for word, code in reasons.items() if word in told), "other")


def _totals(profile: ReplyProfile, read: ReplyRead) -> list[Fault]:
    """Counts and sums of the head against the lines below it."""
    try:
        amounts = [money.parse_yuan(one.cells["yuan"]) for one in read.lines]
    except WrongValueError:
        return []  # the line with that amount is named already
    outcomes = [profile.words.get(one.cells["status"]) for one in read.lines]
    went = [outcome == SAID_PAID for outcome in outcomes]
    found = {
        "count": str(len(amounts)),
        "yuan": money.in_yuan(sum(amounts)),
        "paid_count": str(sum(went)),
        "paid_yuan": money.in_yuan(sum(fen for fen, paid in zip(amounts, went, strict=True) if paid)),
        "failed_count": str(sum(outcome in {FAILED, RETURNED} for outcome in outcomes)),
    }
    return [
        fault(
            read.head_line,
            column,
            "mis_totalled",
            f"写的是 {read.head[column]}，各行合计是 {right}",
            f"it says {read.head[column]}, the lines come to {right}",
        )
        for column, right in found.items()
        if column in read.head and right not in {read.head[column], _plain(read.head[column])}
    ]
