"""盲比工具 / Blind check: two offices learn whom both have on their lists, and under which programme. Nothing else.

对方单位的使用说明（照着做，不用懂密码学）
  1. 装 Python 3.8 以上（Windows 7 装 3.8），再装一样东西：pip install pynacl（不能上网的，把 whl 文件拷过去装）。
  2. 每次比对建一个新文件夹，放进本文件、工会给的“邀请.json”、您的名单 名单.csv。名单第一行写：
     身份证号码,姓名,出生日期,项目   （“项目”写资助名目，如 低保、教育救助；姓名、出生日期可不填，填了能找出号码写错的人）
  3. 运行：python 盲比工具.py 出名单 邀请.json 名单.csv
     得到“盲名单.json”（交给工会）和“钥匙.json”（自己留着，谁也不给）。屏幕上的指纹请抄在复函上。
     这一步只做一次；到看结果为止，名单.csv 不要改，也不要重新排序。
  4. 工会回一个“应答.json”。运行：python 盲比工具.py 看结果 邀请.json 钥匙.json 应答.json 名单.csv
     得到“重合.csv”（您名单里两边都有的人）和“结果.json”（交给工会）。做完钥匙自动删除。
  文件都用 U 盘传，不用联网。每一步看不懂或报错，把屏幕上的话发给工会就行，名单不要发。

它防什么、不防什么
  防：另一方看到您名单里、他没有的人。交换的文件里没有姓名和号码，只有加密后的点。
  不防：对方故意把一大批猜的号码当名单交来试（身份证号码好猜）。所以双方先行函、核对指纹、限定人数、留下记录。
  会露出：两张名单各有多少人、每个项目多少人。

The same file is our side of it (huigong/partners) and the other office's tool: one file on purpose, so that whoever has to
trust it can read all of it. It needs the standard library and PyNaCl (libsodium); every group operation is that library's.
Why these operations and what was considered: docs/decisions/0504, 0508 and 0510.
"""
# ruff: noqa: B905, DTZ011, PTH105, TC003  it also runs on the Python 3.8 of Windows 7, where zip knows no `strict`

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import re
import secrets
import sys
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from operator import mul
from pathlib import Path
from typing import Any

from nacl.bindings import crypto_core_ed25519_from_uniform, crypto_scalarmult
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

VERSION = "huigong.blindcheck.v3"
INVITATION, LIST, ANSWER, RESULT = "invitation", "list", "answer", "result"
MOST = 200_000
"""Points in one file, whatever the invitation says: more is not an office's list but a search."""
BY_NUMBER, BY_NAME = "id", "name"
FORMS = 3
"""Points that a name has at most: see names_of."""
_LONGEST = 60  # characters of a programme
_POINT = 32
_FIELD = 2**255 - 19
_WORTH_TWO = 3000  # points below which a second process costs more than it brings
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FULL = re.compile(r"[1-9][0-9]{16}[0-9X]")
_ROUNDED = re.compile(r"[0-9.]+[eE]\+?[0-9]+|[0-9]{15,18}\.0+")
_PLAIN = str.maketrans(
    "韋黃陳張劉楊趙吳孫馬羅鄭謝許鄧馮蕭葉蘇盧蔣鄒陸龍萬錢賴龐齊藍農國華偉軍紅麗蘭榮貴強東衛傑輝鳳蓮瓊豔夢雲飛鵬嬌潔靜曉慶寶義興濤",
    "韦黄陈张刘杨赵吴孙马罗郑谢许邓冯萧叶苏卢蒋邹陆龙万钱赖庞齐蓝农国华伟军红丽兰荣贵强东卫杰辉凤莲琼艳梦云飞鹏娇洁静晓庆宝义兴涛",
)
"""Characters of names that some offices write in the traditional way."""
_PROBES = (
    "450422199903122848",
    "450422990312284",
    "４５０４２２ 19990312-284８",
    "不是号码",
    "韋 小·雨",
    "阿依古丽•买买提",
)


