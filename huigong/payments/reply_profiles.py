"""How one bank answers: the `[reply]` part of its profile. Its words for success, failure, not known yet and money that came back."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from huigong.values.sentence import SaidError, Sentence

PAID, FAILED, UNKNOWN, RETURNED = "paid", "failed", "unknown", "returned"
OUTCOMES = (PAID, FAILED, UNKNOWN, RETURNED)
COLUMNS = frozenset({"position", "card", "name", "yuan", "status", "reason", "reference", "remark", "empty"})
HEAD = frozenset({"batch", "count", "yuan", "paid_count", "paid_yuan", "failed_count", "made", "empty"})


@dataclass(frozen=True, slots=True)
class ReplyProfile:
    """How a bank's result file is read. `head` names the values of its first line, where it has one that counts."""

    columns: tuple[str, ...]
    words: Mapping[str, str]
    """What a status of the bank means, by its word."""
    reasons: Mapping[str, str]
    """A reason's code, by a word that stands in the bank's reason."""
    kind: str = "text"
    encoding: str = "utf-8"
    separator: str = ","
    skip: int = 0
    head: tuple[str, ...] = field(default_factory=tuple)


def reply_from(text: str) -> ReplyProfile:
    """The reply's part of a bank profile. Raises SaidError where the bank answers by no file, or a column is unknown."""
    table = tomllib.loads(text).get("reply")
    if table is None:
        raise SaidError(
            Sentence(
                "no_reply_file",
                "这种发放方式没有银行结果文件：请凭盖章的回单由两人录入（huigong payments key）。",
                "This way of paying has no result file: two people key the stamped reply (huigong payments key).",
            )
        )
    words = {word: outcome for outcome in OUTCOMES for word in table.pop(outcome, ())}
    reasons = table.pop("reasons", {})
    columns, head = tuple(table.pop("columns")), tuple(table.pop("head", ()))
    strange = [*(name for name in columns if name not in COLUMNS), *(name for name in head if name not in HEAD)]
    strange += [name for name in table if name not in {"kind", "encoding", "separator", "skip"}]
    if strange or "status" not in columns or not {"yuan", "name", "card"} <= set(columns):
        what = strange[0] if strange else "status, name, card, yuan"
        raise SaidError(
            Sentence(
                "reply_profile_wrong",
                f"银行回单格式里的“{what}”不对或缺少，请对照自带的格式改。",
                f"“{what}” of the reply's profile is wrong or missing: compare with a shipped one.",
            )
        )
    return ReplyProfile(columns=columns, head=head, words=words, reasons=reasons, **table)
