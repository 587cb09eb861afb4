"""三分钟看懂惠工: the card of the demo city. Each scene is found by asking, so it leads to what stands there now.

Nothing of it is there unless this installation is the demo and the visitor sits at this machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from huigong.circulars.models import Campaign
from huigong.circulars.queries import circular_of
from huigong.intake import queries as intake
from huigong.quotas import queries as quotas
from huigong.rules.circular import Circular
from huigong.rules.sentences import MET
from huigong.runs import demo
from huigong.runs.demo_cast import Player, players
from huigong.studentaid import queries as studentaid
from huigong.studentaid.lifecycle import HOLDS_A_PLACE, TO_SETTLE, WAITING
from huigong.studentaid.models import Application, Settlement
from huigong.web.console.forms import received
from huigong.web.navigation import ROLES

HEROINE, COUNTY = "韦小雨", "450422"
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
# Whoever comes past another server on this machine has its address, and may sit anywhere.
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: the part, its role and place in words, who plays it, and whether that is the reader already."""

    part: str
    word: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene, and the door that leads to its address. No address: it is played out until the city is rebuilt."""

    name: str
    title: str
    told: str
    address: str
    door: Door | None
    files: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What the first page and today show of the demo."""

    doors: Sequence[Door]
    scenes: Sequence[Scene]


def in_the_demo(request: HttpRequest) -> bool:
    """Whether a request comes from this machine itself, past no other server, to the demo."""
    return _from_here(request) and demo.standing() is not None


def card(request: HttpRequest) -> Card | None:
    """The card, for whoever may see it."""
    standing = demo.standing() if _from_here(request) else None
    campaign = Campaign.objects.filter(code=standing.campaign).first() if standing else None
    if campaign is None:
        return None
    doors = {player.part.key: _door(player, request) for player in players()}
    return Card(list(doors.values()), _scenes(campaign, doors))


def _from_here(request: HttpRequest) -> bool:
    if any(name in request.META for name in _FORWARDED):
        return False
    try:
        near = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return near and urlsplit(f"//{request.get_host()}").hostname in _THIS_MACHINE


def _door(player: Player, request: HttpRequest) -> Door:
    part, officer = player.part, player.officer
    word = _(ROLES[part.role]) + (f" · {officer.organisation.name}" if part.where else "")
    return Door(part.key, word, officer.name, officer == request.user)


def _scenes(campaign: Campaign, doors: Mapping[str, Door]) -> list[Scene]:
    circular, cases = circular_of(campaign), studentaid.applications_of(campaign).order_by("reference")
    verifier = doors.get("verifier")
    return [
        Scene(
            "messy",
            _("两份乱表，放进来"),
            _("先下载，再拖进交表页：好的行当场能收，有毛病的逐格说明；被 Excel 弄丢的号码按档案补，由人核对。"),
            reverse("forms", args=[campaign.code]),
            verifier,
            demo.SAMPLES,
        ),
        Scene(
            "annotated",
            _("退回去的还是他自己的表"),
            _("同样的表、同样的顺序，毛病涂了色，最后一列用话说清怎么改。在页面上方下载。"),
            _returned_form(campaign),
            verifier,
        ),
        Scene(
            "eligible",
            _("这个孩子为什么符合条件"),
            _("逐条写着事实、门槛和依据的条款；点条款就是通知原文。"),
            _page(_eligible(cases)),
            doors.get("auditor"),
        ),
        _eighth(campaign, circular, cases, verifier),
        Scene(
            "twice",
            _("一个学生，两个单位报了"),
            _("两户都说是自己的孩子：不给名额，也不猜，由署名的人选定一户。"),
            _page(_twice(cases)),
            verifier,
        ),
        Scene(
            "late",
            _("迟交的表，等负责人定"),
            _("8月14日才到，截止是8月10日：不自动拒绝，也不悄悄收下，负责人签名决定。"),
            _page(_late(cases, circular)),
            doors.get("approver"),
        ),
    ]


def _eighth(campaign: Campaign, circular: Circular, cases: QuerySet[Application], door: Door | None) -> Scene:
    """The first of those who wait in the county whose places are used up."""
    source = circular.quota.fund_source if circular.quota else ""
    places = quotas.places_of(campaign, fund_source=source).get(COUNTY, 0)
    waits = cases.filter(federation__code=COUNTY, status=WAITING, rank__gt=places).order_by("rank").first()
    told = _("藤县只有 %(places)s 个名额，这一家各条都符合，排第 %(rank)s：候补，并写明还可争取什么钱。")
    figures = {"places": places, "rank": waits.rank if waits else places + 1}
    return Scene("eighth", _("七个名额，第八户"), told % figures, _page(waits), door)


def _returned_form(campaign: Campaign) -> str:
    """A workbook that has rows to mend."""
    forms = received.of_state(intake.forms_of(campaign), "stop").filter(name__endswith=".xlsx")
    found = forms.order_by("name").first()
    return reverse("form", args=[found.pk]) if found else ""


def _eligible(cases: QuerySet[Application]) -> Application | None:
    """韦小雨, of whom every story of this programme tells; whoever has a place where she is not."""
    placed = cases.filter(status__in=HOLDS_A_PLACE)
    return placed.filter(student_name=HEROINE).first() or placed.first()


def _twice(cases: QuerySet[Application]) -> Application | None:
    """A student whom two households claim, as long as nobody chose one."""
    claimed = cases.order_by().values("student_index").annotate(households=Count("pk")).filter(households__gt=1)
    settled = Settlement.objects.filter(about=Settlement.About.HOUSEHOLD).values("application__student_index")
    open_ = cases.filter(status=TO_SETTLE, student_index__in=claimed.values("student_index"))
    return open_.exclude(student_index__in=settled).first()


def _late(cases: QuerySet[Application], circular: Circular) -> Application | None:
    """A case of a form that came after the deadline, as long as no leader decided: first one that lacks nothing else."""
    settled = Settlement.objects.filter(about=Settlement.About.LATE).values("application")
    came = cases.filter(status=TO_SETTLE, submissions__row__form__received_on__gt=circular.deadline)
    found = list(came.exclude(pk__in=settled))
    findings = studentaid.findings_of(found)
    return min(found, key=lambda one: sum(said.outcome != MET for said in findings[one.pk]), default=None)


def _page(application: Application | None) -> str:
    return reverse("application", args=[application.reference]) if application else ""
