"""The steps of a file's life as the page offers them: who may, in which state, what is asked, which verb does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huigong.circulars import routing
from huigong.circulars.calendar import working_calendar
from huigong.documents import actions as documents
from huigong.documents.models import Document
from huigong.organisations.models import Officer, Organisation
from huigong.registry import actions as registry
from huigong.registry import code_lists, this_time
from huigong.registry.actions import Done
from huigong.registry.lifecycle import CHECKED, DRAFT, ENROLLED, EXITED, MOVING, ON_NOTICE, REPORTED, WORDS
from huigong.registry.models import Household
from huigong.values.sentence import SaidError, Sentence
from huigong.web.console.asking import OfficerRequest, day_sent, or_404, text_sent
from huigong.web.console.scanned import scanned
from huigong.web.console.words import said
from huigong.web.roles import HANDS_IN, KEEPS_FILES, SETTLES

PREPARE, KEEP, ENROL = "household-prepare", "household-keep", "household-enrol"
"""The three addresses of steps; the table of permissions says whose each is."""
_ROLES = {PREPARE: HANDS_IN, KEEP: KEEPS_FILES, ENROL: SETTLES}
_REVIEWS = frozenset({KEEP, ENROL})
_UNDER_REVIEW = frozenset({REPORTED, CHECKED, ON_NOTICE})
_OUTCOMES: Mapping[str, Sequence[str]] = {
    **this_time.OUTCOMES,
    "withdraw": tuple(registry.TURN_DOWNS),
    "turn_down": tuple(registry.TURN_DOWNS),
    "certificate_review": ("上半年通过", "上半年未通过", "下半年通过", "下半年未通过"),
}
_OF_THE_RECEIVER = frozenset({"move_in", "decline"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `asks` names what it asks besides its day: word, note, paper, code, to."""

    slug: str
    address: str
    zh: str
    en: str
    states: frozenset[str]
    asks: frozenset[str]
    do: Callable[["Given"], object]
    codes: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What was posted with a step."""

    household: Household
    done: Done
    version: int
    step: str
    code: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A step as a form of the page."""

    slug: str
    address: str
    word: str
    asks: frozenset[str]
    choices: Sequence[str]
    main: bool


def _versioned(verb: Callable[..., object]) -> Callable[[Given], object]:
    return lambda given: verb(given.household, given.done, version=given.version)


def _noted(given: Given) -> object:
    return registry.note(given.household, given.step, given.done)


def _on_notice(given: Given) -> object:
    return registry.put_on_notice(given.household, given.done, calendar=working_calendar(), version=given.version)


def _sent(given: Given) -> object:
    to = or_404(Organisation.objects.filter(code=given.to, kind=Organisation.Kind.FEDERATION).first())
    return registry.send_to(given.household, to, given.done, version=given.version)


def _confirmed(given: Given) -> object:
    return registry.confirm_unchanged(given.household, given.done, code=given.code)


def _step(
    slug: str,
    address: str,
    words: str,
    states: Sequence[str],
    asks: str,
    do: Callable[[Given], object],
    codes: str = "",
    *,
    main: bool = False,
) -> Step:
    zh, _, en = words.partition(" / ")
    return Step(slug, address, zh, en, frozenset(states), frozenset(asks.split()), do, codes, main)


STEPS: Sequence[Step] = (
    _step("report", PREPARE, "上报 / Report it", [DRAFT], "note", _versioned(registry.report), main=True),
    _step("home_visit", PREPARE, "记入户调查 / Note the home visit", [DRAFT, REPORTED], "word note paper", _noted),
    _step("authorisation", PREPARE, "记核对授权书 / Note the authorisation", [DRAFT, REPORTED], "paper note", _noted),
    _step("civil_affairs", KEEP, "记民政核对结果 / Note civil affairs' answer", [REPORTED], "word note paper", _noted),
    _step("check", KEEP, "核查完毕 / Checks are done", [REPORTED], "note", _versioned(registry.check), main=True),
    _step("notice", KEEP, "上公示（五个工作日） / Put on notice for five working days", [CHECKED], "paper", _on_notice, main=True),
    _step("enrol", ENROL, "建档 / Enrol", [ON_NOTICE], "word note", _versioned(registry.enrol), "enrolment_level", main=True),
    _step("certificate_review", KEEP, "记优惠证审核 / Note the certificate's review", [ENROLLED], "word note", _versioned(registry.review_certificate)),
    _step("yearly_check", PREPARE, "年度复核：没有变化 / Yearly re-check: no change", [ENROLLED], "code", _confirmed),
    _step("paper", PREPARE, "存附件 / Keep a paper", [DRAFT, REPORTED, CHECKED, ON_NOTICE, ENROLLED], "word paper note", _noted, "paper_kind"),
    _step("move_out", KEEP, "转到别的总工会 / Move to another union", [ENROLLED], "to note", _sent),
    _step("move_in", KEEP, "接收 / Take it over", [MOVING], "note", _versioned(registry.take_over), main=True),
    _step("decline", KEEP, "不接收 / Decline it", [MOVING], "note", _versioned(registry.decline)),
    _step("call_back", KEEP, "撤回转出 / Call it back", [MOVING], "note", _versioned(registry.call_back), main=True),
    _step("set_level", ENROL, "改建档标准 / Change the level", [ENROLLED], "word note", _versioned(registry.set_level), "enrolment_level"),
    _step("leave", KEEP, "退出 / Close the file", [ENROLLED], "word note paper", _versioned(registry.leave), "exit_reason"),
    _step("put_back", KEEP, "退回上一步 / One step back", [REPORTED, CHECKED, ON_NOTICE], "note", _versioned(registry.put_back)),
    _step("withdraw", PREPARE, "撤掉这份草稿 / Take the draft off", [DRAFT], "word note", _versioned(registry.turn_down)),
    _step("turn_down", KEEP, "不符合，撤下 / Take it off, not enrolled", [REPORTED, CHECKED, ON_NOTICE], "word note", _versioned(registry.turn_down)),
    _step("open_again", KEEP, "重新建档 / Open it again", [EXITED], "note", _versioned(registry.open_again), main=True),
    _step("destroyed", KEEP, "记到期销毁原件 / Note that originals were destroyed", [EXITED], "note", lambda given: registry.note_destroyed(given.household, given.done)),
)  # fmt: skip


