"""How long a blind check takes, both offices on this machine one after the other.

`python3 dev.py bench blind [--people N] [--operations]`.

Beside it openmined-psi on the same lists, where it can be imported. Half of the people are on both lists. With
`--operations` what one operation costs, in the group that is used and in P-256 by `cryptography` (decision 508).
"""

import argparse
import hashlib
import importlib.util
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from huigong.partners import blindcheck
from huigong.partners.blindcheck import Row, Section


def number(place: int) -> str:
    """An identity number of an area that no district bears, another one for each place below four million."""
    born = f"{1990 + place % 20}{1 + place // 20 % 12:02d}{1 + place // 240 % 28:02d}"
    body = f"4504{90 + place // 6_720_000:02d}{born}{place // 6_720 % 1000:03d}"
    return body + blindcheck.check_digit(body)


def ours_takes(theirs: Sequence[Row], ours: Sequence[Row]) -> dict[str, float | int]:
    """Seconds a step, from two lists to two overlaps, the files written and read on the way."""
    steps: dict[str, float | int] = {}
    signer, other_signer = blindcheck.new_signer(), blindcheck.new_signer()
    secret, other = blindcheck.new_secret(), blindcheck.new_secret()
    told = {"ours": "A", "theirs": "B", "basis": "bench", "most": max(len(ours), len(theirs)), "until": "2017-12-31"}
    invited = blindcheck.opened(blindcheck.invitation(exchange="PX", **told, signer=signer), blindcheck.INVITATION)
    began = time.perf_counter()
    mine = blindcheck.sections_of(theirs, invited, other, with_names=False)
    listed = blindcheck.list_file(mine, invited, other_signer)
    steps["their list"] = time.perf_counter() - began
    told = blindcheck.opened(listed, blindcheck.LIST)
    came = blindcheck.sections_in(told, invited)
    theirs_again = blindcheck.again(came, secret)
    sections = blindcheck.sections_of(ours, invited, secret, with_names=False)
    answer = blindcheck.answer_file(sections, theirs_again, invited, signer, listed=blindcheck.digest(told))
    steps["our answer"] = time.perf_counter() - began - sum(steps.values())
    opened = blindcheck.opened(answer, blindcheck.ANSWER)
    ours_again = blindcheck.again(blindcheck.sections_in(opened, invited), other)
    both = blindcheck.hits(blindcheck.sections_in(opened, invited, "yours"), ours_again)
    result = blindcheck.result_file(ours_again, invited, other_signer)
    steps["their overlap"] = time.perf_counter() - began - sum(steps.values())
    known = learnt(result, invited, theirs_again)
    steps["our overlap"] = time.perf_counter() - began - sum(steps.values())
    assert len(both) == known
    return steps | {
        "seconds": time.perf_counter() - began,
        "both": known,
        "bytes": len(listed) + len(answer) + len(result),
    }


def learnt(result: bytes, invited: dict[str, object], theirs_again: Sequence[Section]) -> int:
    returned = blindcheck.sections_in(blindcheck.opened(result, blindcheck.RESULT), invited, "yours")
    return len(blindcheck.hits(returned, theirs_again))


def openmined_takes(theirs: Sequence[Row], ours: Sequence[Row]) -> dict[str, float | int]:
    """The same lists through openmined-psi with its raw data structure: one side learns, so one direction is timed twice."""
    import private_set_intersection.python as psi  # noqa: PLC0415  a peer that need not be there

    one, other = [row.id_number for row in ours], [row.id_number for row in theirs]
    began = time.perf_counter()
    both = 0
    for asks, serves in ((other, one), (one, other)):
        client, server = psi.client.CreateWithNewKey(True), psi.server.CreateWithNewKey(True)
        setup = server.CreateSetupMessage(0.0, len(asks), serves, psi.DataStructure.RAW)
        response = server.ProcessRequest(client.CreateRequest(asks))
        both = len(client.GetIntersection(setup, response))
    return {"seconds": time.perf_counter() - began, "both": both}


def operations(times: int = 2000) -> dict[str, float]:
    """Microseconds of the processor for one operation, the best of three goes over as many points."""
    values, secret = [f"{place}" for place in range(times)], blindcheck.new_secret()
    points = blindcheck.to_points("E", "id", values)
    key, agree = ec.generate_private_key(ec.SECP256R1()), ec.ECDH()
    others = [_p256(value) for value in values]
    xs = [key.exchange(agree, point) for point in others]
    work: dict[str, Callable[[], Any]] = {
        "curve25519: hash": lambda: blindcheck.to_points("E", "id", values),
        "curve25519: multiply": lambda: blindcheck._blind_again_some(points, secret),
        "P-256: hash": lambda: [_p256(value) for value in values],
        "P-256: read a point": lambda: [_p256_point(x) for x in xs],
        "P-256: multiply": lambda: [key.exchange(agree, point) for point in others],
    }
    return {name: round(min(_seconds(one) for _ in range(3)) / times * 1e6, 1) for name, one in work.items()}


def _p256(value: str) -> ec.EllipticCurvePublicKey:
    """Try and increment, as version 1 of the tool had it."""
    for attempt in range(256):
        try:
            return _p256_point(hashlib.sha256(f"{value}|{attempt}".encode()).digest())
        except ValueError:
            continue
    raise AssertionError("one in 2**256")


def _p256_point(x: bytes) -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x02" + x)


def _seconds(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _cpu() -> float:
    """Seconds of the processor so far, children included: what counts where other work waits for the same cores."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench blind", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, metavar="N", help="people on either list (100000)")
    parser.add_argument("--operations", action="store_true", help="what single operations cost, in either group")
    asked = parser.parse_args(words)
    people = asked.people
    if asked.operations:
        print(json.dumps(operations()))
        return 0
    theirs = [Row(number(place), "", "低保") for place in range(people)]
    ours = [Row(number(place), "", "金秋助学") for place in range(people // 2, people // 2 + people)]
    runs: dict[str, Callable[[], dict[str, float | int]]] = {"huigong": lambda: ours_takes(theirs, ours)}
    if importlib.util.find_spec("private_set_intersection"):
        runs["openmined-psi"] = lambda: openmined_takes(theirs, ours)
    for name, run in runs.items():
        before = _cpu()
        told = {key: round(value, 2) for key, value in run().items()} | {"cpu": round(_cpu() - before, 2)}
        print(json.dumps({"tool": name, "people": people, "cores": os.cpu_count(), **told}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
