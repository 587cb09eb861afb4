"""The texts of a circular: read from a folder, parsed, hashed, and a supplement laid over the main text.

Step "circular published" of the way: what is published is these texts, word for word.
"""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from huigong.rules import shape
from huigong.rules.circular import Origin
from huigong.rules.problems import Lines, Problem, WrongCircularError, problem
from huigong.rules.schema import SCHEMA

MAIN = "circular.toml"


def gather(directory: Path, supplements: Sequence[Path]) -> dict[str, str]:
    """The main text, the supplements, and the files that they name, each beside the text that names it."""
    texts = {MAIN: _read(directory / MAIN)}
    folders = {MAIN: directory}
    for path in supplements:
        if path.name in texts:
            raise WrongCircularError(
                [
                    problem(
                        path.name,
                        1,
                        "same_name",
                        f"有两个文件都叫 {path.name}，请改一个名字。",
                        f"Two files are called {path.name}: rename one.",
                    )
                ]
            )
        texts[path.name] = _read(path)
        folders[path.name] = path.parent
    for name, folder in folders.items():
        for named in _named(name, texts[name]):
            texts[named] = _read(folder / named)
    return texts


def lay_over(
    texts: Mapping[str, str], supplements: Sequence[str]
) -> tuple[dict[str, Any], dict[str, tuple[Origin, ...]]]:
    """One table of all texts, and where each entry stands. Raises WrongCircularError with everything that is wrong.

    A supplement adds entries to arrays of tables, replaces an entry of the same name, and replaces whole tables.
    """
    merged: dict[str, Any] = {}
    origins: dict[str, list[Origin]] = {}
    problems: list[Problem] = []
    for name in (MAIN, *supplements):
        parsed = parse(name, texts[name])
        found = shape.check(name, parsed, Lines(texts[name]), main=name == MAIN)
        problems += found
        if not found:
            _add(merged, origins, parsed, file=name)
    if problems:
        raise WrongCircularError(problems)
    return merged, {table: tuple(places) for table, places in origins.items()}


def _add(merged: dict[str, Any], origins: dict[str, list[Origin]], parsed: Mapping[str, Any], *, file: str) -> None:
    for name, value in parsed.items():
        places = origins.setdefault(name, [])
        if name == "supplement":
            if "deadline" in value:
                merged["circular"] = {**merged.get("circular", {}), "deadline": value["deadline"]}
        elif not SCHEMA[name].many:
            merged[name] = value
            origins[name] = [Origin(file, 0)]
        else:
            entries = merged.setdefault(name, [])
            key = SCHEMA[name].key
            before = {entry[key]: place for place, entry in enumerate(entries)} if key else {}
            for number, entry in enumerate(value):
                placed = before.get(entry[key]) if key else None
                if placed is None:
                    entries.append(entry)
                    places.append(Origin(file, number))
                else:
                    entries[placed], places[placed] = entry, Origin(file, number)


def digest_of(texts: Mapping[str, str], supplements: Sequence[str]) -> str:
    """SHA-256 over names and contents: the main text, the supplements in their order, then the other files by name."""
    order = [MAIN, *supplements, *sorted(texts.keys() - {MAIN, *supplements})]
    whole = "".join(f"{name}\n{len(texts[name])}\n{texts[name]}\n" for name in order)
    return hashlib.sha256(whole.encode()).hexdigest()


def parse(name: str, text: str) -> dict[str, Any]:
    """A TOML text as a table. Raises WrongCircularError with the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        line = int(words.split("line ")[1].split(",", maxsplit=1)[0]) if "line " in words else text.count("\n") + 1
        raise WrongCircularError(
            [problem(name, line, "not_toml", f"这一行不是合格的 TOML：{words}", f"This is not valid TOML: {words}")]
        ) from None


def _named(name: str, text: str) -> list[str]:
    """Files that a text names: the form's definition, the quota table. Only plain names, so all of it is in one folder."""
    parsed = parse(name, text)
    found = []
    for table in ("form", "quota"):
        named = parsed.get(table)
        file = named.get("file") if isinstance(named, dict) else None
        if isinstance(file, str):
            if Path(file).name != file or "\\" in file:
                raise WrongCircularError(
                    [
                        problem(
                            name,
                            Lines(text).of(table, 0, "file"),
                            "not_beside",
                            f"“{file}”要和 {name} 放在同一个文件夹，只写文件名。",
                            f"“{file}” has to stand beside {name}: write the file name only.",
                        )
                    ]
                )
            found.append(file)
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # 记事本 puts a mark before the text
    except OSError:
        wrong = problem(path.name, 1, "file_missing", f"找不到文件 {path}。", f"There is no file {path}.")
    except UnicodeDecodeError:
        wrong = problem(
            path.name,
            1,
            "not_utf8",
            "文件不是 UTF-8 编码，请另存为 UTF-8。",
            "The file is not UTF-8: save it as UTF-8.",
        )
    raise WrongCircularError([wrong])
