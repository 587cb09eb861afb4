"""Why an application has its status, in one sentence with the clauses that it cites.

One open finding is told whole. Several are listed by their names and clauses, so that a unit reads what to bring and not
five sentences; who is refused reads every reason whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huigong.rules.deciding import Finding
from huigong.rules.sentences import A_LEADER_DECIDES, MET, NOT_MET, UNKNOWN
from huigong.studentaid.facts import FROM_FILE
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE, SUBMITTED, TIED, TO_SETTLE, VERIFIED, WAITING, WORDS
from huigong.studentaid.models import Application
from huigong.values.sentence import Sentence

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Why:
    """One sentence for a status, with the clauses that it cites."""

    sentence: Sentence
    clauses: tuple[str, ...]


def why(application: Application, findings: Iterable[Finding], *, other_sources: Sequence[str] = ()) -> Why:
    """Why an application has its status: what is missing or doubtful, or where it stands in the order.

    Who waits for a place is told which other money could help (`other_sources` of the circular's quota).
    """
    found = list(findings)
    told: list[Finding] = []
    if not found and application.status in {SUBMITTED, VERIFIED}:
        zh, en = "还没有认定。", "not decided yet."
    elif application.status not in HOLDS_A_PLACE and any(_is_open(one) for one in found):
        told, (zh, en) = _open(application, found)
    else:
        zh, en = _all_met(application, other_sources)
    head_zh, head_en = WORDS[application.status]
    sentence = Sentence(f"why.{application.status}", f"{head_zh}：{zh}", f"{head_en.capitalize()}: {en}")
    return Why(sentence, tuple(dict.fromkeys(one.clause for one in told)))


def _is_open(finding: Finding) -> bool:
    return finding.outcome != MET and finding.means != "look"


def _open(application: Application, findings: Sequence[Finding]) -> tuple[list[Finding], _Pair]:
    """What stands against it: the reasons of a refusal alone, else what a person settles, then what is missing."""
    refused = [one for one in findings if one.means == "refused" and one.outcome == NOT_MET]
    if refused:
        return refused, ("".join(one.sentence.zh for one in refused), " ".join(one.sentence.en for one in refused))
    settle = [one for one in findings if one.means == "to_settle" and one.outcome == NOT_MET]
    missing = _missing(findings)
    if not settle:
        return missing, _listed(missing, ("还差 {} 样：", "{} things are missing: "))
    zh, en = _listed(settle, ("{} 件：", "{} questions: "))
    if application.status == TO_SETTLE:
        zh = zh.replace(A_LEADER_DECIDES, "")
    if missing:
        zh += f"另差 {len(missing)} 样：{_names(missing)[0]}。"
        en += f" Also missing: {_names(missing)[1]}."
    return [*settle, *missing], (zh, en)


def _missing(findings: Sequence[Finding]) -> list[Finding]:
    """What has to be brought or found out. Without a file the one thing is the file: what stands in it is not counted."""
    fileless = any(one.fact == "household_enrolled" and one.outcome != MET for one in findings)
    return [
        one
        for one in findings
        if _is_open(one)
        and (one.outcome != NOT_MET or one.means == "curable")
        and not (fileless and one.fact in FROM_FILE)
    ]


def _listed(findings: Sequence[Finding], many: _Pair) -> _Pair:
    """One finding as its whole sentence, several as a list under how many they are."""
    if len(findings) == 1:
        return findings[0].sentence.zh, findings[0].sentence.en
    names = _names(findings)
    return f"{many[0].format(len(findings))}{names[0]}。", f"{many[1].format(len(findings))}{names[1]}."


def _names(findings: Sequence[Finding]) -> _Pair:
    """Labels with their clauses as the document prints them; what is not known says so."""
    zh = [f"{one.label}{'还不清楚' if one.outcome == UNKNOWN else ''}（{one.printed}）" for one in findings]
    en = [f"{one.label_en}{' not known yet' if one.outcome == UNKNOWN else ''} ({one.clause})" for one in findings]
    return "、".join(zh), ", ".join(en)


def _all_met(application: Application, other_sources: Sequence[str]) -> _Pair:
    rank_zh = f"，在{application.federation.name}排第 {application.rank} 名" if application.rank else ""
    rank_en = f"; rank {application.rank} in {application.federation.code}" if application.rank else ""
    more_zh, more_en = _what_next(application, other_sources)
    return f"各条都符合{rank_zh}。{more_zh}", f"all is met{rank_en}.{more_en}"


def _what_next(application: Application, other_sources: Sequence[str]) -> _Pair:
    """What an eligible application still waits for."""
    if application.status == ELIGIBLE and not application.is_verified:
        return "这些事实还要有人审核，才排名额。", " Somebody has to verify these facts before places are shared."
    if application.status == ELIGIBLE and application.amount_fen is None:
        return (
            "通知没有定这个阶段的金额，要等补充通知。",
            " The circular lays down no amount for this level; a supplement has to.",
        )
    if application.status == TIED:
        return (
            "与同名次的各项条件完全相同，名额只够一部分，要定先给谁。",
            " All ranking keys are equal across the line: a leader decides who comes first.",
        )
    if application.status != WAITING or not other_sources:
        return "", ""
    names = "、".join(other_sources)
    return f"这项指标用完了；还可争取：{names}。", f" These places are used up; other money could help: {names}."
