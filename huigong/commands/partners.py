"""`huigong partners …`: compare lists with another department without showing it our people; files are carried by hand."""

import argparse
from datetime import date
from pathlib import Path

from django.utils import timezone

from huigong.commands import _daily as daily
from huigong.commands.payments import officer_named
from huigong.documents import actions as documents
from huigong.organisations.models import Appointment, Officer
from huigong.partners import actions, blindcheck, letter, queries
from huigong.partners.lifecycle import WORDS
from huigong.partners.models import Exchange
from huigong.values.sentence import SaidError, Sentence

DONE = 0
_KEEPERS = (Appointment.Role.VERIFIER, Appointment.Role.AID_CENTRE)


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("partners", help="跨部门比对：盲比、名单 / other departments: blind check, lists")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "对方单位用的工具：一个 Python 文件，只要 PyNaCl / the other office's tool: one Python file"
    tool = verbs.add_parser("tool", help=words, description=words)
    tool.add_argument("--out", type=Path, required=True, metavar="FILE")
    words = "开始一次盲比：写出邀请和函的草稿 / begin a blind check: the invitation and the drafted letter"
    invite = verbs.add_parser("invite", help=words, description=words)
    _asked(invite)
    invite.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹 / folder to write to")
    words = "记下对方的复函：扫描件、日期、指纹 / note the paper answer: scan, day, fingerprint"
    reply = verbs.add_parser("reply", help=words, description=words)
    _about(reply)
    reply.add_argument("scan", type=Path, metavar="SCAN")
    reply.add_argument("--on", type=date.fromisoformat, required=True, metavar="DAY")
    reply.add_argument("--fingerprint", required=True, metavar="TEXT", help="复函上写的指纹 / as the answer says it")
    for name, words in (
        ("answer", "收对方的盲名单，写出应答 / take their blinded list, write our answer"),
        ("learn", "收对方的结果，记下两边都有的人 / take their result, keep whom both have"),
    ):
        verb = verbs.add_parser(name, help=words, description=words)
        _about(verb)
        verb.add_argument("file", type=Path, metavar="FILE")
        if name == "answer":
            verb.add_argument(
                "--out", type=Path, required=True, metavar="FILE", help="应答写到这里 / the answer to write"
            )
    words = "比对对方给的名单（明文或遮盖都行）/ compare a list that an office sent, whole or masked"
    listed = verbs.add_parser("list", help=words, description=words)
    listed.add_argument("file", type=Path, metavar="FILE", help="名单 / the list")
    _asked(listed)
    words = (
        "结束并销毁密钥和名单；不写编号就结束到了删除日的（huigong serve 开着时自己会做，不开的定时运行，每天） / end and "
        "destroy; without a number those whose day has come, which a running huigong serve does by itself: else run it "
        "by the clock (daily)"
    )
    end = verbs.add_parser("end", help=words, description=words)
    end.add_argument("number", metavar="NUMBER", nargs="?", help="比对编号 / number of the exchange")
    end.add_argument("--by", metavar="NAME", help="经办人，写编号时要有 / officer, needed with a number")
    words = "有哪些比对、到哪一步 / exchanges and where they stand"
    verbs.add_parser("show", help=words, description=words)


def run(arguments: argparse.Namespace) -> int:
    """1: a file, a list or an exchange is not taken, and why; nothing was written then."""
    if arguments.verb == "tool":
        arguments.out.write_bytes(Path(blindcheck.__file__).read_bytes())
        print(f"{arguments.out}：使用说明在文件开头 / how to use it stands at its top")
        return DONE
    if arguments.verb == "show":
        for one in Exchange.objects.order_by("number"):
            print(f"{one.number} {one.partner} {' / '.join(WORDS[one.status])}")
        return DONE
    if arguments.verb == "end" and arguments.number is None:
        count = daily.once(timezone.now())
        print(f"结束了 {count} 次到期的 / {count} that were due have ended")
        return DONE
    if arguments.by is None:
        raise SaidError(Sentence("nobody", "请用 --by 写明谁结束的。", "Say with --by who ends it."))
    _refuse_absent(arguments)
    _DO[arguments.verb](arguments, officer_named(arguments.by, roles=_KEEPERS))
    return DONE


def _refuse_absent(arguments: argparse.Namespace) -> None:
    path = getattr(arguments, "file", None) or getattr(arguments, "scan", None)
    if path and not path.is_file():
        raise SaidError(
            Sentence("file_absent", f"找不到文件：{path}，请看路径写对没有。", f"No such file: {path}; check the path.")
        )


