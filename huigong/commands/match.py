"""`huigong match …`: who stands twice in a list, or in two lists. Needs no database; the lists stay where they are."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from huigong.matching import engine, learning, model, reading
from huigong.matching.learning import Label

DONE, INPUT_HAS_ERRORS, WRONG_USE = 0, 1, 2


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    noun = nouns.add_parser("match", help="查重：同一个人吗 / matching: one person or two")
    verbs = noun.add_subparsers(dest="verb", metavar="动词/verb", required=True)
    words = "在一份名单里、或对着另一份名单，找出可能是同一个人的记录 / find records that may be one person, in a list or against another"
    people = verbs.add_parser("people", help=words, description=words)
    people.add_argument("file", type=Path, metavar="FILE", help="名单，CSV 或 Parquet / a list, CSV or Parquet")
    people.add_argument("--against", type=Path, metavar="FILE", help="对着哪份名单找 / the list to look in")
    people.add_argument("--out", type=Path, required=True, help="结果写到哪里（CSV）/ where the pairs go (CSV)")
    people.add_argument("--json", action="store_true", help="给程序读 / for programs")
    words = "从人定过的比对里学权重，写成一个文件；用不用由人决定 / learn weights from settled pairs, into a file; whether to use them is for people"
    learn = verbs.add_parser("learn", help=words, description=words)
    learn.add_argument("file", type=Path, metavar="LABELS", help="huigong registry labels 导出的 / as exported")
    learn.add_argument("--out", type=Path, required=True, help="新权重写到哪里（JSON）/ where the weights go")
    weights = "用这份权重，不用随软件的 / these weights instead of the shipped ones"
    people.add_argument("--weights", type=Path, metavar="JSON", help=weights)


def run(arguments: argparse.Namespace) -> int:
    """Match and write. 0: done, with or without pairs; 1: a list cannot be matched (SaidError); 2: a file is not there."""
    asked = [getattr(arguments, name, None) for name in ("file", "against", "weights")]
    absent = [path for path in asked if path and not path.is_file()]
    if absent:
        print(f"找不到文件：{absent[0]} / no such file: {absent[0]}", file=sys.stderr)
        return WRONG_USE
    out = arguments.out
    if out.exists() and any(path and out.samefile(path) for path in asked):
        print(
            f"--out 写的是要读的文件 {out}，写了名单就没了；请换一个文件名。/ --out names a file that is read, {out}: it would be lost; please name another.",
            file=sys.stderr,
        )
        return WRONG_USE
    return _learn(arguments) if arguments.verb == "learn" else _people(arguments)


def calibration(labels: Sequence[Label]) -> list[str]:
    """How many pairs of each probability people called one person, and how many the weights had promised."""
    told = []
    for band in learning.bands(labels, model.shipped()):
        between = f"{band.above:.0%}–{band.below:.0%}"
        zh = f"概率 {between}：{band.pairs} 对，应有 {band.promised:.1f} 对是同一人，人定 {band.found} 对"
        told.append(f"{zh} / {between}: {band.found} of {band.pairs} were one person, {band.promised:.1f} promised")
    return told


def _learn(arguments: argparse.Namespace) -> int:
    labels = learning.read(arguments.file.read_text(encoding="utf-8-sig"))
    for line in calibration(labels):
        print(line)
    learnt = learning.learn(labels, model.shipped())
    arguments.out.write_text(learnt.model.as_json(), encoding="utf-8")
    print(
        f"每对平均偏差 {learnt.loss_before:.4f} → {learnt.loss_after:.4f}（没学过的那部分）：{arguments.out}。要不要用，请人定。\n"
        f"Log loss {learnt.loss_before:.4f} → {learnt.loss_after:.4f} on labels that were held out. Whether to use them is for people."
    )
    return DONE


def _people(arguments: argparse.Namespace) -> int:
    weights = model.read(arguments.weights.read_text(encoding="utf-8")) if arguments.weights else model.shipped()
    left = reading.read(arguments.file)
    right = reading.read(arguments.against) if arguments.against else left
    found = engine.link(left, right, by=weights) if arguments.against else engine.match(left, by=weights)
    pairs = engine.told(found, left, right)
    try:
        _write(pairs, arguments.out)
    except OSError as error:
        print(
            f"写不了 {arguments.out}：{error.strerror}。/ Cannot write {arguments.out}: {error.strerror}.",
            file=sys.stderr,
        )
        return WRONG_USE
    counts = {answer: pairs.filter(pl.col("answer") == answer).height for answer in (engine.SAME, engine.REVIEW)}
    summary = {
        "records": left.height,
        "against": right.height if arguments.against else None,
        **counts,
        "crowded": found.crowded,
        "out": str(arguments.out),
    }
    print(json.dumps(summary, ensure_ascii=False, indent=1) if arguments.json else _words(summary))
    return DONE


def _write(pairs: pl.DataFrame, out: Path) -> None:
    """Beside it first, then in its place: a reader never sees half a file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.part")
    pairs.write_csv(beside)
    beside.replace(out)


def _words(summary: Mapping[str, object]) -> str:
    crowded = summary["crowded"]
    told = f"同一个人 {summary['same']} 对，请人看 {summary['review']} 对：{summary['out']} / {summary['same']} pairs the same, {summary['review']} for a person"
    if crowded:
        told += f"\n有些值太多人共用，没有用来找人 / shared by too many and not used: {crowded}"
    return told
