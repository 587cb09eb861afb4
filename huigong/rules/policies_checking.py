"""Is a catalogue of employment policies right? Everything that is wrong with it is told at once, each with its line."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any

from huigong.rules import facts
from huigong.rules.checking import misfits
from huigong.rules.criteria import VOCABULARY
from huigong.rules.policies import CLAIMANTS, KINDS, SURE, Policy
from huigong.rules.problems import Lines, Problem, problem

_CODES = {"kind": KINDS, "sure": SURE, "claims": CLAIMANTS}
_KNOWN = {one.name: one for one in fields(Policy)}
_QUESTION = frozenset({"question", "question_en"})
_TYPES = {"valid_from": date, "valid_until": date, "condition": list}
_Wrong = tuple[str, str, str, str]
"""Key, code, and the sentence in both languages."""


def check(text: str, *, file: str) -> list[Problem]:
    """What is wrong with a text; nothing where it can be used."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [problem(file, 1, "not_toml", f"这不是 TOML：{error}。", f"This is no TOML: {error}.")]
    entries, lines, seen = told.get("policy"), Lines(text), set[str]()
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        return [problem(file, 1, "no_policies", "请写成 [[policy]]，一项一个。", "Write [[policy]], one for each.")]
    found = list[Problem]()
    for number, entry in enumerate(entries):
        wrong = [*_shape(entry)]
        wrong += [*_address(entry), *_days(entry), *_conditions(entry)] if not wrong else []
        if entry.get("id") in seen:
            wrong.append(("id", "twice", f"{entry['id']} 写了两次。", f"{entry['id']} stands twice."))
        seen.add(str(entry.get("id")))
        found += [problem(file, lines.of("policy", number, key), code, zh, en) for key, code, zh, en in wrong]
    return found


def _shape(entry: Mapping[str, Any]) -> Iterator[_Wrong]:
    for key in entry.keys() - _KNOWN.keys():
        yield key, "unknown_key", f"没有叫 {key} 的栏目。", f"There is no key {key}."
    for name, one in _KNOWN.items():
        if name not in entry:
            if one.default is MISSING:
                yield "", "key_missing", f"缺 {name}。", f"{name} is missing."
            continue
        value, wanted = entry[name], _TYPES.get(name, str)
        if not isinstance(value, wanted) or isinstance(value, datetime) or value in ("", []):
            yield name, "wrong_type", f"{name} 写得不对。", f"{name} is not of its kind."
        elif name in _CODES and value not in _CODES[name]:
            choices = "、".join(_CODES[name])
            yield name, "wrong_code", f"{name} 只能是：{choices}。", f"{name} is one of: {', '.join(_CODES[name])}."


def _address(entry: Mapping[str, Any]) -> Iterator[_Wrong]:
    """Nothing is surer than the page on which it was read."""
    if entry["sure"] != "background" and "address" not in entry:
        yield (
            "sure",
            "nowhere_read",
            "写了读过，请写读的网页（address）。",
            "It says to be read: give the page (address).",
        )


def _days(entry: Mapping[str, Any]) -> Iterator[_Wrong]:
    if entry.get("valid_until", date.max) < entry["valid_from"]:
        yield "valid_until", "ends_before_it_begins", "止日在起日之前。", "It ends before it begins."


def _conditions(entry: Mapping[str, Any]) -> Iterator[_Wrong]:
    for given in entry["condition"]:
        wrong = list(_condition(given))
        yield from wrong
        # A condition that can be asked is held against the kinds and words of its facts as a circular's are.
        uses = () if wrong else Policy(**{**entry, "condition": [given]}).uses
        for key, name in (pair for use in uses for pair in misfits(use)):
            zh, en = facts.fact(name).zh, facts.fact(name).en
            yield "condition", "wrong_fact", f"{key} 与{zh}（{name}）不合。", f"{key} does not fit {en} ({name})."


def _condition(given: Any) -> Iterator[_Wrong]:
    word = VOCABULARY.get(given.get("criterion", "")) if isinstance(given, dict) else None
    if word is None:
        yield "condition", "unknown_criterion", "没有这个判断词。", "There is no such criterion."
        return
    asked = {"label", "label_en", *word.asks, *word.parameters}
    # A question may be put where one of several facts is an officer's tick.
    if _QUESTION & given.keys() and any(str(name).startswith("confirmed_") for name in given.get("facts", ())):
        asked |= _QUESTION
    if missing := sorted(asked - given.keys()):
        zh, en = "、".join(missing), ", ".join(missing)
        yield "condition", "condition_half", f"{word.name} 还缺 {zh}。", f"{word.name} lacks {en}."
        return
    if extra := sorted(given.keys() - asked - {"criterion"}):
        zh, en = "、".join(extra), ", ".join(extra)
        yield "condition", "condition_odd", f"{word.name} 不认 {zh}。", f"{word.name} takes no {en}."
    for name in word.reads(given):
        if not facts.known(name):
            yield "condition", "unknown_fact", f"没有叫 {name} 的事实。", f"There is no fact {name}."
