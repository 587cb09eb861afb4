"""The example city as an aid centre has it, and how a whole run over it is called."""

import json
from pathlib import Path

from huigong import commands

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "wuzhou-2017"
CIRCULAR = ROOT / "circulars" / "2017-wuzhou-21"
OFFICERS = (("黄", "verifier"), ("覃", "approver"), ("陈", "finance"))

WHOLE = {
    "--circular": CIRCULAR,
    "--supplement": CIRCULAR / "supplement-example.toml",
    "--registry": EXAMPLES / "registry.xlsx",
    "--units": EXAMPLES / "units.csv",
    "--quotas": EXAMPLES / "quotas.csv",
    "--forms": EXAMPLES / "forms",
    "--papers": EXAMPLES / "papers.csv",
    "--received": "2017-08-07",
    "--notice-from": "2017-08-14",
    "--verified-by": "黄",
    "--decision": "梧工纪〔2017〕9号，2017-08-24",
    "--approved-by": "覃",
    "--released-by": "陈",
    "--as-of": "2017-08-25",
}


def words(out, **changes):
    """The words of `huigong campaign run`; a change to None leaves an option out (`papers=None`)."""
    told = WHOLE | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    pairs = [(option, str(value)) for option, value in told.items() if value is not None]
    return ["campaign", "run", *(word for pair in pairs for word in pair), "--out", str(out)]


def appoint():
    for name, role in OFFICERS:
        assert commands.main(["officers", "add", name, "--role", role]) == 0


def run(out, **changes):
    """Run it; returns what summary.json says."""
    code = commands.main(words(out, **changes))
    assert code == 0
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))


def decisions(out):
    return json.loads((out / "decisions.json").read_text(encoding="utf-8"))


def essence(out):
    """What must be the same whatever the order of files and however often a run was cut off."""
    keys = ("reference", "form", "row", "verdict", "rank", "place", "amount_fen", "status")
    bank = (
        {path.name: path.read_bytes() for path in sorted((out / "bank").iterdir())} if (out / "bank").exists() else {}
    )
    return [tuple(one[key] for key in keys) for one in decisions(out)], bank


def contents(out):
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}
