"""From a folder of TOML to a frozen Circular: shape checked against the schema, supplements laid over, everything hashed."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from huigong.annexes import definition
from huigong.rules import circular as made
from huigong.rules.criteria import VOCABULARY
from huigong.rules.problems import Lines, Problem, WrongCircularError, problem
from huigong.rules.schema import SCHEMA, Field, Table
from huigong.values import money
from huigong.values.sentence import WrongValueError

MAIN = "circular.toml"
_USE_KEYS = {"name", "uses", "clause", "failing", "label", "label_en", "remedy", "remedy_en"}
_BRACKETS = str.maketrans("（）", "()")


def load(directory: Path, supplements: Sequence[Path] = ()) -> made.Circular:
    """Read `circular.toml`, the files it names, and supplements in the given order. Raises WrongCircularError."""
    texts = {MAIN: _read(directory / MAIN)}
    for path in supplements:
        texts[path.name] = _read(path)
    for name, folder in _named_files(texts, directory, supplements).items():
        texts[name] = _read(folder / name)
    return from_texts(texts, [path.name for path in supplements])


def from_texts(texts: Mapping[str, str], supplements: Sequence[str] = ()) -> made.Circular:
    """The circular of frozen texts (file name to content), as a published version keeps them."""
    problems: list[Problem] = []
    merged: dict[str, Any] = {}
    for name in (MAIN, *supplements):
        parsed = _parse(name, texts[name])
        problems += _shape(name, parsed, Lines(texts[name]))
        _lay_over(merged, parsed, source=name)
    if problems:
        raise WrongCircularError(problems)
    return _build(merged, texts, supplements)


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over names and contents in the order of names."""
    whole = "".join(f"{name}\n{len(text)}\n{text}\n" for name, text in sorted(texts.items()))
    return hashlib.sha256(whole.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongCircularError(
            [problem(path.name, 1, "file_missing", f"找不到文件 {path}。", f"There is no file {path}.")]
        ) from None
    except UnicodeDecodeError:
        raise WrongCircularError(
            [
                problem(
                    path.name,
                    1,
                    "not_utf8",
                    "文件不是 UTF-8 编码，请另存为 UTF-8。",
                    "The file is not UTF-8: save it as UTF-8.",
                )
            ]
        ) from None


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = int(str(error).split("line ")[1].split(",")[0]) if "line " in str(error) else text.count("\n") + 1
        raise WrongCircularError(
            [problem(name, line, "not_toml", f"这一行不是合格的 TOML：{error}", f"This is not valid TOML: {error}")]
        ) from None


def _named_files(texts: Mapping[str, str], directory: Path, supplements: Sequence[Path]) -> dict[str, Path]:
    """Files that the texts name (the form, the quota table), each beside the text that names it."""
    folders = {MAIN: directory} | {path.name: path.parent for path in supplements}
    found = {}
    for name, text in texts.items():
        parsed = _parse(name, text)
        for table in ("form", "quota"):
            named = parsed.get(table, {})
            if isinstance(named, dict) and isinstance(named.get("file"), str):
                found[named["file"]] = folders[name]
    return found


def _lay_over(merged: dict[str, Any], parsed: Mapping[str, Any], *, source: str) -> None:
    """A supplement adds to arrays and replaces tables."""
    for name, value in parsed.items():
        if isinstance(value, list):
            merged.setdefault(name, []).extend({**entry, "_source": source} for entry in value)
        elif name == "supplement":
            if "deadline" in value:
                merged["circular"] = {**merged["circular"], "deadline": value["deadline"]}
        else:
            merged[name] = value


def _shape(file: str, parsed: Mapping[str, Any], lines: Lines) -> list[Problem]:
    problems = []
    main = file == MAIN
    for name in parsed.keys() - SCHEMA.keys():
        problems.append(
            problem(
                file, lines.of(name), "unknown_table", f"没有叫 [{name}] 的部分。", f"There is no part called [{name}]."
            )
        )
    for name, table in SCHEMA.items():
        if name not in parsed:
            if main and table.required:
                problems.append(
                    problem(
                        file, 1, "table_missing", f"缺 [{name}]（{table.zh}）。", f"[{name}] ({table.en}) is missing."
                    )
                )
            continue
        entries = parsed[name] if table.many else [parsed[name]]
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            spelled = f"[[{name}]]" if table.many else f"[{name}]"
            problems.append(problem(file, lines.of(name), "wrong_table", f"请写成 {spelled}。", f"Write {spelled}."))
            continue
        for number, entry in enumerate(entries):
            problems += _entry(file, name, number, entry, table, lines)
    return problems


def _entry(file: str, name: str, number: int, entry: Mapping[str, Any], table: Table, lines: Lines) -> list[Problem]:
    problems = []
    for key, field in table.fields.items():
        if key not in entry:
            if field.required:
                problems.append(
                    problem(
                        file,
                        lines.of(name, number),
                        "key_missing",
                        f"[{name}] 缺 {key}（{field.zh}）。",
                        f"[{name}] lacks {key} ({field.en}).",
                    )
                )
        elif wrong := _value(key, entry[key], field):
            problems.append(problem(file, lines.of(name, number, key), *wrong))
    for key in entry.keys() - table.fields.keys():
        if not table.open:
            problems.append(
                problem(
                    file,
                    lines.of(name, number, key),
                    "unknown_key",
                    f"[{name}] 里没有 {key} 这一项。",
                    f"[{name}] has no key {key}.",
                )
            )
    if name == "criterion" and not problems:
        problems += _use(file, number, entry, lines)
    return problems


def _value(key: str, value: Any, field: Field) -> tuple[str, str, str] | None:
    if not isinstance(value, field.types) or (isinstance(value, bool) and bool not in field.types):
        names = "/".join(kind.__name__ for kind in field.types)
        return "wrong_type", f"{key} 应为 {names}（{field.zh}）。", f"{key} should be {names} ({field.en})."
    if field.among and value not in field.among:
        choices = "、".join(field.among)
        return (
            "not_among",
            f"{key} 应为 {choices} 之一，这里是“{value}”。",
            f"{key} should be one of {', '.join(field.among)}, not “{value}”.",
        )
    return None


def _use(file: str, number: int, entry: Mapping[str, Any], lines: Lines) -> list[Problem]:
    """The parameters of a criterion against the vocabulary."""
    word = VOCABULARY.get(entry["uses"])
    if word is None:
        words = "、".join(sorted(VOCABULARY))
        return [
            problem(
                file,
                lines.of("criterion", number, "uses"),
                "unknown_criterion",
                f"词汇表里没有“{entry['uses']}”。可用：{words}；说不清的用 officer_confirms。",
                f"The vocabulary has no “{entry['uses']}”; what it lacks becomes officer_confirms.",
            )
        ]
    allowed = set(word.parameters) | set(word.facts) | {"unless"}
    problems = []
    for key in entry.keys() - _USE_KEYS - allowed:
        problems.append(
            problem(
                file,
                lines.of("criterion", number, key),
                "unknown_parameter",
                f"{word.name} 没有参数 {key}。",
                f"{word.name} has no parameter {key}.",
            )
        )
    for key in sorted(set(word.parameters) | set(word.facts)):
        if key not in entry:
            problems.append(
                problem(
                    file,
                    lines.of("criterion", number),
                    "parameter_missing",
                    f"{word.name} 缺参数 {key}。",
                    f"{word.name} lacks the parameter {key}.",
                )
            )
        elif key in word.parameters and (
            not isinstance(entry[key], word.parameters[key]) or isinstance(entry[key], bool)
        ):
            problems.append(
                problem(
                    file,
                    lines.of("criterion", number, key),
                    "wrong_type",
                    f"参数 {key} 的类型不对。",
                    f"The parameter {key} has the wrong type.",
                )
            )
    return problems


def _build(merged: Mapping[str, Any], texts: Mapping[str, str], supplements: Sequence[str]) -> made.Circular:
    head = merged["circular"]
    form_file = merged.get("form", {}).get("file")
    used = {MAIN, *supplements, *filter(None, (form_file, merged.get("quota", {}).get("file")))}
    kept = {name: text for name, text in texts.items() if name in used}
    return made.Circular(
        head=made.Head(
            **{
                key: head[key]
                for key in (
                    "slug",
                    "number",
                    "title",
                    "title_en",
                    "issuer",
                    "issued_on",
                    "first_day",
                    "last_day",
                    "programme",
                    "year",
                    "contact",
                    "receiving_desk",
                )
            },
            addressees=tuple(head["addressees"]),
            stands_on=tuple(head.get("stands_on", ())),
        ),
        clauses=tuple(_clause(entry) for entry in merged["clause"]),
        criteria=tuple(_built_use(entry) for entry in merged.get("criterion", ())),
        amounts=tuple(
            made.Amount(
                entry["name"],
                tuple(entry["levels"]),
                entry.get("student_kind", ""),
                money.yuan(entry["yuan"]),
                spelled(entry["clause"]),
            )
            for entry in merged.get("amount", ())
        ),
        ranking=_ranking(merged.get("ranking")),
        quota=_quota(merged.get("quota")),
        notice=_notice(merged.get("public_notice")),
        covered_levels=tuple(head["covered_levels"]),
        deadline=head.get("deadline"),
        indicators=tuple(
            made.Indicator(**{**_plain(entry), "clause": spelled(entry["clause"])})
            for entry in merged.get("indicator", ())
        ),
        interpretations=tuple(
            made.Interpretation(**{**_plain(entry), "clauses": tuple(map(spelled, entry["clauses"]))})
            for entry in merged.get("interpretation", ())
        ),
        procedures=tuple((spelled(entry["clause"]), entry["does"]) for entry in merged.get("procedure", ())),
        examples=tuple(
            made.Example(
                entry["title"],
                entry["given"],
                entry["verdict"],
                tuple(entry.get("failed", ())),
                entry.get("amount_yuan"),
            )
            for entry in merged.get("example", ())
        ),
        form=_form(form_file, texts) if form_file else None,
        digest=digest_of(kept),
        texts=kept,
    )


def spelled(clause: str) -> str:
    """A clause id in its one spelling: ASCII brackets, no spaces."""
    return clause.translate(_BRACKETS).replace(" ", "")


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key != "_source"}


