"""Graduates, openings and fits in the reader's words: what templates print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from huigong.employment import words as terms
from huigong.employment.calling import reasons
from huigong.employment.evidence import Kinds
from huigong.employment.fitting import Fit
from huigong.employment.lifecycle import OPENING_WORDS, PROPOSAL_WORDS, WORDS
from huigong.employment.models import Contact, Employer, FollowUp, Graduate, Opening, Outcome, Service
from huigong.values.sentence import Sentence
from huigong.web.console.words import Pair, said

TONES = {
    "open": "now",
    "planned": "now",
    "settled": "done",
    "steady": "done",
    "declined": "",
    "unreachable": "look",
    "proposed": "look",
    "on_offer": "done",
    "closed": "",
    "waits": "look",
    "sent": "now",
    "taken": "done",
    "not_taken": "stop",
    "dropped": "",
    "overtaken": "",
}
_ALL: Mapping[str, Pair] = {**WORDS, **OPENING_WORDS, **PROPOSAL_WORDS}
_CHOICES: Mapping[str, Pair] = {
    Contact.Channel.PHONE: ("电话", "telephone"),
    Contact.Channel.MESSAGE: ("微信或短信", "message"),
    Contact.Channel.WINDOW: ("到窗口", "at the window"),
    Contact.Channel.VISIT: ("上门", "visit"),
    Contact.Answer.SPOKE: ("说上话了", "spoke"),
    Contact.Answer.RELATIVE: ("家人代答", "a relative answered"),
    Contact.Answer.NO_ANSWER: ("没接", "no answer"),
    Contact.Answer.WRONG_NUMBER: ("号码不对", "wrong number"),
    Service.Kind.GUIDANCE: ("职业指导", "careers guidance"),
    Service.Kind.MADE_TO_ORDER: ("订单式培训", "made-to-order training"),
    Service.Kind.TARGETED: ("定项式培训", "targeted training"),
    Service.Kind.REFERRAL: ("职业介绍", "referral"),
    Service.Kind.TRAINEESHIP: ("见习", "traineeship"),
    Service.Kind.INTERNSHIP: ("实习", "internship"),
    Service.Kind.PUBLIC_POST: ("公益性岗位", "public-welfare post"),
    Service.Kind.START_UP: ("创业扶持", "start-up support"),
    Service.Kind.LEGAL_AID: ("法律援助", "legal aid"),
    Service.Kind.POLICY: ("政策咨询", "policy advice"),
    Outcome.Kind.EMPLOYED: ("就业", "employed"),
    Outcome.Kind.FURTHER_STUDY: ("升学", "further study"),
    Outcome.Kind.SELF_EMPLOYED: ("创业", "self-employed"),
    Outcome.Kind.ENLISTED: ("入伍", "enlisted"),
    Outcome.Kind.DECLINED: ("暂不需要帮扶", "wants no help now"),
    Outcome.Kind.UNREACHABLE: ("联系不上", "not reached"),
    FollowUp.How.PERSON: ("问了本人", "asked the person"),
    FollowUp.How.EMPLOYER: ("问了单位", "asked the employer"),
    FollowUp.How.RECORDS: ("查了社保或工资", "saw the records"),
    Opening.Kind.POST: ("招聘岗位", "post"),
    Opening.Kind.TRAINING: ("培训名额", "training places"),
    Opening.Kind.FAIR: ("招聘会", "job fair"),
    Employer.Nature.STATE_LARGE: ("国有大中型企业", "large or middle state firm"),
    Employer.Nature.STATE: ("其他国有企业", "other state firm"),
    Employer.Nature.PUBLIC: ("机关事业单位", "public body"),
    Employer.Nature.PRIVATE: ("民营企业", "private firm"),
    Employer.Nature.SMALL: ("小微企业和个体户", "small firm"),
    Employer.Nature.OTHER: ("其他", "other"),
    Graduate.Source.FILE: ("家庭档案", "household file"),
    Graduate.Source.LIST: ("名单", "a list"),
    "left": ("本人离开", "left"),
    "dismissed": ("单位辞退", "dismissed"),
    "closed_down": ("单位关停", "employer closed down"),
    "failed": ("创业没做下去", "business given up"),
    "changed": ("换了去向", "changed"),
    "followed_up": ("回访时已不在", "gone when followed up"),
}
LOST_WHY = ("left", "dismissed", "closed_down", "failed")


def word(code: str) -> str:
    """A status, kind, answer or evidence in the reader's language."""
    return said(*_CHOICES[code]) if code in _CHOICES else status_word(code)


def evidence_word(kinds: Kinds, outcome: Outcome) -> str:
    """What an outcome stands on, in the words of the day of its paper."""
    return said(*kinds.word(outcome.kind, outcome.evidence, on=outcome.evidence_on)) if outcome.evidence else ""


def status_word(code: str) -> str:
    return said(*_ALL[code]) if code in _ALL else code


def choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, word(code)) for code in codes]


def sentence(one: Sentence) -> str:
    return one.in_language(get_language() or "")


def listed(table: Mapping[str, Pair], codes: Sequence[str]) -> str:
    """Codes of one of the tables of words, as a list in the reader's language."""
    return said(*terms.said(table, codes))


@dataclass(frozen=True, slots=True)
class Line:
    """One graduate in a list: where they stand, and why somebody should act now."""

    one: Graduate
    status: str
    tone: str
    why: Sequence[tuple[str, str]]
    wish: str
    outcome: str


def line(one: Graduate, *, today: date) -> Line:
    wish = "、".join(filter(None, [listed(terms.WORK, one.wanted_work), "、".join(one.wanted_places)]))
    why = [(sentence(reason.sentence), reason.tone) for reason in reasons(one, today=today)]
    outcome = word(one.outcome) if one.outcome else ""
    return Line(one, status_word(one.status), TONES.get(one.status, ""), why, wish, outcome)


@dataclass(frozen=True, slots=True)
class FitShown:
    """An opening beside a graduate: what fits, what does not, and which training closes it."""

    opening: Opening
    fits: bool
    good: Sequence[str]
    misses: Sequence[str]
    course: Opening | None
    far: str


def fit_shown(found: Fit) -> FitShown:
    return FitShown(
        opening=found.opening,
        fits=found.fits,
        good=[sentence(one.sentence) for one in found.answers if one.fits and one.points > 0],
        misses=[sentence(one.sentence) for one in found.misses],
        course=found.closed_by,
        far=far_words(found.opening),
    )


def asks(opening: Opening) -> str:
    """What an opening asks for: level, majors, certificates."""
    level = listed(terms.LEVELS, [opening.level]) if opening.level else ""
    parts = (level, "、".join(opening.majors), listed(terms.SKILLS, opening.skills))
    return "、".join(filter(None, parts))


def far_words(opening: Opening) -> str:
    flags = {
        ("基层", "grassroots"): opening.grassroots,
        ("贫困地区", "poor area"): opening.poor_area,
        ("艰苦边远", "remote area"): opening.remote_area,
    }
    return said("、", ", ").join(said(*pair) for pair, is_so in flags.items() if is_so)
