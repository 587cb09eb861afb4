"""国家的就业政策: training, skill-test, social-insurance and post subsidies and the start-up loan, as a dated catalogue.

Conditions are the criteria of circulars (asking.py), under the article that asks them. A plan says which a graduate may
claim, which hang on something nobody knows yet, and which are closed by what. A day without a policy in the catalogue is
told as such: nothing is made up for it.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from huigong.rules.asking import answers
from huigong.rules.circular import Use
from huigong.rules.facts import Facts, fact
from huigong.rules.sentences import Shown, shown
from huigong.values.sentence import Sentence

KINDS: Mapping[str, tuple[str, str]] = {
    "training": ("职业培训补贴", "training subsidy"),
    "skill_test": ("职业技能鉴定补贴", "skill-test subsidy"),
    "social_insurance": ("社会保险补贴", "social-insurance subsidy"),
    "post": ("公益性岗位补贴", "public-welfare post subsidy"),
    "start_up_loan": ("创业担保贷款", "start-up loan"),
}
SURE: Mapping[str, tuple[str, str]] = {
    "read": ("读过原文", "read in the source"),
    "part": ("读过一部分，没读到的办之前请核对", "read in part: check the rest first"),
    "background": (
        "文号、条目没有对过原文，办之前请核对",
        "number and article not held against the paper yet: check first",
    ),
}
"""How sure an entry is; none is surer than whoever wrote it down was."""
CLAIMANTS: Mapping[str, tuple[str, str]] = {
    "person": ("本人申领", "claimed by the person"),
    "employer": ("单位申领", "claimed by the employer"),
}
MAY, UNKNOWN, LACKS = "may", "unknown", "lacks"


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy of the state from a day until a day: what it gives, who claims it where, under which rule and article."""

    id: str
    kind: str
    gives: str
    gives_en: str
    claims: str
    where: str
    where_en: str
    rule: str
    rule_en: str
    article: str
    article_en: str
    sure: str
    source: str
    source_en: str
    valid_from: date
    condition: Sequence[Mapping[str, Any]]
    valid_until: date = date.max
    address: str = ""
    """The page on which it was read; none where it was not."""

    @property
    def uses(self) -> Iterator[Use]:
        """Its conditions as uses of criteria, on the policy's article."""
        told = {one.name for one in fields(Use)} - {"parameters"}
        for number, given in enumerate(self.condition):
            rest = {key: value for key, value in given.items() if key not in told}
            yield Use(
                name=f"{self.id}.{number}",
                criterion=given["criterion"],
                clause=self.article,
                failing="curable",
                label=given["label"],
                label_en=given["label_en"],
                remedy="",
                remedy_en="",
                parameters=rest,
            )


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as it stands for somebody: met, not met or not known; `asks` is the fact an officer may tick."""

    met: bool | None
    sentence: Sentence
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A policy for somebody: `state` says whether it may be claimed, hangs on what is not known, or lacks something."""

    policy: Policy
    conditions: tuple[Condition, ...]

    @property
    def state(self) -> str:
        told = {one.met for one in self.conditions}
        return LACKS if False in told else UNKNOWN if None in told else MAY


def parse(text: str) -> tuple[Policy, ...]:
    """The policies of a text that was checked (policies_checking.py)."""
    return tuple(Policy(**told) for told in tomllib.loads(text)["policy"])


@lru_cache(maxsize=1)
def shipped() -> tuple[Policy, ...]:
    return parse(shipped_text())


def shipped_text() -> str:
    return (resources.files("huigong.rules") / "policies.toml").read_text(encoding="utf-8")


def questions() -> frozenset[str]:
    """The facts that an officer may tick for a graduate: what the conditions ask and no record tells."""
    uses = (use for policy in shipped() for use in policy.uses)
    return frozenset(asks(use) for use in uses if asks(use))


def asks(use: Use) -> str:
    """The fact that a condition puts to an officer as a question: its own, or the one among several that no record tells."""
    if "question" not in use.parameters:
        return ""
    ticked = (name for name in use.reads() if name.startswith("confirmed_"))
    return next(ticked, use.parameters.get("fact", ""))


def standing(those: Sequence[Policy], *, on: date) -> list[Policy]:
    """Of these, the ones that hold on a day; none where no entry covers it (decision 602)."""
    return [one for one in those if one.valid_from <= on <= one.valid_until]


def claims_for(facts: Facts, *, on: date) -> list[Claim]:
    """The policies of a day as they stand for somebody: what may be claimed first, then what hangs, then what is closed."""
    held = standing(shipped(), on=on)
    told = iter(answers([given for one in held for given in one.condition], facts))
    made = [Claim(one, tuple(_condition(use, facts, met=next(told)) for use in one.uses)) for one in held]
    order = [MAY, UNKNOWN, LACKS]
    return sorted(made, key=lambda one: (order.index(one.state), list(KINDS).index(one.policy.kind)))


def _condition(use: Use, facts: Facts, *, met: bool | None) -> Condition:
    if use.criterion == "officer_confirms":
        asked, asked_en = use.parameters["question"], use.parameters["question_en"]
        zh, en = {True: ("是", "yes"), False: ("不是", "no"), None: ("还没问", "not asked yet")}[met]
        return Condition(met, Sentence(use.name, f"{asked}{zh}", f"{asked_en} {en}"), asks(use))
    if met is None and asks(use) and facts.get(asks(use)) is None:
        asked, asked_en = use.parameters["question"], use.parameters["question_en"]
        said = Sentence(use.name, f"{use.label}：{asked}还没问", f"{use.label_en}: {asked_en} not asked yet")
        return Condition(None, said, asks(use))
    if met is None:
        missing = [fact(name) for name in use.reads() if facts.get(name) is None]
        zh, en = "、".join(one.zh for one in missing), ", ".join(one.en for one in missing)
        said = Sentence(use.name, f"{use.label}：还不清楚（{zh}）", f"{use.label_en}: not known yet ({en})")
        return Condition(None, said)
    side: Shown = shown(use, facts, met=met)
    zh, en = (f"{side.words[language]}{side.limit[language]}" for language in (0, 1))
    return Condition(met, Sentence(use.name, f"{use.label}：{zh}", f"{use.label_en}: {en}"))
