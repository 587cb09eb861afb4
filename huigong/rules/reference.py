"""The reference page of the circular's format, written from the schema, the vocabulary and the facts: it cannot go stale.

`huigong circular format` writes it; a test holds the page in docs/reference against it.
"""

from collections.abc import Iterator

from huigong.rules.criteria import UNLESS, VERSION, VOCABULARY, Criterion
from huigong.rules.facts import CATALOGUE, Fact
from huigong.rules.schema import SCHEMA, Field, Table

_TYPES = {"str": "text", "int": "whole number", "bool": "true/false", "date": "date", "list": "list", "dict": "table"}


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([*_opening(), *_tables(), *_vocabulary(), *_facts()]) + "\n"


def _opening() -> Iterator[str]:
    yield from (
        "# 通知的格式 / The format of a circular",
        "",
        (
            "Written by `huigong circular format` from the schema; do not edit. How to write one: "
            "[docs/how-to/write-a-circular.md](../how-to/write-a-circular.md)."
        ),
        "",
        "一个通知是 `circulars/<年-地-号>/circular.toml`，旁边放登记表定义和指标分配表；补充通知是另外的 TOML，依次叠加。",
        "",
        (
            "A circular is `circulars/<year-place-number>/circular.toml` with its form's definition and quota table beside it. "
            "Supplements are further TOML files, laid over in their order: an entry with the same key (▸) replaces the earlier "
            "one, other entries are added, single tables are replaced."
        ),
        "",
        "`deadline` in place of a criterion's `day` stands for the deadline of `[circular]` or of the last supplement.",
    )


def _tables() -> Iterator[str]:
    for name, table in SCHEMA.items():
        spelled = f"[[{name}]]" if table.many else f"[{name}]"
        where = {"main": " Only in `circular.toml`.", "supplement": " Only in supplements."}.get(table.where, "")
        yield from (
            "",
            f"## `{spelled}`",
            "",
            f"{table.zh} / {table.en}.{' Required.' if table.required else ''}{where}",
            "",
        )
        yield from _fields(table)


def _fields(table: Table) -> Iterator[str]:
    yield from ("| key | type | required | 含义 | meaning |", "|---|---|---|---|---|")
    for key, field in table.fields.items():
        marked = f"`{key}`{' ▸' if key == table.key else ''}"
        yield f"| {marked} | {_type(field)} | {'yes' if field.required else ''} | {field.zh} | {field.en} |"
        if field.entry is not None:
            for inner, of in field.entry.fields.items():
                yield f"| `{key}[].{inner}` | {_type(of)} | {'yes' if of.required else ''} | {of.zh} | {of.en} |"
    if table.open:
        yield "| … | | | 所用判断的参数，见下 | parameters of the criterion that it uses, see below |"


def _type(field: Field) -> str:
    if field.among:
        return ", ".join(f"`{word}`" for word in field.among)
    names = "/".join(_TYPES[kind.__name__] for kind in field.types)
    return f"{names} of {'/'.join(_TYPES[kind.__name__] for kind in field.items)}" if field.items else names


def _vocabulary() -> Iterator[str]:
    yield from (
        "",
        f"## 词汇表 / The vocabulary, version {VERSION}",
        "",
        (
            "Each answers met, not met, or unknown where a fact is not known; unknown is incomplete, never refused. A released "
            "criterion never changes its meaning. Every one also takes "
            f"`{UNLESS}`: a true/false fact (an officer's settlement) that stands against a shortfall."
        ),
        "",
        "| criterion | 含义 | meaning | facts (kinds) | parameters |",
        "|---|---|---|---|---|",
    )
    for word in VOCABULARY.values():
        yield f"| `{word.name}` | {word.zh} | {word.en} | {_asks(word)} | {_parameters(word)} |"


def _asks(word: Criterion) -> str:
    return "; ".join(f"`{key}` ({', '.join(sorted(kinds))})" for key, kinds in word.asks.items())


def _parameters(word: Criterion) -> str:
    return "; ".join(
        f"`{key}` ({'/'.join(_TYPES[kind.__name__] for kind in types)})" for key, types in word.parameters.items()
    )


def _facts() -> Iterator[str]:
    yield from (
        "",
        "## 事实 / Facts",
        "",
        "`confirmed_…` facts are an officer's ticks (true/false) and need no entry here. Money (`fen`) is in fen.",
        "",
        "| fact | kind | 名称 | name | words |",
        "|---|---|---|---|---|",
    )
    for fact in CATALOGUE.values():
        yield f"| `{fact.name}` | {fact.kind} | {fact.zh} | {fact.en} | {_words(fact)} |"


def _words(fact: Fact) -> str:
    return ", ".join(f"`{word}` {zh}" for word, (zh, _) in (fact.words or {}).items())
