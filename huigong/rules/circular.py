"""A circular as frozen data: what `loading` makes of its TOML and what everything else reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from huigong.annexes.definition import FormDefinition
from huigong.rules.criteria import VOCABULARY
from huigong.values.money import Fen

FORCES = ("rule", "target", "priority", "encouraged", "optional", "procedure")
FAILING = ("refused", "curable", "to_settle", "look")


@dataclass(frozen=True, slots=True)
class Head:
    slug: str
    number: str
    title: str
    title_en: str
    issuer: str
    issued_on: date
    first_day: date
    last_day: date
    programme: str
    year: int
    addressees: tuple[str, ...]
    stands_on: tuple[str, ...]
    contact: str
    receiving_desk: str
    source: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with its gist in our own words. Only a clause whose force is `rule` may refuse a person."""

    id: str
    gist: str
    gist_en: str
    force: str
    printed: str
    source: str


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a criterion: what it asks, the clause it stands on, and what failing it means."""

    name: str
    criterion: str
    clause: str
    failing: str
    label: str
    label_en: str
    remedy: str
    remedy_en: str
    parameters: Mapping[str, Any]

    def reads(self) -> list[str]:
        """The facts that it asks for."""
        return VOCABULARY[self.criterion].reads(self.parameters)


@dataclass(frozen=True, slots=True)
class Amount:
    """What an eligible student of these levels is awarded."""

    name: str
    levels: tuple[str, ...]
    student_kind: str
    fen: Fen
    clause: str


@dataclass(frozen=True, slots=True)
class Key:
    """One ranking key: a fact, `up` where the smaller comes first, `down` where the larger does."""

    fact: str
    direction: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Routing:
    """Which desk takes a unit's forms, and which its files: campaign, federation or centre (schema.DESKS)."""

    forms: str
    forms_clause: str
    files: str
    files_clause: str


@dataclass(frozen=True, slots=True)
class Plans:
    """Each county files its implementation plan: by which clause, until when (none: no day is given), about which clauses."""

    clause: str
    due: date | None
    room: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    clause: str
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Quota:
    """Places by federation code, all of one fund source."""

    clause: str
    fund_source: str
    fund_source_name: str
    file: str
    other_sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeRule:
    clause: str
    working_days: int
    rule: str
    objections_to: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A target as a share: facts name who counts above and below the line."""

    name: str
    clause: str
    percent: int
    numerator: str
    denominator: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A reading of what the text leaves open or contradicts: dated and signed, never silent."""

    id: str
    clauses: tuple[str, ...]
    question: str
    answer: str
    answer_en: str
    signed_by: str
    signed_on: date
    chooses: str = ""
    """The indicator that holds where a clause may be read as several."""


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    given: Mapping[str, Any]
    verdict: str
    failed: tuple[str, ...]
    amount_yuan: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands: file, table and its number there, so that a problem can name the line."""

    file: str
    number: int


@dataclass(frozen=True, eq=False)
class Circular:
    """A circular with its supplements, whole. `digest` is the SHA-256 over all its texts and their order."""

    head: Head
    clauses: tuple[Clause, ...]
    criteria: tuple[Use, ...]
    amounts: tuple[Amount, ...]
    ranking: Ranking | None
    quota: Quota | None
    notice: NoticeRule | None
    routing: Routing | None
    plans: Plans | None
    covered_levels: tuple[str, ...]
    deadline: date | None
    indicators: tuple[Indicator, ...]
    interpretations: tuple[Interpretation, ...]
    procedures: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]
    form: FormDefinition | None
    digest: str
    texts: Mapping[str, str]
    supplements: tuple[str, ...]
    origins: Mapping[str, tuple[Origin, ...]]

    @cached_property
    def clause(self) -> Mapping[str, Clause]:
        return {clause.id: clause for clause in self.clauses}

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact that its criteria read, once."""
        from_criteria = [name for use in self.criteria for name in use.reads()]
        return tuple(dict.fromkeys(from_criteria))

    def printed(self, clause: str) -> str:
        """A clause as the document prints it: 第二部分“二是”, 五(三)."""
        found = self.clause.get(clause)
        return found.printed if found else clause
