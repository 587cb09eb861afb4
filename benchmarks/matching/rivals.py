"""The others, on the same files: an exact join of identity numbers, Splink as its guide sets it up, Splink as well as we could
tune it on our normalised columns and the same labels, and recordlinkage with a classifier trained on the same labels.

Every engine gives pairs of row numbers with a probability; what is trained beforehand is trained on seed 101, never on the
data that is measured.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import polars as pl
import recordlinkage
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.matching import generate
from huigong.matching import engine, normalising, numbers

_TEXT = ("name", "id_number", "birth_date", "father_name", "mother_name", "phone", "school", "unit")
TRAINED_ON = 101


def exact(records: pl.DataFrame) -> pl.DataFrame:
    """A self-join on the normalised identity number."""
    table = (
        normalising.prepare(records)
        .select("id", "kind", row=pl.int_range(pl.len(), dtype=pl.UInt32))
        .filter(pl.col("kind") == numbers.VALID)
    )
    met = table.lazy().join(table.lazy(), on="id").filter(pl.col("row") < pl.col("row_right"))
    return met.select(left="row", right="row_right", probability=pl.lit(1.0)).collect()


# --- Splink, stock -----------------------------------------------------------------------------------------------------


def splink_stock(records: pl.DataFrame) -> pl.DataFrame:
    """As the tutorial does it: library comparisons on texts, three blocking rules, unsupervised training on this very file."""
    texts = records.with_row_index("unique_id").select(
        "unique_id", *(pl.when(pl.col(name) != "").then(name).alias(name) for name in _TEXT)
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("name").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("id_number", [1, 2]),
            cl.DateOfBirthComparison("birth_date", input_is_string=True, datetime_format="%Y-%m-%d"),
            cl.NameComparison("father_name"), cl.NameComparison("mother_name"),
            cl.ExactMatch("phone"), cl.ExactMatch("school").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("id_number"), block_on("name", "birth_date"), block_on("name", "phone"), block_on("birth_date", "phone")],
        retain_matching_columns=False,
    )  # fmt: skip
    api = DuckDBAPI()
    linker = Linker(api.register(texts.to_arrow()), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id_number"), block_on("name", "birth_date")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("id_number"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "birth_date"))
    return _predicted(linker, 0.1)


# --- Splink, tuned and trained on labels -------------------------------------------------------------------------------

_PARENT_ID = " or ".join(f"{a}_id_l = {b}_id_r" for a in ("father", "mother") for b in ("father", "mother"))
_OWN_IS_PARENTS = " or ".join(f"id_l = {a}_id_r or id_r = {a}_id_l" for a in ("father", "mother"))


def _levels(column: str, *levels: tuple[str, str], null: str = "") -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.CustomLevel(null or f"{column}_l is null or {column}_r is null", "missing").configure(is_null_level=True),
            *(cll.CustomLevel(condition, label) for label, condition in levels), cll.ElseLevel(),
        ],
    )  # fmt: skip


def _tuned_settings() -> SettingsCreator:
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.CustomLevel("name_l is null or name_r is null", "missing").configure(is_null_level=True),
            cll.CustomLevel("(masked_l or masked_r) and surname_sound_l = surname_sound_r", "starred"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel("sound_l = sound_r or sound_l = other_sound_r or other_sound_l = sound_r", "sounds alike"),
            cll.CustomLevel("levenshtein(name_text_l, name_text_r) <= 1", "one sign"),
            cll.CustomLevel("surname_sound_l = surname_sound_r", "surname"), cll.ElseLevel(),
        ],
    )  # fmt: skip
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            name,
            _levels(
                "number",
                ("equal", "kind_l in (1, 2) and id_l = id_r"),
                ("one slip", "kind_l in (1, 2) and kind_r in (1, 2) and kind_l + kind_r > 2 and damerau_levenshtein(number_l, number_r) <= 1"),
                ("two slips", "kind_l in (1, 2) and kind_r in (1, 2) and kind_l + kind_r > 2 and damerau_levenshtein(number_l, number_r) <= 3"),
                ("masked fits", "(kind_l = 3 or kind_r = 3) and ends_l = ends_r"),
                ("masked differs", "kind_l = 3 or kind_r = 3"),
                ("a parent's", f"{_OWN_IS_PARENTS} or abs(born_l - id_born_r) > 150000 or abs(id_born_l - born_r) > 150000"),
                null="kind_l = 0 or kind_r = 0",
            ),
            _levels("born", ("equal", "born_l = born_r"), ("near", "hamming(born_text_l, born_text_r) <= 1")),
            _levels("phone", ("equal", "phone_l = phone_r")),
            _levels(
                "parents", ("number", _PARENT_ID), ("both", "father_l = father_r and mother_l = mother_r"),
                ("one", "father_l = father_r or mother_l = mother_r"), null="(father_l is null or father_r is null) and (mother_l is null or mother_r is null)",
            ),
            _levels("school", ("equal", "school_l = school_r")), _levels("unit", ("equal", "unit_l = unit_r")),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id"), block_on("sound", "born"), block_on("sound", "phone"), block_on("sound", "father"), block_on("sound", "mother"),
            block_on("born", "phone"), block_on("born", "father"), block_on("born", "mother"), block_on("ends", "surname_sound"),
            block_on("sound", "last_four"), block_on("surname_sound", "masked_born"), block_on("sound", "thin_school"),
        ],
        retain_matching_columns=False, additional_columns_to_retain=[],
    )  # fmt: skip


def _tuned_columns(records: pl.DataFrame) -> pl.DataFrame:
    """Our own prepared columns and what Splink's comparisons want beside them."""
    table = _with_gaps(normalising.prepare(records))
    full = pl.col("kind").is_in([1, 2])
    text = records["id_number"].str.to_uppercase().str.replace_all(r"[\s-]", "")
    return table.with_columns(
        unique_id=pl.int_range(pl.len()), name_text=records["name"], number=pl.when(pl.col("kind") > 0).then(text),
        id=pl.when(full).then("id"), born=pl.col("born").cast(pl.Int64), id_born=pl.col("id_born").cast(pl.Int64),
        born_text=pl.col("born").cast(pl.String), ends=pl.when(pl.col("kind") > 0).then((pl.col("head") // 2**20) * 2**16 + pl.col("tail") % 2**16),
        last_four=pl.when(full).then(pl.col("tail") % 2**16), masked=pl.col("masked").fill_null(value=False),
        masked_born=pl.when(pl.col("masked") | (pl.col("kind") != 1)).then("born"),
        thin_school=pl.when(pl.col("kind") == 0).then("school"), parents=pl.lit(1),
    )  # fmt: skip


def _with_gaps(table: pl.DataFrame) -> pl.DataFrame:
    """Our prepared columns with nulls for what is not known, as databases have it."""
    return table.with_columns(
        pl.when(pl.col(name) != 0).then(name).alias(name) for name in table.columns if name not in {"kind", "masked"}
    )


def train_splink(folder: Path, *, profile: str, records: int) -> Path:
    """m from the labels of seed 101, u by sampling, the prior from the labels' density; kept as Splink's own JSON."""
    path = folder / f"splink-{profile}-{records}.json"
    if path.exists():
        return path
    table, truth = generate.invent(profile=profile, records=100_000, seed=TRAINED_ON)
    columns = _tuned_columns(table).with_columns(student=truth["student"])
    api, settings = DuckDBAPI(), _tuned_settings()
    pairs = generate.pairs_of(truth).height
    settings.probability_two_random_records_match = (
        pairs / table.height / (records / 2)
    )  # pairs grow with n, chances with n²
    linker = Linker(api.register(columns.to_arrow()), settings, log_level=None)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e7, seed=1)
    linker.training.estimate_m_from_label_column("student")
    model = linker.misc.save_model_to_json()
    found = _predicted(linker, 0.001)
    path.with_suffix(".threshold").write_text(str(best_threshold(found, truth)), encoding="utf-8")
    path.write_text(json.dumps(model), encoding="utf-8")
    return path


def splink_tuned(records: pl.DataFrame, trained: Path) -> pl.DataFrame:
    """The trained model on other data. Its probabilities are moved so that the best threshold of training reads 0.5."""
    threshold = float(trained.with_suffix(".threshold").read_text())
    linker = Linker(DuckDBAPI().register(_tuned_columns(records).to_arrow()), trained, log_level=None)
    found = _predicted(linker, threshold / 2)
    return found.with_columns(
        probability=pl.when(pl.col("probability") >= threshold)
        .then(0.5 + pl.col("probability") / 2)
        .otherwise(pl.col("probability") * 0.49)
    )


def between(many: pl.DataFrame, folder: Path) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Splink's `predict_between` over a trained model with its tables made: asks new records of the many."""
    trained = train_splink(folder, profile="hard", records=many.height)
    threshold = float(trained.with_suffix(".threshold").read_text())
    api = DuckDBAPI()
    home = api.register(_tuned_columns(many).to_arrow(), table_name="many")
    linker = Linker(home, trained, log_level=None)
    linker.table_management.compute_tf_table("name")
    count = iter(range(10**9))

    def ask(new: pl.DataFrame) -> pl.DataFrame:
        columns = _tuned_columns(new).with_columns(pl.col("unique_id") + many.height)
        asked = api.register(columns.to_arrow(), table_name=f"asked_{next(count)}")
        found = linker.inference.predict_between(asked, home, threshold_match_probability=threshold)
        table = found.as_duckdbpyrelation().project("unique_id_l, unique_id_r, match_probability").pl()
        low, high = pl.min_horizontal("unique_id_l", "unique_id_r"), pl.max_horizontal("unique_id_l", "unique_id_r")
        return table.select(left=high - many.height, right=low, probability=pl.lit(1.0))

    return ask


def best_threshold(found: pl.DataFrame, truth: pl.DataFrame) -> float:
    """The probability from which F1 on the training data is highest."""
    student, true = truth["student"], generate.pairs_of(truth).height
    ranked = found.with_columns(right_one=student[found["left"]] == student[found["right"]]).sort(
        "probability", descending=True
    )
    f1 = 2 * ranked["right_one"].cum_sum() / (pl.int_range(1, ranked.height + 1, eager=True) + true)
    return float(ranked["probability"][f1.arg_max()])


def _predicted(linker: Linker, threshold: float) -> pl.DataFrame:
    found = linker.inference.predict(threshold_match_probability=threshold).as_duckdbpyrelation()
    table = found.project("unique_id_l, unique_id_r, match_probability").pl()
    low, high = pl.min_horizontal("unique_id_l", "unique_id_r"), pl.max_horizontal("unique_id_l", "unique_id_r")
    return table.select(left=low.cast(pl.UInt32), right=high.cast(pl.UInt32), probability="match_probability")


# --- recordlinkage -----------------------------------------------------------------------------------------------------


def _recordlinkage_vectors(records: pl.DataFrame) -> pd.DataFrame:
    table = _with_gaps(normalising.prepare(records))
    frame = table.select(
        pl.when(pl.col("kind").is_in([1, 2])).then("id").alias("id"), "sound", "name", "born", "phone", "father", "mother", "school", "unit",
        ends=pl.when(pl.col("kind") > 0).then((pl.col("head") // 2**20) * 2**16 + pl.col("tail") % 2**16), surname="surname_sound",
    ).cast(pl.String).to_pandas()  # fmt: skip
    frame["number"], frame["name_text"] = records["id_number"].to_pandas(), records["name"].to_pandas()
    pairs = None
    for keys in (
        ["id"],
        ["sound", "born"],
        ["sound", "phone"],
        ["sound", "father"],
        ["sound", "mother"],
        ["born", "phone"],
        ["ends", "surname"],
    ):
        rows = frame.dropna(subset=keys)
        indexer = recordlinkage.Index()
        indexer.block(keys)
        found = indexer.index(rows)
        pairs = found if pairs is None else pairs.union(found, sort=False)
    compare = recordlinkage.Compare()
    for column in ("id", "sound", "name", "born", "phone", "father", "mother", "school", "unit", "ends"):
        compare.exact(column, column, label=column)
        compare.exact(column, column, label=f"{column}_missing", missing_value=1, disagree_value=0, agree_value=0)
    compare.string("name_text", "name_text", method="jarowinkler", label="name_text", missing_value=0)
    compare.string("number", "number", method="damerau_levenshtein", label="number", missing_value=0)
    return compare.compute(pairs, frame)


def train_recordlinkage(*, profile: str) -> recordlinkage.LogisticRegressionClassifier:
    table, truth = generate.invent(profile=profile, records=100_000, seed=TRAINED_ON)
    vectors, student = _recordlinkage_vectors(table), truth["student"].to_numpy()
    same = vectors.index[student[vectors.index.get_level_values(0)] == student[vectors.index.get_level_values(1)]]
    classifier = recordlinkage.LogisticRegressionClassifier()
    classifier.fit(vectors, same)
    return classifier


def with_recordlinkage(records: pl.DataFrame, classifier: recordlinkage.LogisticRegressionClassifier) -> pl.DataFrame:
    vectors = _recordlinkage_vectors(records)
    chances = classifier.prob(vectors)
    one, other = chances.index.get_level_values(0).to_numpy(), chances.index.get_level_values(1).to_numpy()
    table = pl.DataFrame({"one": one, "other": other, "probability": chances.to_numpy()})
    low, high = pl.min_horizontal("one", "other"), pl.max_horizontal("one", "other")
    return table.select(left=low.cast(pl.UInt32), right=high.cast(pl.UInt32), probability="probability")


def ours(records: pl.DataFrame) -> pl.DataFrame:
    return engine.match(records).pairs
