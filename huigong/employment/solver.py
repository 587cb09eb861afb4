"""The solver's own process: reads a problem on standard input, solves it with OR-Tools' min-cost flow, writes the answer.

It runs apart (assigning.py starts it): a solve may take half a minute and a gigabyte, and must never take the server along.
The proof comes with the answer: potentials under which no arc could be used better, so the dual bound is reached, or how
far it is from it. The bound is computed from the potentials alone and not from the flow.
"""

import json
import sys
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

IMPOSSIBLE = -1
_ROWS = 500  # people at a time: ten million pairs are looked at without being held
_ROUNDS = 2_000


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """`tables`: points by distinct values; `priority`: what placing each person is worth; `places`: of each opening.

    `apart`: pairs that are not to be, whatever their points.
    """
    priority, places = np.array(problem["priority"], np.int64), np.array(problem["places"], np.int64)
    who, what, points = _pairs(problem["tables"], problem["apart"], len(priority), len(places))
    worth = priority[who] + points
    chosen = _flow(who, what, worth, len(priority), places)
    value, bound = int(worth[chosen].sum()), _bound(who, what, worth, chosen, len(priority), places)
    return {
        "pairs": len(who),
        "value": value,
        "bound": bound,
        "chosen": [[int(one), int(other)] for one, other in zip(who[chosen], what[chosen], strict=True)],
    }


def _pairs(
    tables: list[dict[str, Any]], apart: list[list[int]], people: int, openings: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair that can be, with its points; impossible ones are pruned, and only those."""
    found = []
    who_not, what_not = np.array(apart, np.int64).reshape(-1, 2).T
    looked = [(np.array(one["points"], np.int32), np.array(one["wanted"]), np.array(one["offered"])) for one in tables]
    for first in range(0, people, _ROWS):
        rows = slice(first, first + _ROWS)
        total = np.zeros((len(range(*rows.indices(people))), openings), np.int32)
        possible = np.ones_like(total, bool)
        for points, wanted, offered in looked:
            own = points[wanted[rows]][:, offered]
            possible &= own != IMPOSSIBLE
            total += np.maximum(own, 0)
        here = (who_not >= first) & (who_not < first + _ROWS)
        possible[who_not[here] - first, what_not[here]] = False
        one, other = np.nonzero(possible)
        found.append((one + first, other, total[one, other].astype(np.int64)))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    who, what, points = (np.concatenate(part) for part in zip(*found, strict=True))
    return who, what, points


def _flow(who: np.ndarray, what: np.ndarray, worth: np.ndarray, people: int, places: np.ndarray) -> np.ndarray:
    """Which pairs are chosen. Nodes: people, openings, source, sink; whoever is not placed goes straight to the sink."""
    network = min_cost_flow.SimpleMinCostFlow()
    source, sink = people + len(places), people + len(places) + 1
    persons, offers = np.arange(people), people + np.arange(len(places))
    arcs = network.add_arcs_with_capacity_and_unit_cost(who, people + what, np.ones_like(who), -worth)
    network.add_arcs_with_capacity_and_unit_cost(
        np.full(people, source), persons, np.ones(people, int), np.zeros(people, int)
    )
    network.add_arcs_with_capacity_and_unit_cost(
        persons, np.full(people, sink), np.ones(people, int), np.zeros(people, int)
    )
    network.add_arcs_with_capacity_and_unit_cost(offers, np.full(len(places), sink), places, np.zeros_like(places))
    network.set_node_supply(source, people)
    network.set_node_supply(sink, -people)
    status = network.solve()
    if status != network.OPTIMAL:
        raise RuntimeError(f"the solver ended with {status}")
    return np.nonzero(network.flows(arcs))[0]


def _bound(
    who: np.ndarray, what: np.ndarray, worth: np.ndarray, chosen: np.ndarray, people: int, places: np.ndarray
) -> int:
    """No assignment is worth more: what a place in each opening is worth (its price), and what each person gains at most.

    Weak duality holds for any prices at or above nothing, so a wrong price only makes the bound looser, never false.
    Prices come out of the chosen pairs: somebody placed there would gain so much elsewhere, else the price would be less.
    """
    price = np.zeros(len(places), np.int64)
    placed = np.zeros(len(worth), bool)
    placed[chosen] = True
    own = np.zeros(people, np.int64)  # what the chosen pair of each person is worth, before its price
    at = np.full(people, -1)
    own[who[chosen]], at[who[chosen]] = worth[chosen], what[chosen]
    for _ in range(_ROUNDS):
        gain = own - np.where(at >= 0, price[at], 0)
        needed = np.zeros(len(places), np.int64)
        np.maximum.at(needed, what, np.where(placed, 0, worth - gain[who]))
        raised = np.maximum(price, needed)
        if (raised == price).all():
            break
        price = raised
    best = np.zeros(people, np.int64)
    np.maximum.at(best, who, worth - price[what])
    return int((price * places).sum() + best.sum())


if __name__ == "__main__":
    json.dump(solve(json.load(sys.stdin)), sys.stdout)
