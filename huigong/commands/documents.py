"""`huigong documents …`: how long a paper is kept, a legal hold on it, and erasing it once its time is over."""

import argparse

from django.utils import timezone

from huigong.commands.payments import officer_named
from huigong.documents import actions
from huigong.documents.models import Document
from huigong.figures.retention import kept_of
from huigong.organisations.models import Appointment, Officer
from huigong.registry.lifecycle import ERASED
from huigong.registry.models import Household
from huigong.registry.queries import households_for
from huigong.runs import erasing
from huigong.values.sentence import SaidError, Sentence

DONE = 0
_WHO = (Appointment.Role.APPROVER, Appointment.Role.AUDITOR)


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "材料的保管期限、保全和到期销毁 / how long papers are kept, legal holds, erasure"
    verbs = nouns.add_parser("documents", help=words).add_subparsers(dest="verb", metavar="动词/verb", required=True)
    told = {
        "show": "保存到哪天、有没有保全 / until when it is kept, and what keeps it back",
        "hold": "保全：写明事由和文号 / keep it back, with reason and reference",
        "lift": "由另一个人解除全部保全 / another person lifts every hold on it",
        "erase": "到期销毁：钥匙和文件没了，摘要和留痕还在 / erase: key and file go, digest and event stay",
    }
    for verb, help_ in told.items():
        parser = verbs.add_parser(verb, help=help_, description=help_)
        digest = "材料的摘要，前 12 位起 / its digest, 12 digits or more"
        parser.add_argument("sha256", metavar="SHA256", nargs="?" if verb == "erase" else None, help=digest)
        if verb != "show":
            parser.add_argument("--by", required=True, metavar="NAME", help="经办人（审批或经审）/ approver or auditor")
        if verb == "hold":
            parser.add_argument("--reason", required=True, metavar="TEXT", help="事由 / why")
            parser.add_argument("--reference", required=True, metavar="TEXT", help="依据文号 / by which paper")
        if verb == "erase":
            words = "一份档案到期的全部材料；先只看 / all papers of a file whose time is over; a look first"
            parser.add_argument("--file", metavar="NUMBER", help=words)
            parser.add_argument("--yes", action="store_true", help="看过了，销毁 / having looked: erase them")


def run(arguments: argparse.Namespace) -> int:
    if arguments.verb == "erase" and (arguments.file or not arguments.sha256):
        return _erase_file(arguments)
    document, at = _document(arguments.sha256), timezone.now()
    if arguments.verb != "show":
        by = officer_named(arguments.by, roles=_WHO).username
        if arguments.verb == "hold":
            actions.keep_back(document, actions.Ground(arguments.reason, arguments.reference), officer=by, at=at)
        elif arguments.verb == "lift":
            for hold in document.legal_holds.filter(lifted_by=""):
                actions.let_go(hold, officer=by, at=at)
        else:
            actions.erase(document, kept_of(document), officer=by, at=at)
    _show(document)
    return DONE


def _erase_file(arguments: argparse.Namespace) -> int:
    """What of a file's papers goes and what stays, and why; erased only with --yes."""
    officer = officer_named(arguments.by, roles=_WHO)
    found = households_for(officer).filter(file_number=arguments.file or "").first()
    if found is None or arguments.sha256:
        raise SaidError(
            Sentence(
                "file_unknown",
                f"要么写一份材料的摘要，要么写 --file 和您范围里的档案编号（现在是“{arguments.file or ''}”）。",
                "Give the digest of one paper, or --file with the number of a household file in your scope.",
            )
        )
    if arguments.yes:
        papers = erasing.erase_papers(found, officer=officer, at=timezone.now())
    else:
        papers = erasing.papers_ahead(found, today=timezone.localdate())
    goes = "已销毁 / erased" if arguments.yes else "会销毁 / would go"
    for one in papers:
        word = f"还要留 / stays: {one.stays.zh} {one.stays.en}" if one.stays else goes
        print(f"{one.paper.sha256[:12]}  {one.paper.name}  {one.kept.rule}: {one.kept.until or '—'}\n  {word}")
    going = sum(one.stays is None for one in papers)
    print(f"{found.file_number}: {going} 份{goes}, {len(papers) - going} 份还要留 / stay")
    if found.status == ERASED:
        going += _key(found, officer, arguments)
    if going and not arguments.yes:
        print("只看了，没有动；加 --yes 才销毁 / nothing was changed: add --yes to erase")
    return DONE


def _key(found: Household, officer: Officer, arguments: argparse.Namespace) -> int:
    """The family's key of a file that was erased before: gone with its last clock. 1 where it goes."""
    at = timezone.now()
    try:
        if arguments.yes:
            erasing.erase_key(found, officer=officer, at=at)
        else:
            erasing.refuse_key(found, today=timezone.localdate(at))
    except SaidError as error:
        print(f"钥匙还要留 / the key stays: {error.sentence.zh} {error.sentence.en}")
        return 0
    print("钥匙毁了 / the key is gone" if arguments.yes else "钥匙会毁 / the key would go")
    return 1


def _show(document: Document) -> None:
    kept = kept_of(document)
    print(f"{document.sha256}  {kept.rule} / {kept.rule_en}: {kept.until or '—'}")
    for hold in document.legal_holds.all():
        state = f"已由 {hold.lifted_by} 解除 / lifted" if hold.lifted_by else "保全中 / kept back"
        print(f"  {hold.reference} {hold.reason}：{state}")
    if hasattr(document, "erasure"):
        print(f"  已销毁 / erased: {timezone.localdate(document.erasure.at)}")


def _document(prefix: str) -> Document:
    found = list(Document.objects.filter(sha256__startswith=prefix.lower())[:2]) if len(prefix) >= 12 else []
    if len(found) != 1:
        raise SaidError(
            Sentence(
                "document_unknown",
                f"没有（或不止一份）摘要以 {prefix} 开头的材料，请写全 64 位。",
                f"No paper, or more than one, has a digest that begins with {prefix}: give all 64 digits.",
            )
        )
    return found[0]
