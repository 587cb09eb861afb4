"""逐条认定: what each criterion found, with its mark, its clause and its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from huigong.rules.circular import Circular
from huigong.rules.deciding import Finding
from huigong.rules.sentences import MET, UNKNOWN
from huigong.studentaid.models import Application
from huigong.web.console import words
from huigong.web.console.citing import Cited, cited


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as the page shows it: a mark and its word, what was asked, the sentence with value and limit."""

    mark: str
    tone: str
    word: str
    title: str
    cited: Cited
    sentence: str


def findings_shown(application: Application, circular: Circular, findings: Sequence[Finding]) -> list[Found]:
    """What stands against the application first, then what to look at, then what is met; each in the circular's order."""
    told = in_order(application, circular, findings)
    return sorted(told, key=lambda found: ("stop", "look", "done", "").index(found.tone))


def in_order(application: Application, circular: Circular, findings: Sequence[Finding]) -> list[Found]:
    """One for each finding, in the circular's order."""
    labels = {use.name: words.said(use.label, use.label_en) for use in circular.criteria}
    return [_found(application, finding, labels.get(finding.criterion, finding.criterion)) for finding in findings]


def _found(application: Application, finding: Finding, title: str) -> Found:
    mark, tone, word = _mark(finding)
    told = words.said(finding.sentence.zh, finding.sentence.en)
    for colon in ("：", ": "):
        told = told.removeprefix(f"{title}{colon}")
    return Found(
        mark=mark,
        tone=tone,
        word=word,
        title=title,
        cited=cited(application.campaign.version, finding.clause),
        sentence=told,
    )


def _mark(finding: Finding) -> tuple[str, str, str]:
    if finding.outcome == MET:
        return "✓", "done", words.said("符合", "met")
    if finding.outcome == UNKNOWN and finding.means == "look":
        return "–", "", words.said("没得比", "nothing to compare")
    if finding.outcome == UNKNOWN:
        return "?", "look", words.said("还不清楚", "not known yet")
    return {
        "refused": ("✕", "stop", words.said("不符合", "not met")),
        "to_settle": ("!", "look", words.said("请负责人定", "a leader decides")),
        "look": ("!", "look", words.said("看一眼", "look once")),
    }.get(finding.means, ("!", "look", words.said("还要补", "to be supplied")))
