"""Public notices with their lines, where each hung, when its page could be reached, and what was said against them."""

from collections.abc import Iterator

from huigong.figures.books.looking import Look, Now, beside, last, nothing, payload, stands
from huigong.giving.columns import APPROPRIATION, DONATION, SEEN
from huigong.giving.models import Appropriation, Donation, MoneySeen
from huigong.grievances.columns import GRIEVANCE
from huigong.grievances.lifecycle import MOVED as ANSWERED
from huigong.grievances.models import Grievance
from huigong.publicnotices.columns import CHECK, LINE, NOTICE, POSTING
from huigong.publicnotices.models import NoticeCheck, NoticeLine, NoticePosting, PublicNotice
from huigong.quotas.columns import RULE
from huigong.quotas.models import FundRule

_POSTED = (
    "notice.posted",
    "notice.statement_entered",
    "notice.statement_confirmed",
    "notice.board_spoken_for",
    "notice.taken_down",
)


def notices() -> Iterator[Look]:
    def rows() -> Iterator[Now]:
        for one in PublicNotice.objects.all():
            now = payload(
                first_day=one.first_day.isoformat(),
                last_day=one.last_day.isoformat(),
                lines=one.lines.count(),
                chain=one.chain_digest,
            )
            yield Now(one.number, one.number, now, ((NOTICE, "columns", (one,)),))

    return beside(last("notice.published"), rows(), "公示", "Public notice")


def lines() -> Iterator[Look]:
    rows = (
        Now((one.notice.number, one.case_reference), one.case_reference, nothing, ((LINE, "line", (one,)),))
        for one in NoticeLine.objects.select_related("notice").order_by("notice", "case_reference")
    )
    told = last("application.published", key=lambda one: (one.payload["notice"], one.subject))
    return beside(told, rows, "公示名单", "Line of a public notice")


def postings() -> Iterator[Look]:
    told = last(*_POSTED, key=lambda one: one.payload["posting"])
    rows = (
        Now(str(one.pk), one.notice.number, sealed=((POSTING, "columns", (one,)),))
        for one in NoticePosting.objects.select_related("notice")
    )
    return beside(told, rows, "公示张贴", "Posting of notice")


def checks() -> Iterator[Look]:
    told = last("notice.checked", key=lambda one: one.payload["check"])
    rows = (
        Now(str(one.pk), one.notice.number, sealed=((CHECK, "columns", (one,)),))
        for one in NoticeCheck.objects.select_related("notice")
    )
    return beside(told, rows, "查验公示", "Check of notice")


def grievances() -> Iterator[Look]:
    rows = (
        Now(one.number, one.number, stands(one.status, one.status_since), ((GRIEVANCE, "columns", (one,)),))
        for one in Grievance.objects.all()
    )
    return beside(last(*ANSWERED), rows, "异议和申诉", "Grievance")


def donations() -> Iterator[Look]:
    rows = (Now(one.number, one.number, sealed=((DONATION, "columns", (one,)),)) for one in Donation.objects.all())
    return beside(last("donation.taken", "donation.taken_back"), rows, "捐助", "Donation")


def appropriations() -> Iterator[Look]:
    rows = (
        Now(one.number, one.number, sealed=((APPROPRIATION, "columns", (one,)),)) for one in Appropriation.objects.all()
    )
    return beside(last("appropriation.received", "appropriation.taken_back"), rows, "到款", "Appropriation")


def money_seen() -> Iterator[Look]:
    """By its id: an entry that is altered so that it points to another sum is found too."""
    rows = (
        Now(str(one.pk), (one.appropriation or one.donation).number, sealed=((SEEN, "columns", (one,)),))  # type: ignore[union-attr]
        for one in MoneySeen.objects.select_related("appropriation", "donation")
    )
    told = last("money.seen", key=lambda one: one.payload["seen"])
    return beside(told, rows, "到账核对", "Money seen")


def fund_rules() -> Iterator[Look]:
    told = last("fund_rule.kept", key=lambda one: one.payload["fund_rule"])
    rows = (
        Now(str(one.pk), one.fund_source.code, sealed=((RULE, "columns", (one,)),))
        for one in FundRule.objects.select_related("fund_source")
    )
    return beside(told, rows, "资金规则", "Rule of source")


TABLES = (notices, lines, postings, checks, grievances, donations, appropriations, money_seen, fund_rules)
