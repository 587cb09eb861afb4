"""Reads the code as text and as Django sees it: what the house rules are held against."""

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
CODE = HERE / "huigong"

# From the ground up; rooms of one floor share a line (docs/explanation/house.md).
FLOORS = [
    ["values"],
    ["annexes", "matching"],
    ["rules"],
    ["vault"],
    ["audit"],
    ["lifecycle", "documents"],
    ["organisations"],
    ["circulars"],
    ["quotas", "ledger"],
    ["registry"],
    ["intake", "publicnotices", "payments", "approvals", "partners"],
    ["grievances", "giving"],
    ["casework"],
    ["studentaid", "employment"],
    ["figures"],
    ["runs"],
    ["web", "commands"],
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# `enter` is the registry's way to record one step of a file's life (registry/actions/entering.py), `rewrite` the
# employment programme's way to write a graduate's row with its event (employment/writing.py).
# `opine` and `confirm_paper` record what is written into an approval form (approvals/actions).
WRITERS = {
    "record",
    "record_all",
    "advance",
    "advance_all",
    "post",
    "post_all",
    "reveal",
    "enter",
    "rewrite",
    "opine",
    "confirm_paper",
    "undo_batch",
}


def modules(*, tests: bool = False) -> Iterator[Path]:
    """Every module of the product, migrations left out; tests only where asked for."""
    for path in sorted(CODE.rglob("*.py")):
        parts = path.relative_to(CODE).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


def status_writes(source: str) -> list[int]:
    """Lines that assign a status: `row.status = …`, `.update(status=…)`, setattr(row, "status", …)."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, ast.AugAssign | ast.AnnAssign)
            else []
        )
        if any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets):
            lines.append(node.lineno)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
            lines += [node.lineno for word in node.keywords if word.arg == "status"]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            lines += [
                node.lineno for value in node.args[1:2] if isinstance(value, ast.Constant) and value.value == "status"
            ]
    return lines


def silent_actions(source: str) -> list[str]:
    """Public atomic functions that neither record an event themselves nor call anything of this module that does."""
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    calls = {
        name: {called_name(call) for call in ast.walk(node) if isinstance(call, ast.Call)}
        for name, node in functions.items()
    }

    def writes(name: str, seen: frozenset[str] = frozenset()) -> bool:
        if calls[name] & WRITERS:
            return True
        return any(writes(other, seen | {name}) for other in calls[name] & functions.keys() if other not in seen)

    return [
        name for name, node in functions.items() if not name.startswith("_") and is_atomic(node) and not writes(name)
    ]


def called_name(call: ast.Call) -> str:
    return (
        call.func.attr
        if isinstance(call.func, ast.Attribute)
        else call.func.id
        if isinstance(call.func, ast.Name)
        else ""
    )


def is_atomic(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def receivers(source: str) -> list[int]:
    """Lines that connect a signal, by decorator or by call."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and (
            called_name(node) == "receiver"
            or (called_name(node) == "connect" and "signal" in ast.unparse(node.func).lower())
        )
    ] + [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and called_name(node) == "connect" and "post_migrate" in ast.unparse(node.func)
    ]


def swallowed(source: str) -> list[int]:
    """Lines of bare `except:` or `except Exception`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]


def upward_keys(links: Iterator[tuple[str, str]]) -> list[str]:
    """Foreign keys, as (owner, target) in the form `room.Model`, whose target stands on a higher floor or beside."""
    wrong = []
    for owner, target in links:
        here, there = owner.split(".")[0], target.split(".")[0]
        if here in FLOOR_OF and there in FLOOR_OF and here != there and FLOOR_OF[there] >= FLOOR_OF[here]:
            wrong.append(f"{owner} -> {target}")
    return wrong
