"""凭据: which papers show which outcome on a day, out of the dated code lists; an outcome keeps the word of its day (decision 604)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huigong.employment.words import EVIDENCE, Pair
from huigong.registry import code_lists
from huigong.registry.code_lists import WordRow
from huigong.rules.employed import SETTLED

SURVEY, OWN_WORD, SOCIAL_INSURANCE = "survey", "own_word", "social_insurance"
_NO_PAPERS = (SURVEY, OWN_WORD)
LISTS = {kind: f"shows_{kind}" for kind in sorted(SETTLED)}
_MOST = 20


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of evidence with their days, as an office keeps them."""

    rows: Sequence[WordRow]

    def showing(self, outcome: str, *, on: date) -> Mapping[str, Pair]:
        """The papers that show an outcome on a day, by code."""
        wanted = LISTS.get(outcome, "")
        return {_code(row): _pair(row) for row in self.rows if row.list_name == wanted and _stands(row, on)}

    def word(self, outcome: str, code: str, *, on: date | None) -> Pair:
        """A paper of an outcome in the words of a day; the newest where none stood on it, the code itself where its list has none.

        Two outcomes may have papers of one code or word: each is asked in its own list.
        """
        if code in _NO_PAPERS:
            return EVIDENCE[code]
        known = [row for row in self.rows if row.list_name == LISTS.get(outcome) and _code(row) == code]
        newest = max(known, key=lambda row: row.valid_from or date.min, default=None)
        found = next((row for row in known if on and _stands(row, on)), newest)
        return _pair(found) if found else (code, code)


def kinds() -> Kinds:
    return Kinds(code_lists.rows_of(LISTS.values()))


def proves(outcome: str, evidence: str) -> bool:
    """Whether an outcome counts on this evidence: one's own word alone does not (decision 600)."""
    return outcome in SETTLED and evidence not in {"", OWN_WORD}


def _code(row: WordRow) -> str:
    """What an outcome keeps of a kind: its code; a word that was added without one is its own."""
    return (row.code or row.word)[:_MOST]


def _pair(row: WordRow) -> Pair:
    return row.word, row.english or row.word


def _stands(row: WordRow, on: date) -> bool:
    return (row.valid_from or date.min) <= on <= (row.valid_until or date.max)