class BlindError(Exception):
    """A file or a list that is not taken, in a sentence that an office understands. Nothing was written."""


@dataclass(frozen=True)
class Row:
    """One line of a list: whom it names, and under which programme."""

    id_number: str
    name: str = ""
    programme: str = ""
    born: str = ""


@dataclass(frozen=True)
class Section:
    """The points of one programme and one pass, each with the rows that it stands for (empty on the other side)."""

    programme: str
    by: str
    points: Sequence[bytes]
    rows: Sequence[int] = ()


# What is compared ---------------------------------------------------------------------------------------------------


def plain_number(text: str) -> str:
    """An identity number in its one form: eighteen digits with the right check digit, or nothing."""
    found = shaped(text)
    return found if found and found[17] == check_digit(found[:17]) else ""


def shaped(text: str) -> str:
    """The same, right or mistyped: eighteen signs that look like a number, or nothing."""
    if _FULL.fullmatch(text):  # as nearly all do
        return text
    plain = re.sub(r"[\s\-‐－]", "", unicodedata.normalize("NFKC", text)).upper()
    if re.fullmatch(r"[1-9][0-9]{14}", plain):
        body = plain[:6] + "19" + plain[6:]
        return body + check_digit(body)
    return plain if _FULL.fullmatch(plain) else ""


def check_digit(body: str) -> str:
    """GB 11643."""
    return "10X98765432"[(sum(map(mul, body.encode(), _WEIGHTS)) - 48 * sum(_WEIGHTS)) % 11]


def plain_name(text: str) -> str:
    """A name without spaces and dots, in one width and one way of writing."""
    return re.sub(r"[\s·•・‧∙．.]", "", unicodedata.normalize("NFKC", text)).translate(_PLAIN) if text else ""


def plain_day(text: str) -> str:
    """A birth date as eight digits, or nothing."""
    parts = re.findall(r"[0-9]+", unicodedata.normalize("NFKC", text))
    day = parts[0] if len(parts) == 1 else "".join(part.zfill(2) for part in parts[:3])
    return day if len(day) == 8 else ""


def names_of(row: Row) -> list[str]:
    """What finds a person whose number was mistyped: the name with the birth date, and with most of the number.

    A slip outside the birth date leaves name and birth date; one in it leaves the number without year and month, or without
    day. The whole name has to be the same: a twin has the same surname, birth date and number but for the end.
    """
    name, number = plain_name(row.name), shaped(row.id_number)
    if len(name) < 2 or "*" in name:
        return []
    born = plain_day(row.born) if row.born else number[6:14]
    rest = (number[:6] + number[12:], number[:12] + number[14:])
    return [f"{name}|{value}" for value in (born, *rest) if value]


