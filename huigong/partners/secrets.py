"""What an exchange keeps to itself until it ends: our signing key and secret, whose each of our points is, what theirs became."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from huigong.partners.blindcheck import Section

_POINT = 32


@dataclass(frozen=True, slots=True)
class Kept:
    """`whose` names, for each section and point of ours, the file and the position; `listed` is which list was answered."""

    signer: bytes
    secret: int = 0
    ours: Sequence[Section] = ()
    whose: Sequence[Sequence[tuple[UUID, int]]] = ()
    theirs_again: Sequence[Section] = ()
    listed: str = ""

    def as_text(self) -> str:
        told = {
            "signer": self.signer.hex(),
            "secret": str(self.secret),
            "ours": [_told(one) for one in self.ours],
            "whose": [[f"{pk.hex}:{position}" for pk, position in section] for section in self.whose],
            "theirs": [_told(one) for one in self.theirs_again],
            "listed": self.listed,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Kept:
    told = json.loads(text)
    return Kept(
        bytes.fromhex(told["signer"]),
        int(told["secret"]),
        [_section(one) for one in told["ours"]],
        [[_person(one) for one in section] for section in told["whose"]],
        [_section(one) for one in told["theirs"]],
        told.get("listed", ""),
    )


def _told(one: Section) -> dict[str, str]:
    return {"programme": one.programme, "by": one.by, "points": base64.b64encode(b"".join(one.points)).decode()}


def _section(told: dict[str, str]) -> Section:
    raw = base64.b64decode(told["points"])
    points = [raw[at : at + _POINT] for at in range(0, len(raw), _POINT)]
    return Section(told["programme"], told["by"], points)


def _person(text: str) -> tuple[UUID, int]:
    pk, _, position = text.partition(":")
    return UUID(pk), int(position)