def _clause(entry: Mapping[str, Any]) -> made.Clause:
    return made.Clause(
        spelled(entry["id"]),
        entry["gist"],
        entry["gist_en"],
        entry["force"],
        entry.get("printed", spelled(entry["id"])),
        entry["_source"],
    )


def _built_use(entry: Mapping[str, Any]) -> made.Use:
    parameters = {key: value for key, value in entry.items() if key not in _USE_KEYS and key != "_source"}
    return made.Use(
        entry["name"],
        entry["uses"],
        spelled(entry["clause"]),
        entry["failing"],
        entry["label"],
        entry["label_en"],
        entry.get("remedy", ""),
        entry.get("remedy_en", ""),
        parameters,
    )


def _ranking(table: Mapping[str, Any] | None) -> made.Ranking | None:
    if table is None:
        return None
    keys = tuple(
        made.Key(
            key["fact"], key.get("direction", "up"), key.get("label", key["fact"]), key.get("label_en", key["fact"])
        )
        for key in table["keys"]
    )
    return made.Ranking(spelled(table["clause"]), keys)


def _quota(table: Mapping[str, Any] | None) -> made.Quota | None:
    if table is None:
        return None
    return made.Quota(
        spelled(table["clause"]),
        table["fund_source"],
        table["fund_source_name"],
        table["file"],
        tuple(table.get("other_sources", ())),
    )


def _notice(table: Mapping[str, Any] | None) -> made.NoticeRule | None:
    return (
        made.NoticeRule(spelled(table["clause"]), table["working_days"], table["rule"], table["objections_to"])
        if table
        else None
    )


def _form(name: str, texts: Mapping[str, str]) -> definition.FormDefinition:
    try:
        return definition.from_table(_parse(name, texts[name]))
    except WrongValueError as error:
        raise WrongCircularError([Problem(name, 1, error.sentence)]) from None
