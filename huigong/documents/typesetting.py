"""Papers as PDF/A by typst: the same blocks as the docx, set by one compiler that a process keeps (a fresh one is 15 × slower)."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from huigong.values.sentence import SaidError, Sentence

Block = Mapping[str, Any]
_TEMPLATE = Path(__file__).parent / "typst" / "official.typ"
_one_at_a_time = threading.Lock()


def pdf(title: str, blocks: Sequence[Block], *, author: str, day: date) -> bytes:
    """The paper as PDF/A-2b; the same blocks are the same bytes. Raises SaidError where it cannot be set."""
    data = json.dumps({"title": title, "author": author, "blocks": list(blocks)}, ensure_ascii=False)
    stamp = datetime.combine(day, time(), UTC)
    try:
        with _one_at_a_time:
            made = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards="a-2b", timestamp=stamp)
    except typst.TypstError as error:
        raise SaidError(
            Sentence(
                "not_set",
                "这份文件里有字印不出来（字体里没有），请取 docx，用带生僻字的字体打印。",
                f"The paper has a character that no font here has: take the docx. ({error})",
            )
        ) from error
    return bytes(made)


@lru_cache(maxsize=1)
def _compiler() -> Any:
    return typst.Compiler(input=_TEMPLATE, sys_inputs={"data": "{}"})
