"""Keep the code lists: words are added and dated, never taken away, so that an old file keeps the words of its day."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from huigong.audit import actions as audit
from huigong.registry.code_lists import WordRow, in_order
from huigong.registry.columns import CODE_WORD
from huigong.registry.models import CodeWord
from huigong.values.sentence import SaidError, Sentence
from huigong.values.text import whole


@transaction.atomic
def keep_codes(rows: Iterable[WordRow], *, source: str, officer: str, at: datetime) -> int:
    """Add words that are new, end those that a row ends, and take an English word in; returns how many changed.

    The same table changes nothing.
    """
    known = {(one.list_name, one.word, one.valid_from): one for one in CodeWord.objects.select_for_update()}
    fresh, amended = [], []
    for row in rows:
        key = (row.list_name, row.word, row.valid_from)
        standing = known.get(key)
        if standing is None:
            known[key] = CodeWord(
                list_name=row.list_name,
                code=row.code,
                word=row.word,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                source=row.source,
                english=row.english,
            )
            fresh.append(known[key])
        elif not standing._state.adding and _amended(standing, row):
            amended.append(standing)
    CodeWord.objects.bulk_create(fresh, batch_size=500)
    CodeWord.objects.bulk_update(amended, ["valid_until", "source", "english"], batch_size=200)
    if fresh or amended:
        _record(known.values(), fresh=len(fresh), amended=len(amended), source=source, officer=officer, at=at)
    return len(fresh) + len(amended)


@transaction.atomic
def lift_end(list_name: str, word: str, valid_from: date | None, *, source: str, officer: str, at: datetime) -> None:
    """A word that was given a last day by mistake holds on. Raises SaidError for one that has no last day, and without a source.

    An end is never lifted by a table: one that says nothing of it takes nothing away.
    """
    known = list(CodeWord.objects.select_for_update())
    wanted = (list_name, word, valid_from)
    standing = next((one for one in known if (one.list_name, one.word, one.valid_from) == wanted), None)
    if standing is None or standing.valid_until is None or not source.strip():
        raise SaidError(
            Sentence(
                "end_not_lifted",
                f"“{word[:60]}”没有写过止日，或者没有写出处；要恢复的请从“停用”里选，并写依据的出处。",
                f"“{word[:60]}” has no last day, or no source was given: choose it among those that ended, with a source.",
            )
        )
    standing.valid_until, standing.source = None, whole(source, 200, "出处", "the source")
    standing.save(update_fields=["valid_until", "source"])
    _record(known, fresh=0, amended=1, source="lifted", officer=officer, at=at)


def _record(words: Iterable[CodeWord], *, fresh: int, amended: int, source: str, officer: str, at: datetime) -> None:
    # One digest over all words: a table says nothing of a single file.
    told = {"words": fresh, "ended": amended, "columns": CODE_WORD.told(*in_order(words))}
    audit.record("codes.kept", subject=f"codes:{source}"[:96], officer=officer, at=at, payload=told)


def _amended(standing: CodeWord, row: WordRow) -> bool:
    """Write a last day or an English word that is new onto the word that stands; an empty one takes nothing away."""
    ends = row.valid_until is not None and standing.valid_until != row.valid_until
    if ends:
        standing.valid_until, standing.source = row.valid_until, row.source
    is_named = bool(row.english) and standing.english != row.english
    if is_named:
        standing.english = row.english
    return ends or is_named
