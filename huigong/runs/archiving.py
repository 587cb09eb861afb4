"""归档: one folder a student, from the form to the payment, with 卷内目录 and 备考表; opens offline, every file by its digest.

Papers are PDF/A, or docx where no font has a character of theirs; scans, minutes and bank replies lie beside them as they came. What serves
many students (the unit's form, the minutes, the bank's file and reply) lies once under 共用件 and is named by digest in each
folder. A paper that was erased in its time is a line with its digest, the rule and the day.
"""

import hashlib
import html
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from huigong.audit import actions as audit
from huigong.audit import queries as history
from huigong.circulars.models import Campaign
from huigong.documents import queries as documents
from huigong.documents.models import Document
from huigong.documents.official import OfficialPaper
from huigong.figures import case_papers
from huigong.figures.case_originals import OF_MONEY, originals_of
from huigong.figures.case_papers import YEARS
from huigong.studentaid.models import Application
from huigong.values.sentence import SaidError, Sentence

_SHARED = "共用件"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a folder: what it is, its file as the index names it, its digest, and for how many years it is kept.

    Of a paper that was erased in its time there is no file: its digest is left, and by which rule and when it went.
    """

    word: str
    file: str
    sha256: str
    years: int
    erased: str = ""


@dataclass(slots=True)
class Volume:
    """One student's folder while it is filled."""

    one: Application
    folder: Path
    items: list[Item] = field(default_factory=list)


