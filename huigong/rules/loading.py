"""From a folder of TOML to a frozen Circular: shape checked against the schema, supplements laid over, everything hashed.

Step "circular published" of the way; `from_texts` makes the same circular again from what was published.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from huigong.annexes import definition
from huigong.rules import circular as made
from huigong.rules import texts as laid
from huigong.rules.problems import Lines, Problem, WrongCircularError, problem
from huigong.rules.shape import DEADLINE, USE_KEYS
from huigong.rules.texts import MAIN, digest_of
from huigong.values import money
from huigong.values.sentence import WrongValueError

_BRACKETS = str.maketrans("（）", "()")


def load(directory: Path, supplements: Sequence[Path] = ()) -> made.Circular:
    """Read `circular.toml`, the files it names, and supplements in the given order. Raises WrongCircularError."""
    return from_texts(laid.gather(directory, supplements), [path.name for path in supplements])


def from_texts(texts: Mapping[str, str], supplements: Sequence[str] = ()) -> made.Circular:
    """The circular of frozen texts (file name to content), as a published version keeps them."""
    merged, origins = laid.lay_over(texts, supplements)
    return _Building(merged, origins, texts, tuple(supplements)).circular()


def spelled(clause: str) -> str:
    """A clause id in its one spelling: ASCII brackets, no spaces."""
    return clause.translate(_BRACKETS).replace(" ", "").replace("\u3000", "")


class _Building:
    """The tables of one circular on their way to frozen data."""

    def __init__(
        self,
        merged: Mapping[str, Any],
        origins: Mapping[str, tuple[made.Origin, ...]],
        texts: Mapping[str, str],
        supplements: tuple[str, ...],
    ) -> None:
        self.merged, self.origins, self.supplements = merged, origins, supplements
        self.deadline = merged["circular"].get("deadline")
        named = [merged[table]["file"] for table in ("form", "quota") if table in merged]
        self.texts = {name: texts[name] for name in (MAIN, *supplements, *named) if name in texts}

    def circular(self) -> made.Circular:
        return made.Circular(
            head=self._head(),
            clauses=tuple(self._clause(number, entry) for number, entry in enumerate(self._all("clause"))),
            criteria=tuple(self._criterion(number, entry) for number, entry in enumerate(self._all("criterion"))),
            amounts=tuple(map(_amount, self._all("amount"))),
            ranking=_ranking(self.merged.get("ranking")),
            quota=_quota(self.merged.get("quota")),
            notice=_notice(self.merged.get("public_notice")),
            routing=_routing(self.merged.get("routing")),
            plans=_plans(self.merged.get("county_plan")),
            covered_levels=tuple(self.merged["circular"]["covered_levels"]),
            deadline=self.deadline,
            indicators=tuple(
                made.Indicator(**{**entry, "clause": spelled(entry["clause"])}) for entry in self._all("indicator")
            ),
            interpretations=tuple(
                made.Interpretation(**{**entry, "clauses": tuple(map(spelled, entry["clauses"]))})
                for entry in self._all("interpretation")
            ),
            procedures=tuple((spelled(entry["clause"]), entry["does"]) for entry in self._all("procedure")),
            examples=self._examples(),
            form=self._form(),
            digest=digest_of(self.texts, self.supplements),
            texts=self.texts,
            supplements=self.supplements,
            origins=self.origins,
        )

    def _all(self, table: str) -> Sequence[Mapping[str, Any]]:
        entries: Sequence[Mapping[str, Any]] = self.merged.get(table, ())
        return entries

    def _wrong(self, table: str, number: int, key: str, code: str, zh: str, en: str) -> WrongCircularError:
        origin = self.origins[table][number]
        line = Lines(self.texts[origin.file]).of(table, origin.number, key)
        return WrongCircularError([problem(origin.file, line, code, zh, en)])

    def _head(self) -> made.Head:
        head = self.merged["circular"]
        lists = {key: tuple(head.get(key, ())) for key in ("addressees", "stands_on")}
        told = {key: value for key, value in head.items() if key not in {*lists, "covered_levels", "deadline"}}
        return made.Head(**{"source": "", **told, **lists})

    def _clause(self, number: int, entry: Mapping[str, Any]) -> made.Clause:
        clause = spelled(entry["id"])
        source = self.origins["clause"][number].file
        return made.Clause(
            clause, entry["gist"], entry["gist_en"], entry["force"], entry.get("printed", clause), source
        )

    def _criterion(self, number: int, entry: Mapping[str, Any]) -> made.Use:
        parameters = {key: value for key, value in entry.items() if key not in USE_KEYS}
        if parameters.get("day") == DEADLINE:
            if self.deadline is None:
                raise self._wrong(
                    "criterion",
                    number,
                    "day",
                    "no_deadline",
                    "这里用了 deadline，可是 [circular] 没有写 deadline。",
                    "`deadline` is used here, but [circular] lays down none.",
                )
            parameters["day"] = self.deadline
        return made.Use(
            entry["name"],
            entry["uses"],
            spelled(entry["clause"]),
            entry["failing"],
            entry["label"],
            entry["label_en"],
            entry.get("remedy", ""),
            entry.get("remedy_en", ""),
            parameters,
        )

    def _examples(self) -> tuple[made.Example, ...]:
        """Examples with the facts of the one that they are like, less what is not known in them."""
        built: dict[str, made.Example] = {}
        ordered = []
        for number, entry in enumerate(self._all("example")):
            like = entry.get("like")
            if like is not None and like not in built:
                raise self._wrong(
                    "example",
                    number,
                    "like",
                    "no_such_example",
                    f"前面没有叫“{like}”的例子。",
                    f"No earlier example is called “{like}”.",
                )
            facts = {**(built[like].given if like else {}), **entry["given"]}
            given = {name: value for name, value in facts.items() if name not in entry.get("unknown", ())}
            built[entry["title"]] = made.Example(
                entry["title"], given, entry["verdict"], tuple(entry.get("failed", ())), entry.get("amount_yuan")
            )
            ordered.append(built[entry["title"]])
        return tuple(ordered)

    def _form(self) -> definition.FormDefinition | None:
        if "form" not in self.merged:
            return None
        name = self.merged["form"]["file"]
        if name not in self.texts:
            raise self._wrong("form", 0, "file", "file_missing", f"找不到文件 {name}。", f"There is no file {name}.")
        try:
            return definition.from_table(laid.parse(name, self.texts[name]))
        except WrongValueError as error:
            raise WrongCircularError([Problem(name, 1, error.sentence)]) from None


def _amount(entry: Mapping[str, Any]) -> made.Amount:
    return made.Amount(
        entry["name"],
        tuple(entry["levels"]),
        entry.get("student_kind", ""),
        money.yuan(entry["yuan"]),
        spelled(entry["clause"]),
    )


def _ranking(table: Mapping[str, Any] | None) -> made.Ranking | None:
    if table is None:
        return None
    keys = tuple(
        made.Key(
            key["fact"], key.get("direction", "up"), key.get("label", key["fact"]), key.get("label_en", key["fact"])
        )
        for key in table["keys"]
    )
    return made.Ranking(spelled(table["clause"]), keys)


def _quota(table: Mapping[str, Any] | None) -> made.Quota | None:
    if table is None:
        return None
    return made.Quota(
        spelled(table["clause"]),
        table["fund_source"],
        table["fund_source_name"],
        table["file"],
        tuple(table.get("other_sources", ())),
    )


def _routing(table: Mapping[str, Any] | None) -> made.Routing | None:
    if table is None:
        return None
    return made.Routing(table["forms"], spelled(table["forms_clause"]), table["files"], spelled(table["files_clause"]))


def _plans(table: Mapping[str, Any] | None) -> made.Plans | None:
    if table is None:
        return None
    return made.Plans(spelled(table["clause"]), table.get("due"), tuple(map(spelled, table.get("room", ()))))


def _notice(table: Mapping[str, Any] | None) -> made.NoticeRule | None:
    if table is None:
        return None
    return made.NoticeRule(spelled(table["clause"]), table["working_days"], table["rule"], table["objections_to"])
