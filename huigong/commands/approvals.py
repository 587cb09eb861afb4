"""`huigong approvals bands`: how many sign for which sum, in which order; laid down from a day on out of a table with its source."""

import argparse
from datetime import date
from pathlib import Path

from django.utils import timezone

from huigong.approvals import actions, band_tables, queries
from huigong.commands.payments import officer_named
from huigong.organisations.models import Appointment, Organisation
from huigong.organisations.queries import by_code
from huigong.values import money
from huigong.values.sentence import SaidError, Sentence

DONE = 0


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("approvals", help="审批：几个人签 / approval: how many sign")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "签字档次：看，或从表里定下 / the bands of sums: show, or lay them down out of a table"
    bands = verbs.add_parser("bands", help=words, description=words)
    bands.add_argument("place", metavar="CODE", help="工会编码 / code of the federation")
    table = "表：up_to_yuan,boxes；最后一行 up_to_yuan 空着 / CSV; the last line has no up_to_yuan"
    bands.add_argument("--load", type=Path, metavar="FILE", help=table)
    bands.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="从哪天起 / first day")
    bands.add_argument("--source", metavar="TEXT", help="出处：文件和条款 / where it is written")
    bands.add_argument("--by", metavar="NAME", help="经办人（审批）/ approver")


def run(arguments: argparse.Namespace) -> int:
    place = by_code(arguments.place)
    if arguments.load:
        _load(place, arguments)
    rows = queries.bands_of(place, on=timezone.localdate())
    for one in rows:
        limit = f"到 {money.for_people(one.up_to_fen)} 元 / up to" if one.up_to_fen is not None else "再多 / above"
        print(f"{limit}\t{' '.join(one.boxes)}\t{one.valid_from}\t{one.source}")
    if not rows:
        print(f"没有定档次，按常规 / none laid down, as usual: {' '.join(queries.USUAL)}")
    return DONE


def _load(place: Organisation, arguments: argparse.Namespace) -> None:
    if not (arguments.first and (arguments.source or "").strip() and arguments.by):
        raise SaidError(Sentence("bands_how", "请写 --from、--source 和 --by。", "Say --from, --source and --by."))
    officer = officer_named(arguments.by, roles=(Appointment.Role.APPROVER,))
    laid = actions.lay_bands(
        place,
        band_tables.rows_of(_text(arguments.load)),
        valid_from=arguments.first,
        source=arguments.source.strip(),
        officer=officer.username,
        at=timezone.now(),
    )
    print(f"定下 {laid} 档 / laid down: {laid}")


def _text(path: Path) -> str:
    """Raises SaidError where the table cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SaidError(
            Sentence(
                "bands_file",
                f"{path} 读不了：要一张 UTF-8 的 CSV。",
                f"{path} cannot be read: it wants a CSV in UTF-8.",
            )
        ) from error
