"""Is a parsed text of a circular shaped as the schema says? Tables, keys, types, and the parameters of criteria.

Step "circular published" of the way: everything that is wrong is told at once, each with its line.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from huigong.rules.criteria import UNLESS, VOCABULARY, Criterion
from huigong.rules.problems import Lines, Problem, problem
from huigong.rules.schema import SCHEMA, Field, Table

DEADLINE = "deadline"
USE_KEYS = frozenset(SCHEMA["criterion"].fields) | {"uses"}
_NAMES = {
    "str": ("文字", "text"),
    "int": ("整数", "a whole number"),
    "bool": ("true 或 false", "true or false"),
    "date": ("日期，如 2017-08-10", "a date, as 2017-08-10"),
    "list": ("列表 […]", "a list […]"),
    "dict": ("表 {…}", "a table {…}"),
}
_Wrong = tuple[str, str, str]


def check(file: str, parsed: Mapping[str, Any], lines: Lines, *, main: bool) -> list[Problem]:
    """What is wrong with one text; `main`: the circular itself, not a supplement."""
    return [*_unknown_tables(file, parsed, lines, main=main), *_tables(file, parsed, lines, main=main)]


def _unknown_tables(file: str, parsed: Mapping[str, Any], lines: Lines, *, main: bool) -> Iterator[Problem]:
    for name in parsed:
        if name not in SCHEMA:
            yield problem(
                file, lines.of(name), "unknown_table", f"没有叫 [{name}] 的部分。", f"There is no part called [{name}]."
            )
        elif SCHEMA[name].where == ("supplement" if main else "main"):
            here, here_en = ("通知正文", "the circular itself") if main else ("补充通知", "a supplement")
            yield problem(
                file,
                lines.of(name),
                "table_elsewhere",
                f"[{name}] 不能写在{here}里。",
                f"[{name}] cannot stand in {here_en}.",
            )


def _tables(file: str, parsed: Mapping[str, Any], lines: Lines, *, main: bool) -> Iterator[Problem]:
    for name, table in SCHEMA.items():
        if name not in parsed:
            if table.required if main else table.where == "supplement":
                yield problem(
                    file, 1, "table_missing", f"缺 [{name}]（{table.zh}）。", f"[{name}] ({table.en}) is missing."
                )
            continue
        entries = parsed[name] if table.many else [parsed[name]]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            spelled = f"[[{name}]]" if table.many else f"[{name}]"
            yield problem(file, lines.of(name), "wrong_table", f"请写成 {spelled}。", f"Write {spelled}.")
            continue
        for number, entry in enumerate(entries):
            yield from _entry(file, name, number, entry, table, lines)


def _entry(
    file: str, name: str, number: int, entry: Mapping[str, Any], table: Table, lines: Lines
) -> Iterator[Problem]:
    wrong = [*_fields(name, entry, table)]
    for key, found in wrong:
        yield problem(file, lines.of(name, number, key), *found)
    if name == "criterion" and not wrong:
        for key, found in _use(entry):
            yield problem(file, lines.of(name, number, key), *found)


def _fields(name: str, entry: Mapping[str, Any], table: Table) -> Iterator[tuple[str, _Wrong]]:
    for key, field in table.fields.items():
        if key in entry:
            for wrong in _value(key, entry[key], field):
                yield key, wrong
        elif field.required:
            yield (
                "",
                (
                    "key_missing",
                    f"[{name}] 缺 {key}（{field.zh}）。",
                    f"[{name}] lacks {key} ({field.en}).",
                ),
            )
    for key in entry.keys() - table.fields.keys():
        if not table.open:
            yield key, ("unknown_key", f"[{name}] 里没有 {key} 这一项。", f"[{name}] has no key {key}.")


def _value(key: str, value: Any, field: Field) -> Iterator[_Wrong]:
    if not fits(value, field.types):
        yield _wrong_type(key, field.types, field.zh, field.en)
        return
    if field.among and value not in field.among:
        choices = "、".join(field.among)
        yield (
            "not_among",
            f"{key} 应为 {choices} 之一，这里是“{value}”。",
            f"{key} should be one of {', '.join(field.among)}, not “{value}”.",
        )
    if field.least is not None and field.most is not None and not field.least <= value <= field.most:
        yield (
            "out_of_range",
            f"{key} 应在 {field.least} 到 {field.most} 之间，这里是 {value}。",
            f"{key} should lie from {field.least} to {field.most}, not {value}.",
        )
    for item in value if field.items else ():
        if not fits(item, field.items):
            yield _wrong_type(f"{key} […]", field.items, field.zh, field.en)
        elif field.entry is not None:
            yield from (wrong for _, wrong in _fields(key, item, field.entry))


def fits(value: Any, types: tuple[type, ...]) -> bool:
    """Whether a value has one of these types: true is no number, and a point in time is no day."""
    if isinstance(value, bool):
        return bool in types
    return isinstance(value, types) and not isinstance(value, datetime)


def _wrong_type(key: str, types: tuple[type, ...], zh: str, en: str) -> _Wrong:
    words = [_NAMES[kind.__name__] for kind in types]
    return (
        "wrong_type",
        f"{key} 应为{'或'.join(word for word, _ in words)}（{zh}）。",
        f"{key} should be {' or '.join(word for _, word in words)} ({en}).",
    )


def _use(entry: Mapping[str, Any]) -> Iterator[tuple[str, _Wrong]]:
    """The parameters of a criterion against the vocabulary."""
    word = VOCABULARY.get(entry["uses"])
    if word is None:
        words = "、".join(sorted(VOCABULARY))
        yield (
            "uses",
            (
                "unknown_criterion",
                f"词汇表里没有“{entry['uses']}”。可用：{words}；说不清的用 officer_confirms。",
                f"The vocabulary has no “{entry['uses']}”; what it lacks becomes officer_confirms.",
            ),
        )
        return
    allowed = word.parameters.keys() | word.asks.keys()
    for key in entry.keys() - USE_KEYS - allowed - {UNLESS}:
        yield key, ("unknown_parameter", f"{word.name} 没有参数 {key}。", f"{word.name} has no parameter {key}.")
    for key in sorted(allowed):
        if key not in entry:
            yield (
                "",
                ("parameter_missing", f"{word.name} 缺参数 {key}。", f"{word.name} lacks the parameter {key}."),
            )
    for key in sorted((allowed | {UNLESS}) & entry.keys()):
        if not _parameter_fits(word, key, entry[key]):
            yield (
                key,
                (
                    "wrong_type",
                    f"{word.name} 的参数 {key} 类型不对。",
                    f"The parameter {key} of {word.name} has the wrong type.",
                ),
            )


def _parameter_fits(word: Criterion, key: str, value: Any) -> bool:
    if key == "facts":
        return isinstance(value, list) and bool(value) and all(isinstance(name, str) for name in value)
    if key in word.asks or key == UNLESS:
        return isinstance(value, str)
    if key == "values":
        return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
    return fits(value, word.parameters[key]) or (key == "day" and value == DEADLINE)