def archive(campaign: Campaign, out: Path, *, officer: str, at: datetime, day: date) -> int:
    """Write the archive into a new folder; returns how many students. Raises SaidError where something lies there."""
    if out.exists() and any(out.iterdir()):
        raise SaidError(
            Sentence(
                "archive_there",
                f"{out} 里已有东西，没有动它。请给一个空文件夹。",
                f"{out} holds something already, which was left alone: give an empty folder.",
            )
        )
    # Whoever was ever approved: what was revoked or came back is filed too.
    approved = Application.objects.filter(campaign=campaign, awards__isnull=False).distinct().order_by("reference")
    cases = list(approved.select_related("campaign__federation", "campaign__version", "unit"))
    if not cases:
        raise SaidError(
            Sentence(
                "nothing_to_archive", "还没有批准过的申请，没有可归的档。", "Nothing was approved: nothing to archive."
            )
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed at the end, so that half an archive is never taken for a whole one.
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        beside = Path(scratch) / "whole"
        beside.mkdir(mode=0o700)
        volumes = [_volume(one, number, beside, day) for number, one in enumerate(cases, 1)]
        told = _index(campaign, volumes, beside, day)
        if out.exists():
            out.rmdir()
        beside.replace(out)
    payload = {"students": len(volumes), "sha256": told, "size": sum(len(one.items) for one in volumes)}
    audit.record("campaign.archived", subject=campaign.code, officer=officer, at=at, payload=payload)
    return len(volumes)


def _volume(one: Application, number: int, out: Path, day: date) -> Volume:
    made = Volume(one, out / f"{number:04d}_{one.reference}")
    made.folder.mkdir()
    for place, (word, kind, paper) in enumerate(case_papers.papers_of(one, day), 1):
        _lay(made, f"{place:02d}_{word}", word, kind, paper)
    for place, (word, document, shared) in enumerate(originals_of(one), 1):
        _original(made, word, document, out / _SHARED if shared else made.folder / "原件", place)
    _lay(made, "98_备考表", "备考表", "file", case_papers.remarks_on(one, len(made.items), day))
    _lay(made, "00_卷内目录", "卷内目录", "file", _contents(made, day))
    return made


def _lay(made: Volume, name: str, word: str, kind: str, paper: OfficialPaper) -> None:
    """A paper that was made here: PDF/A, or docx where no font has one of its characters."""
    try:
        content, suffix = paper.pdf(), "pdf"
    except SaidError:
        content, suffix = paper.content(), "docx"
    _keep(made, made.folder / f"{name}.{suffix}", word, kind, content)


def _original(made: Volume, word: str, document: Document, folder: Path, place: int) -> None:
    kind = "voucher" if word in OF_MONEY else "file"
    if gone := documents.erasure_of(document):
        told = f"{timezone.localdate(gone.at)} 按“{gone.rule}”到期销毁"
        made.items.append(Item(f"{word} {place}", "", document.sha256, YEARS[kind], told))
        return
    folder.mkdir(exist_ok=True)
    suffix = Path(document.name).suffix.lower() or ".bin"
    file = folder / f"{document.sha256[:16]}{suffix}"
    content = documents.content(document)
    if file.exists():
        made.items.append(Item(word, _relative(made, file), document.sha256, YEARS[kind]))
        return
    _keep(made, file, f"{word} {place}" if folder.name == "原件" else word, kind, content)


def _keep(made: Volume, file: Path, word: str, kind: str, content: bytes) -> None:
    file.write_bytes(content)
    file.chmod(0o600)
    made.items.append(Item(word, _relative(made, file), hashlib.sha256(content).hexdigest(), YEARS[kind]))


def _relative(made: Volume, file: Path) -> str:
    return file.relative_to(made.folder.parent).as_posix()


def _contents(made: Volume, day: date) -> OfficialPaper:
    """卷内目录: every file of the folder with its digest and how long it is kept."""
    office = made.one.campaign.federation.name
    paper = OfficialPaper("卷内目录", author=office, day=day)
    paper.small(f"案号 {made.one.reference}　学生 {made.one.student_name}　职工 {made.one.worker_name}")
    rows = [
        (str(number), item.word, item.erased or item.file.rsplit("/", 1)[-1], item.sha256[:16], f"{item.years} 年")
        for number, item in enumerate(made.items, 1)
    ]
    paper.table(("序号", "题名", "文件", "摘要", "保管"), rows, widths=(1, 3, 4, 3, 2))
    return paper


def _index(campaign: Campaign, volumes: list[Volume], out: Path, day: date) -> str:
    """The list of students as a page that opens offline, the manifest, and digests as `sha256sum -c` reads them."""
    head = history.head()
    told = {
        "campaign": campaign.code,
        "made": day.isoformat(),
        "head": {"sequence": head.sequence, "digest": head.digest},
        "volumes": [
            {
                "reference": one.one.reference,
                "folder": one.folder.name,
                "items": [_told(item) for item in one.items],
            }
            for one in volumes
        ],
    }
    manifest = json.dumps(told, ensure_ascii=False, indent=1).encode()
    (out / "manifest.json").write_bytes(manifest)
    files = {item.file: item.sha256 for one in volumes for item in one.items if item.file}
    sums = "".join(f"{sha256}  {file}\n" for file, sha256 in sorted(files.items()))
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8")
    (out / "index.html").write_text("".join(_page(campaign, volumes, head.digest, day)), encoding="utf-8")
    return hashlib.sha256(manifest).hexdigest()


def _told(item: Item) -> dict[str, str | int]:
    told: dict[str, str | int] = {"word": item.word, "file": item.file, "sha256": item.sha256, "years": item.years}
    return told | ({"erased": item.erased} if item.erased else {})


def _page(campaign: Campaign, volumes: list[Volume], digest: str, day: date) -> Iterator[str]:
    yield (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f"<title>{campaign.code} 归档</title><h1>{campaign.code} 归档</h1>"
        f"<p>{day.isoformat()} · {len(volumes)} 卷 · 留痕检查点 {digest}</p>"
        "<p>核对：在本文件夹运行 sha256sum -c SHA256SUMS</p><ol>"
    )
    for made in volumes:
        yield f"<li>{html.escape(made.one.reference)} {html.escape(made.one.student_name)}<ul>"
        for item in made.items:
            word = html.escape(item.word)
            if item.erased:
                yield f"<li>{word}：{html.escape(item.erased)}，摘要 {item.sha256[:16]}</li>"
                continue
            yield f'<li><a href="{html.escape(item.file)}">{word}</a>（{item.years} 年）</li>'
        yield "</ul></li>"
    yield "</ol></html>\n"