def normalisation() -> str:
    """A digest of what this tool makes of fixed texts: two tools that plain numbers or names differently find nobody."""
    told = [f"{plain_number(text)}/{plain_name(text)}" for text in _PROBES]
    told += names_of(Row("450422199903122840", "韋小·雨")) + names_of(Row("", "韦小雨", born="1999年3月12日"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


# The group: Curve25519 by libsodium, a point written as its u coordinate (RFC 7748) --------------------------------


def to_points(exchange: str, by: str, values: Sequence[str]) -> list[bytes]:
    """Hash into the group: SHA-256, then the library's Elligator 2 and multiplication by the cofactor (RFC 9380, ELL2_NU)."""
    said = f"{VERSION}|{exchange}|{by}|".encode()
    digests = (hashlib.sha256(said + value.encode()).digest() for value in values)
    return as_u([crypto_core_ed25519_from_uniform(digest) for digest in digests])


def as_u(points: Sequence[bytes]) -> list[bytes]:
    """The library gives points of the Edwards form and multiplies in Montgomery's: u = (1 + y) / (1 − y), by RFC 7748, 4.1.

    All are divided with one inversion: 1/(a·b·c) times a·b is 1/c, and so backwards.
    """
    ys = [int.from_bytes(point, "little") & (2**255 - 1) for point in points]
    before, product = [], 1
    for y in ys:
        before.append(product)
        product = product * (1 - y) % _FIELD
    inverse, found = pow(product, -1, _FIELD), []
    for y, earlier in zip(reversed(ys), reversed(before)):
        found.append(((1 + y) * inverse * earlier % _FIELD).to_bytes(_POINT, "little"))
        inverse = inverse * (1 - y) % _FIELD
    return found[::-1]


def new_secret() -> int:
    return int.from_bytes(secrets.token_bytes(_POINT), "little")


def blinded(secret: int, exchange: str, by: str, values: Sequence[str]) -> list[bytes]:
    """Each value as a point, multiplied by the secret."""
    return _spread(_blind_some, values, secret, exchange, by)


def blinded_again(secret: int, points: Sequence[bytes]) -> list[bytes]:
    """Each point of the other office, multiplied by our secret. Raises BlindError for what no honest tool writes."""
    return _spread(_blind_again_some, points, secret)


def _blind_some(values: Sequence[str], secret: int, exchange: str, by: str) -> list[bytes]:
    return _blind_again_some(to_points(exchange, by, values), secret)


def _blind_again_some(points: Sequence[bytes], secret: int) -> list[bytes]:
    """X25519. The library refuses points of small order; a coordinate has one way to be written, the one below the field's size."""
    scalar = secret.to_bytes(_POINT, "little")
    if any(len(point) != _POINT or int.from_bytes(point, "little") >= _FIELD for point in points):
        raise BlindError(_ODD_POINT)
    try:
        return [crypto_scalarmult(scalar, point) for point in points]
    except RuntimeError:
        raise BlindError(_ODD_POINT) from None


_ODD_POINT = (
    "文件里有不合规的点（阶太小，或写法不对），不是这个工具做出来的，没有收。"
    "/ The file holds a point of small order or one written in another way: not taken."
)


def _spread(work: Any, items: Sequence[Any], *more: Any) -> list[bytes]:
    """Over the cores of the machine where there is enough to do."""
    cores = os.cpu_count() or 1
    if len(items) < _WORTH_TWO or cores == 1:
        return list(work(items, *more))
    size = -(-len(items) // cores)
    parts = [items[start : start + size] for start in range(0, len(items), size)]
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(work, part, *more) for part in parts]
        return [point for one in waiting for point in one.result()]


# The four files ----------------------------------------------------------------------------------------------------


def new_signer() -> bytes:
    return bytes(SigningKey.generate())


def fingerprint(public: str) -> str:
    """What two people read to each other: six groups of four digits of the key's digest."""
    digest = hashlib.sha256(base64.b64decode(public)).hexdigest()[:24].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 24, 4))


