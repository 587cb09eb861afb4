"""国家的就业政策: what the state offers on a day, each with rule, article and how sure it is; and what of it a graduate may claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from huigong.rules.policies import CLAIMANTS, KINDS, LACKS, MAY, SURE, UNKNOWN, Claim, Policy, shipped, standing
from huigong.web.console.asking import OfficerRequest
from huigong.web.console.employment import shown
from huigong.web.console.words import said

_STATES = {
    MAY: (("可以申领", "may be claimed"), "done"),
    UNKNOWN: (("还要问", "to be asked"), "look"),
    LACKS: (("现在不符合", "not now"), ""),
}
_MET = {
    True: (("符合", "met"), "done"),
    False: (("不符合", "not met"), "stop"),
    None: (("还不清楚", "not known"), "look"),
}


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """A policy in the reader's words."""

    one: Policy
    kind: str
    gives: str
    who: str
    where: str
    rule: str
    source: str
    sure: str
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A policy beside a graduate: where it stands, and each condition with its tag and the question an officer may put."""

    policy: PolicyShown
    state: str
    tone: str
    is_open: bool
    conditions: Sequence[tuple[str, str, str, str]]
    """Sentence, word and tone of how it stands, and the fact that may be ticked."""


def claims_shown(claims: Sequence[Claim]) -> list[ClaimShown]:
    return [
        ClaimShown(
            policy=policy_shown(claim.policy),
            state=said(*_STATES[claim.state][0]),
            tone=_STATES[claim.state][1],
            is_open=claim.state != LACKS,
            conditions=[
                (shown.sentence(one.sentence), said(*_MET[one.met][0]), _MET[one.met][1], one.asks)
                for one in claim.conditions
            ],
        )
        for claim in claims
    ]


def policy_shown(one: Policy) -> PolicyShown:
    return PolicyShown(
        one=one,
        kind=said(*KINDS[one.kind]),
        gives=said(one.gives, one.gives_en),
        who=said(*CLAIMANTS[one.claims]),
        where=said(one.where, one.where_en),
        rule=said(f"{one.rule} {one.article}", f"{one.rule_en}, {one.article_en}"),
        source=said(one.source, one.source_en),
        sure=said(*SURE[one.sure]),
        labels=[said(use.label, use.label_en) for use in one.uses],
    )


def employment_policies(request: OfficerRequest) -> HttpResponse:
    """The catalogue as it stands on a day; a day that it does not cover is told to have none."""
    day = _day(request.GET.get("on", ""), otherwise=timezone.localdate())
    told = {
        "on": day,
        "lines": [policy_shown(one) for one in standing(shipped(), on=day)],
        "first": min(one.valid_from for one in shipped()),
    }
    return render(request, "employment/policies.html", told)


def _day(text: str, *, otherwise: date) -> date:
    """The day that a text says; `otherwise` for what is none."""
    try:
        return parse_date(text) or otherwise
    except ValueError:
        return otherwise
