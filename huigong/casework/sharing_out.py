"""Who gets which case when cases are shared out evenly: always whoever has fewest, in a fixed order, never by chance."""

import heapq
from collections.abc import Iterable, Mapping


def shared_out(references: Iterable[str], loads: Mapping[str, int]) -> dict[str, str]:
    """To whom each case goes, so that afterwards nobody has much more than another. `loads`: how many each has already."""
    waiting = [(count, name) for name, count in loads.items()]
    heapq.heapify(waiting)
    given = {}
    for reference in sorted(set(references)) if waiting else ():
        count, name = waiting[0]
        given[reference] = name
        heapq.heapreplace(waiting, (count + 1, name))
    return given
