"""`huigong notices …`: what hangs and where it was put up; ask the public page from outside and write down what it said."""

import argparse
import urllib.error
import urllib.request
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from huigong.publicnotices import actions, queries
from huigong.publicnotices.models import NoticeCheck, PublicNotice
from huigong.values.sentence import SaidError, Sentence

DONE, SOMETHING_WRONG = 0, 1
_SECONDS = 15
_ASKED_AFTER = timedelta(days=7)
"""How long after its window a page is still asked whether it is gone."""


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("notices", help="公示：看、从外面查验 / public notices: show, ask the page from outside")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "每次公示的日期、张贴、查验 / each notice with its days, where it hung, when it was reached"
    verbs.add_parser("show", help=words, description=words)
    words = (
        "打开公示页，记下看得到还是已取下；定时运行（每十分钟） / open the public page and write down whether it shows "
        "its lines or is gone; run it by the clock (every ten minutes)"
    )
    probe = verbs.add_parser("probe", help=words, description=words)
    probe.add_argument("--base", required=True, metavar="URL", help="公众用的地址 / the address that the public uses")


def run(arguments: argparse.Namespace) -> int:
    return _probe(arguments.base.rstrip("/")) if arguments.verb == "probe" else _show()


def _show() -> int:
    for notice in PublicNotice.objects.all():
        seen, left = queries.reached(notice), queries.open_postings([notice]).count()
        print(
            f"{notice.number} {notice.first_day} – {notice.last_day}：看得到 {seen.times} 次，张贴未办完 {left} 处 / "
            f"reached {seen.times} times, {left} postings open"
        )
    return DONE


def _probe(base: str) -> int:
    if not base.startswith(("http://", "https://")):
        raise SaidError(
            Sentence("base_unreadable", "--base 要写 http:// 或 https:// 开头的地址。", "--base is an http(s) address.")
        )
    now = timezone.now()
    today, wrong = timezone.localdate(now), 0
    for notice in PublicNotice.objects.filter(first_day__lte=today, last_day__gte=today - _ASKED_AFTER):
        outcome = _asked(base, notice, hangs=notice.last_day >= today)
        digest = queries.shown_digest(notice.lines.all()) if outcome == NoticeCheck.Outcome.SHOWN else ""
        actions.check(notice, how="probe", outcome=outcome, shown_digest=digest, officer="system", at=now)
        fine = NoticeCheck.Outcome.SHOWN if notice.last_day >= today else NoticeCheck.Outcome.OVER
        wrong += outcome != fine
        print(f"{notice.number}：{NoticeCheck.Outcome(outcome).label} / {outcome}")
    return SOMETHING_WRONG if wrong else DONE


def _asked(base: str, notice: PublicNotice, *, hangs: bool) -> str:
    """What the page shows: every line while it hangs, and none afterwards."""
    address = f"{base}{reverse('public-notice', args=[notice.number])}"
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as page:  # noqa: S310  --base is http(s)
            text = page.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        text = error.read().decode("utf-8", "replace")
    except OSError:
        return NoticeCheck.Outcome.UNREACHED
    lines = list(notice.lines.all())
    shown = [line for line in lines if line.number in text and line.student in text]
    if not shown and (notice.number in text):
        return NoticeCheck.Outcome.UNREACHED if hangs else NoticeCheck.Outcome.OVER
    whole = len(shown) == len(lines) and hangs
    return NoticeCheck.Outcome.SHOWN if whole else NoticeCheck.Outcome.ALTERED