def _invite(arguments: argparse.Namespace, officer: Officer) -> None:
    at = timezone.now()
    exchange = actions.invite(_told(arguments), officer=officer, at=at)
    content = actions.invitation_of(exchange)
    said = blindcheck.fingerprint(str(blindcheck.opened(content, blindcheck.INVITATION)["signer"]))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "邀请.json").write_bytes(content)
    paper = letter.letter(exchange, fingerprint=said, day=timezone.localdate(at))
    (arguments.out / "函.docx").write_bytes(paper)
    print(f"{exchange.number}，我方指纹 / our fingerprint {said}：{arguments.out}")


def _reply(arguments: argparse.Namespace, officer: Officer) -> None:
    at, by = timezone.now(), officer.username
    scan = documents.store(
        arguments.scan.read_bytes(), name=arguments.scan.name, media_type="application/pdf", officer=by, at=at
    )
    exchange = _exchange(arguments.number, officer)
    actions.note_reply(exchange, scan, on=arguments.on, fingerprint=arguments.fingerprint, officer=by, at=at)
    print(f"{exchange.number}：记下了 / noted")


def _answer(arguments: argparse.Namespace, officer: Officer) -> None:
    exchange = _exchange(arguments.number, officer)
    content = actions.answer(exchange, arguments.file.read_bytes(), officer=officer.username, at=timezone.now())
    arguments.out.write_bytes(content)
    print(f"{exchange.number}：{arguments.out}")


def _learn(arguments: argparse.Namespace, officer: Officer) -> None:
    exchange = _exchange(arguments.number, officer)
    count = actions.learn(exchange, arguments.file.read_bytes(), officer=officer.username, at=timezone.now())
    print(f"{exchange.number}：两边都有 {count} 人次 / both have {count}")


def _list(arguments: argparse.Namespace, officer: Officer) -> None:
    exchange = actions.take_list(_told(arguments), arguments.file, officer=officer, at=timezone.now())
    count = exchange.hits.count()
    print(f"{exchange.number}：名单 {exchange.theirs} 人，重合 {count} 人次 / {exchange.theirs} people, {count} hits")


def _end(arguments: argparse.Namespace, officer: Officer) -> None:
    actions.end(_exchange(arguments.number, officer), officer=officer.username, at=timezone.now())
    print(f"{arguments.number}：结束，密钥已销毁 / ended, keys destroyed")


_DO = {"invite": _invite, "reply": _reply, "answer": _answer, "learn": _learn, "list": _list, "end": _end}


def _exchange(number: str, officer: Officer) -> Exchange:
    """One of the officer's own offices, as on the pages; of others nothing is told, not even that they are there."""
    found = queries.exchanges_for(officer).filter(number=number).first()
    if found is None:
        raise SaidError(
            Sentence(
                "exchange_unknown",
                f"{officer.username} 没有编号为 {number} 的比对，请照函上的编号再写一遍；别的单位的，由那里的经办人办。",
                f"{officer.username} has no exchange {number}: copy the number from the letter. Another office's is that office's.",
            )
        )
    return found


def _asked(verb: argparse.ArgumentParser) -> None:
    for name, words in (
        ("partner", "对方单位 / the other office"),
        ("programme", "我方项目 / our programme"),
        ("basis", "法律依据 / legal basis"),
        ("letter-number", "函号 / number of the letter"),
    ):
        verb.add_argument(f"--{name}", required=True, metavar="TEXT", help=words)
    verb.add_argument("--most", type=int, required=True, metavar="N", help="人数上限 / people at most")
    verb.add_argument("--until", type=date.fromisoformat, required=True, metavar="DAY", help="有效到 / last day")
    verb.add_argument(
        "--delete-on", type=date.fromisoformat, required=True, metavar="DAY", help="删除日 / day of deletion"
    )
    verb.add_argument("--by", required=True, metavar="NAME", help="经办人 / officer")


def _about(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("number", metavar="NUMBER", help="比对编号 / number of the exchange")
    verb.add_argument("--by", required=True, metavar="NAME", help="经办人 / officer")


def _told(arguments: argparse.Namespace) -> actions.Asked:
    return actions.Asked(
        arguments.partner,
        arguments.programme,
        arguments.basis,
        arguments.letter_number,
        arguments.most,
        arguments.until,
        arguments.delete_on,
    )