def refuse_elsewhere(household: Household, step: Step, *, officer: Officer, today: date) -> None:
    """Raises OtherDeskError where the circular at work has the file reviewed at another centre ([routing] files)."""
    if step.address in _REVIEWS and household.status in _UNDER_REVIEW:
        unit = household.unit or household.federation
        routing.refuse_other_centre(officer.organisation, unit, file=household.file_number, on=today)


def reviewed_at(household: Household, *, officer: Officer, today: date) -> routing.Desk | None:
    """The other centre at which a file under review is reviewed, and the clause; None where it is here."""
    if household.status not in _UNDER_REVIEW or officer.organisation.kind != Organisation.Kind.FEDERATION:
        return None
    return routing.other_centre(officer.organisation, household.unit or household.federation, on=today)


def offered(
    household: Household, *, roles: frozenset[str], serves: str, today: date, elsewhere: bool = False
) -> list[Offered]:
    """The steps that this officer may take now. Only the receiving side takes or declines a file that moves, and only the
    centre that reviews a file takes the steps of its review (`elsewhere`: that is another one).
    """
    lists = code_lists.words_on(today)
    return [
        Offered(
            step.slug,
            step.address,
            said(step.zh, step.en),
            step.asks,
            lists.get(step.codes, []) if step.codes else _OUTCOMES.get(step.slug, ()),
            step.main,
        )
        for step in STEPS
        if household.status in step.states
        and _ROLES[step.address] & roles
        and _may_take(household, serves, step)
        and not (elsewhere and step.address in _REVIEWS)
    ]


def step_or_404(household: Household, slug: str, address: str, serves: str) -> Step:
    step = or_404(next((one for one in STEPS if one.slug == slug and one.address == address), None))
    return or_404(step if _may_take(household, serves, step) else None)


def refuse_state(household: Household, step: Step) -> None:
    """Raises SaidError for a step that is not one of the file's state: it was taken meanwhile, or its time has not come."""
    if household.status not in step.states:
        zh, en = WORDS[household.status]
        raise SaidError(
            Sentence(
                "step_untimely",
                f"档案现在是“{zh}”，“{step.zh}”这时不办（或刚有人办过）；请看“下一步”里能办的。",
                f"The file is “{en}” now: “{step.en}” is not taken then, or was taken just now. See what its next steps are.",
            )
        )


def in_hand(household: Household, serves: str) -> bool:
    """Whether the file is the office's own: one that is on its way here is only looked at until it is taken over."""
    own = [household.federation, *([household.unit] if household.unit else [])]
    return household.moving_to is None or any(one.path.startswith(serves) for one in own)


def given(request: OfficerRequest, household: Household, step: Step, *, at: datetime, today: date) -> Given:
    """What the form says. Raises SaidError where a day or a file cannot be read."""
    posted: Mapping[str, str] = request.POST
    on = day_sent(request, "on") or today
    version = posted.get("version", "")
    done = Done(
        on=on,
        officer=request.user.username,
        at=at,
        word=_word(step, posted.get("word", "").strip(), today),
        paper=_paper(request, at) if "paper" in step.asks else None,
        note=text_sent(request, "note", most=1000),
    )
    return Given(
        household,
        done,
        int(version) if version.isdecimal() and len(version) < 10 else -1,
        step.slug,
        posted.get("code", "")[:20],
        posted.get("to", "")[:40],
    )


def _word(step: Step, word: str, today: date) -> str:
    if "word" not in step.asks:
        return ""
    known = code_lists.words_on(today).get(step.codes, []) if step.codes else _OUTCOMES.get(step.slug, ())
    if word not in known:
        raise SaidError(
            Sentence("outcome_unchosen", f"“{step.zh}”要选一项结果。", f"“{step.en}”: choose one of the outcomes.")
        )
    return word


def _paper(request: OfficerRequest, at: datetime) -> Document | None:
    file = request.FILES.get("paper")
    if file is None:
        return None
    sent = scanned(file)
    if sent is None:
        raise SaidError(
            Sentence(
                "paper_unfit",
                "材料只收扫描件和照片：pdf、jpg 或 png，不超过 10 MB，也不能是空的。",
                "A paper is a scan or a photograph: pdf, jpg or png, not empty, at most 10 MB.",
            )
        )
    return documents.store(
        sent.content, name=sent.name, media_type=sent.media_type, officer=request.user.username, at=at
    )


def _may_take(household: Household, serves: str, step: Step) -> bool:
    """The side to which a file moves takes it or declines it; everything else is of the side that has it."""
    if step.slug in _OF_THE_RECEIVER:
        return household.moving_to is not None and household.moving_to.path.startswith(serves)
    return in_hand(household, serves)