def written(kind: str, body: dict[str, Any], signer: bytes) -> bytes:
    """A file of the exchange: its body, who signed it, the signature over everything else."""
    key = SigningKey(signer)
    told = {"version": VERSION, "kind": kind, **body, "signer": base64.b64encode(bytes(key.verify_key)).decode()}
    told["signature"] = base64.b64encode(key.sign(_canonical(told)).signature).decode()
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def opened(content: bytes, kind: str) -> dict[str, Any]:
    """A file as it was signed. Raises BlindError for another kind of file, and for one that was altered by a byte."""
    try:
        told = json.loads(content)
        signature, public = base64.b64decode(told.pop("signature")), base64.b64decode(told["signer"])
        version, found = told["version"], told["kind"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BlindError(
            "这不是盲比的文件，或没有传完整。/ This is no file of a blind check, or not the whole of one."
        ) from None
    if version != VERSION:
        said = str(version)[:40].encode(errors="backslashreplace").decode()  # half a character cannot be shown
        raise BlindError(
            f"文件是工具的另一版做的（{said}，这里是 {VERSION}），两版的点比不到一起，没有收。"
            "两边都换成工会现在给的工具和邀请，从头做一次。"
            "/ Made by another version of the tool: not taken. Both sides begin anew with the tool and invitation of today."
        )
    if found != kind:
        raise BlindError(f"这里要的是{_KINDS[kind]}，给的是别的文件。/ Expected: {kind}.")
    try:
        VerifyKey(public).verify(_canonical(told), signature)
    except (BadSignatureError, ValueError, TypeError):
        raise BlindError(
            "文件和签名对不上：传的时候坏了，或被改过，没有收。/ Altered since it was signed: not taken."
        ) from None
    return dict(told)


_KINDS = {INVITATION: "邀请", LIST: "盲名单", ANSWER: "应答", RESULT: "结果"}


def _canonical(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def invitation(*, exchange: str, ours: str, theirs: str, basis: str, most: int, until: str, signer: bytes) -> bytes:
    """Who asks whom, on what legal basis, for how many people at most, until when; and how numbers are made plain."""
    body = {"exchange": exchange, "from": ours, "to": theirs, "basis": basis, "most": most, "until": until}
    return written(INVITATION, {**body, "normalisation": normalisation()}, signer)


def sections_of(rows: Sequence[Row], invited: dict[str, Any], secret: int, *, with_names: bool) -> list[Section]:
    """A list as blinded sections, one a programme and pass, each sorted so that the order of the list is not told.

    Raises BlindError for a list that is no list: too long, nearly nobody with a right number.
    """
    numbers = [plain_number(row.id_number) for row in rows[: MOST + 1]]
    _refuse_list(rows, numbers, int(invited["most"]))
    values: dict[tuple[str, str], dict[str, int]] = {}
    for at, (row, number) in enumerate(zip(rows, numbers)):
        named = names_of(row) if with_names else []
        for by, value in [(BY_NUMBER, number), *((BY_NAME, text) for text in named)]:
            if value:
                values.setdefault((row.programme[:_LONGEST], by), {}).setdefault(value, at)
    sections = []
    for (programme, by), found in sorted(values.items()):
        points = blinded(secret, str(invited["exchange"]), by, list(found))
        ordered = sorted(zip(points, found.values()))
        sections.append(Section(programme, by, [point for point, _ in ordered], [at for _, at in ordered]))
    return sections


def _refuse_list(rows: Sequence[Row], numbers: Sequence[str], most: int) -> None:
    if len(rows) > min(most, MOST):
        raise BlindError(
            f"名单有 {len(rows)} 人，这次最多 {min(most, MOST)} 人（邀请里写明），没有做。请按县或按项目分开。"
            f"/ {len(rows)} people; {min(most, MOST)} at most by the invitation. Nothing was made."
        )
    odd = [row.id_number.strip() for row, number in zip(rows, numbers) if not number]
    rounded = sum(bool(_ROUNDED.fullmatch(text)) for text in odd)
    if rounded:
        raise BlindError(
            f"有 {rounded} 个身份证号是小数或科学计数，末几位已经丢了，补不回来；请从原表把该列设成文本再导出。"
            f"/ {rounded} numbers went through a spreadsheet's number format and lost their last digits."
        )
    right = len(rows) - len(odd)
    if not rows or right * 2 < len(rows):
        raise BlindError(
            f"名单 {len(rows)} 行里只有 {right} 行的身份证号校验得过，像是列错位或不是名单，没有做。"
            f"/ Only {right} of {len(rows)} rows hold a right identity number: shifted columns? Nothing was made."
        )


def list_file(sections: Sequence[Section], invited: dict[str, Any], signer: bytes) -> bytes:
    return written(LIST, {**_about(invited), "sections": _told(sections)}, signer)


def answer_file(
    ours: Sequence[Section], theirs_again: Sequence[Section], invited: dict[str, Any], signer: bytes, *, listed: str
) -> bytes:
    """Their points with our secret on top, in their order, and our own points; `listed` is the digest of their list."""
    told = {"list": listed, "yours": _told(theirs_again), "sections": _told(ours)}
    return written(ANSWER, {**_about(invited), **told}, signer)


def result_file(ours_again: Sequence[Section], invited: dict[str, Any], signer: bytes) -> bytes:
    return written(RESULT, {**_about(invited), "yours": _told(ours_again)}, signer)


def sections_in(told: dict[str, Any], invited: dict[str, Any], name: str = "sections") -> list[Section]:
    """The sections of a file of this exchange. Raises BlindError for another exchange, too many, repeated or broken points."""
    if told.get("exchange") != invited["exchange"] or told.get("invitation") != digest(invited):
        raise BlindError("这个文件是另一次比对的，不能混用，没有收。/ This file is of another exchange: not taken.")
    if told.get("normalisation") != normalisation() or invited.get("normalisation") != normalisation():
        raise BlindError(
            "两边整理号码和姓名的办法不一样（工具版本不同），比出来会漏人，没有收。请换用同一版本的工具。"
            "/ The two tools make numbers plain in different ways and would miss people: use the same version."
        )
    try:
        found = [_section(one) for one in told[name]]
    except (KeyError, TypeError, ValueError):
        raise BlindError("文件里的名单读不出来，没有收。/ The sections cannot be read: not taken.") from None
    most = min(int(invited["most"]), MOST)
    for by, allowed in ((BY_NUMBER, most), (BY_NAME, FORMS * most)):
        if sum(len(one.points) for one in found if one.by == by) > allowed:
            raise BlindError(
                "文件里的人数超过邀请写明的上限，没有收。/ More people than the invitation allows: not taken."
            )
    refuse_repeated(found)
    return found


def again(sections: Sequence[Section], secret: int) -> list[Section]:
    """The other office's sections with our secret on top, in their order."""
    made = [Section(one.programme, one.by, blinded_again(secret, one.points)) for one in sections]
    refuse_repeated(made)
    return made


def refuse_repeated(sections: Sequence[Section]) -> None:
    if any(len(set(one.points)) < len(one.points) for one in sections):
        raise BlindError(
            "名单里有重复的点，正常的名单不会有，没有收。/ Repeated points, which no honest list has: not taken."
        )


def refuse_other_shape(sent: Sequence[Section], returned: Sequence[Section]) -> None:
    """What came back for our own points has to be as much as we sent."""
    if [(one.programme, one.by, len(one.points)) for one in sent] != [
        (one.programme, one.by, len(one.points)) for one in returned
    ]:
        raise BlindError("对方返回的点数和我方给的不一样，没有收。/ Not as many points as were sent: not taken.")


def hits(ours_again: Sequence[Section], theirs_again: Sequence[Section]) -> list[tuple[int, int, str, str]]:
    """Whom both have: section and place of our point, the other office's programme, by which pass; each of ours once a programme."""
    there: dict[tuple[str, bytes], list[str]] = {}
    for theirs in theirs_again:
        for point in theirs.points:
            there.setdefault((theirs.by, point), []).append(theirs.programme)
    return [
        (number, place, programme, ours.by)
        for number, ours in enumerate(ours_again)
        for place, point in enumerate(ours.points)
        for programme in there.get((ours.by, point), ())
    ]


def _about(invited: dict[str, Any]) -> dict[str, Any]:
    return {"exchange": invited["exchange"], "invitation": digest(invited), "normalisation": normalisation()}


def digest(told: dict[str, Any]) -> str:
    """Which file this is, whatever spaces it was written with."""
    return hashlib.sha256(_canonical(told)).hexdigest()


def _told(sections: Sequence[Section]) -> list[dict[str, str]]:
    return [
        {"programme": one.programme, "by": one.by, "points": base64.b64encode(b"".join(one.points)).decode()}
        for one in sections
    ]


def _section(told: dict[str, str]) -> Section:
    if told["by"] not in {BY_NUMBER, BY_NAME}:
        raise ValueError(told["by"])
    return Section(str(told["programme"])[:_LONGEST], told["by"], _points(str(told["points"])))


def _points(text: str) -> list[bytes]:
    raw = base64.b64decode(text, validate=True)
    if len(raw) % _POINT:
        raise ValueError(len(raw))
    return [raw[at : at + _POINT] for at in range(0, len(raw), _POINT)]


# The other office's desk -------------------------------------------------------------------------------------------


def read_list(path: Path) -> list[Row]:
    """身份证号码, 姓名, 出生日期, 项目; UTF-8 or GB18030. Raises BlindError."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise BlindError(f"{path.name} 的编码认不出，请另存为 CSV（UTF-8）。/ Unknown encoding: save as CSV (UTF-8).")
    lines = list(csv.DictReader(text.splitlines()))
    if not lines or "身份证号码" not in lines[0]:
        raise BlindError(f"{path.name} 第一行要有“身份证号码”。/ The first line has to name 身份证号码.")
    told = (
        tuple((one.get(word) or "").strip() for word in ("身份证号码", "姓名", "项目", "出生日期")) for one in lines
    )
    return [Row(*texts) for texts in told]


def make_list(folder: Path, invited: dict[str, Any], rows: Sequence[Row], *, today: date) -> str:
    """Write 盲名单.json and 钥匙.json; returns the fingerprint to be read out. Raises BlindError with nothing written."""
    if today.isoformat() > str(invited["until"]):
        raise BlindError(
            f"邀请只到 {invited['until']}，过了，没有做。要再比，请工会另发邀请。/ The invitation is over: ask for another."
        )
    if (folder / _KEY).exists():
        raise BlindError(
            f"这里已有 {_KEY}：交出去的盲名单要靠它看结果，没有重做。盲名单没交出去、想重做的，先删掉 {_KEY}；"
            f"已经交了的，不要删，等工会的应答。另一次比对请用新文件夹。"
            f"/ {_KEY} is here already: the list that was handed over needs it. Nothing was made."
        )
    secret, signer = new_secret(), new_signer()
    sections = sections_of(rows, invited, secret, with_names=any(row.name for row in rows))
    content = list_file(sections, invited, signer)
    told = opened(content, LIST)
    belongs = {"rows": _rows_digest(rows), "list": digest(told)}
    kept = {"secret": secret, "signer": signer.hex(), **belongs, "sections": _kept(sections)}
    _write(folder / _KEY, json.dumps(kept).encode(), private=True)
    _write(folder / "盲名单.json", content)
    return fingerprint(told["signer"])


def take_answer(folder: Path, invited: dict[str, Any], key: bytes, answer: bytes, rows: Sequence[Row]) -> int:
    """Write 重合.csv and 结果.json; returns how many people both have. Raises BlindError with nothing written."""
    told = opened(answer, ANSWER)
    if told["signer"] != invited["signer"]:
        raise BlindError("应答不是发邀请的单位签的，没有收。/ The answer was not signed by who invited: not taken.")
    kept = _key_in(key)
    mine: list[Section] = kept["sections"]
    mine_again, theirs = sections_in(told, invited, "yours"), sections_in(told, invited)
    _refuse_unlike(kept, told, rows)
    refuse_other_shape(mine, mine_again)
    theirs_again = again(theirs, kept["secret"])
    found = {(mine[at].rows[place], by, programme) for at, place, programme, by in hits(mine_again, theirs_again)}
    _write(folder / "重合.csv", _as_csv(found, rows))
    _write(folder / "结果.json", result_file(theirs_again, invited, kept["signer"]))
    return len({at for at, _by, _programme in found})


_KEY = "钥匙.json"


def _key_in(content: bytes) -> dict[str, Any]:
    """What make_list kept."""
    try:
        kept = json.loads(content)
        mine = [Section(one["programme"], one["by"], _points(one["points"]), one["rows"]) for one in kept["sections"]]
        secret, signer = int(kept["secret"]), bytes.fromhex(kept["signer"])
        return {"secret": secret, "signer": signer, "rows": kept["rows"], "list": kept["list"], "sections": mine}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BlindError(
            f"这不是这一版工具做的 {_KEY}，或已经坏了：没有它看不了结果，请工会另发一次邀请，从头做。"
            f"/ This is no {_KEY} of this version, or it is broken: ask for another invitation and begin anew."
        ) from None


def _refuse_unlike(kept: dict[str, Any], told: dict[str, Any], rows: Sequence[Row]) -> None:
    """The key, the answer and the list have to belong together, or the overlap would name other people."""
    if kept["list"] != told.get("list"):
        raise BlindError(
            f"应答是对另一份盲名单的，和这里的 {_KEY} 对不上，没有收。请用交给工会的那份盲名单的钥匙。"
            f"/ The answer is to another blinded list than this {_KEY} belongs to: not taken."
        )
    if kept["rows"] != _rows_digest(rows):
        raise BlindError(
            "名单和出盲名单时的不一样（改过、增减过或重新排过序），没有收：行对不上会指错人。请放回原来的名单。"
            "/ The list was altered or sorted since: rows would name other people. Put the first one back."
        )


def _rows_digest(rows: Sequence[Row]) -> str:
    return digest({"rows": [[row.id_number, row.name, row.programme, row.born] for row in rows]})


def _as_csv(found: set[tuple[int, str, str]], rows: Sequence[Row]) -> bytes:
    """A cell that a spreadsheet would take for a formula is written as text."""
    sure = {at for at, by, _programme in found if by == BY_NUMBER}
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["行", "姓名", "我方项目", "对方项目", "凭什么"])
    for at, by, programme in sorted(found):
        if by == BY_NUMBER or at not in sure:
            why = "身份证号相同" if by == BY_NUMBER else "姓名相同，出生日期或号码相近，请人看"
            cells = (rows[at].name, rows[at].programme, programme)
            lines.writerow([at + 2, *("'" + cell if cell[:1] in set("=+-@\t\r") else cell for cell in cells), why])
    return ("\ufeff" + text.getvalue()).encode()


def _kept(sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [{**told, "rows": list(one.rows)} for told, one in zip(_told(sections), sections)]


def _write(path: Path, content: bytes, *, private: bool = False) -> None:
    """Beside it first, then in its place: a reader never sees half a file."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644), "wb") as file:
        file.write(content)
    os.replace(beside, path)


def main(words: Sequence[str]) -> int:
    """出名单 邀请.json 名单.csv | 看结果 邀请.json 钥匙.json 应答.json 名单.csv. 0 done, 1 not taken, 2 wrong use."""
    if len(words) not in {3, 5} or words[0] != {3: "出名单", 5: "看结果"}[len(words)]:
        print(__doc__)
        return 2
    try:
        paths = [Path(word) for word in words[1:]]
        invited, rows = opened(paths[0].read_bytes(), INVITATION), read_list(paths[-1])
        print(
            f"{invited['from']} 邀请 {invited['to']}，依据：{invited['basis']}，最多 {invited['most']} 人，{invited['until']} 前。"
        )
        print(f"发邀请单位的指纹（和来函上的核对）：{fingerprint(invited['signer'])}")
        if words[0] == "出名单":
            said = make_list(paths[0].parent, invited, rows, today=date.today())
            print(f"做好了：盲名单.json 交给工会；钥匙.json 自己留着。我方指纹（抄在复函上）：{said}")
            return 0
        count = take_answer(paths[0].parent, invited, paths[1].read_bytes(), paths[2].read_bytes(), rows)
        paths[1].unlink()
        print(f"两边都有的 {count} 人，见 重合.csv；结果.json 交给工会。钥匙已删除。")
    except BlindError as error:
        print(str(error), file=sys.stderr)
        return 1
    except OSError as error:
        print(f"文件打不开：{error.filename}（{error.strerror}）。", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
