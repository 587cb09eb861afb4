"""Records as columns of numbers, ready to be compared: made once, when a record is written or a file is read.

Values that already stand in their plain form (nearly all) are taken as they are, over whole columns; the rest goes through
`values`, each different text once, so that there is one definition of a plain name, identity number and telephone.
"""

import re
from collections.abc import Callable

import polars as pl

from huigong.matching import signs
from huigong.values import names, phone, resident_id
from huigong.values.text import without_spaces

COLUMNS = ("record_id", "name", "id_number", "birth_date", "father_name", "father_id_number", "mother_name", "mother_id_number",
           "phone", "unit", "school", "year", "source")  # fmt: skip
_HAN_NAME = "^[\u4e00-\u9fff]{2,4}$"
_FULL_ID = "^[1-9][0-9]{16}[0-9X]$"
_OLD_ID = re.compile("[1-9][0-9]{14}")
_MASKED_ID = r"^([0-9]{4})[0-9]*[*Xx#＊]+[0-9]*?([0-9]{3}[0-9X])$"
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$")
NO_ID, VALID, INVALID, MASKED = 0, 1, 2, 3
_PLACES = 4
_FIRST_OLD_YEAR = "25"
# How offices shorten a school's name; the longer ones first.
_SHORTER = (("职业中等专业学校", "职校"), ("中等专业学校", "中专"), ("职业技术学院", "职院"), ("师范学院", "师院"), ("师范大学", "师大"),
            ("理工大学", "理工"), ("高级中学", "高中"), ("第", ""), ("中学", "中"), ("小学", "小"))  # fmt: skip


def prepare(records: pl.DataFrame) -> pl.DataFrame:
    """One row a record, in the order given: numbers in place of texts. Absent columns count as empty."""
    texts = records.select(
        (pl.col(name).cast(pl.String).fill_null("").str.strip_chars() if name in records.columns else pl.lit("")).alias(
            name
        )
        for name in COLUMNS
    )
    if texts.height != records.height:  # only literals were selected: a file without any known column
        texts = pl.DataFrame({name: [""] * records.height for name in COLUMNS})
    own = _ids(_plain(texts["id_number"], f"{_FULL_ID}|^$", _lengthened))
    parents = [
        _numbers(_plain(texts[name], f"{_FULL_ID}|^$", _lengthened))
        for name in ("father_id_number", "mother_id_number")
    ]
    named = _names(texts["name"])
    born = _dates(texts["birth_date"])
    table = pl.DataFrame(
        [
            named["form"].alias("name"), named["sound"], named["other_sound"], named["masked"],
            own["kind"], own["code"].alias("id"), own["head"], own["tail"], own["born"].alias("id_born"), born.alias("born_said"),
            _plain_names(texts["father_name"]).alias("father"), _plain_names(texts["mother_name"]).alias("mother"),
            parents[0].alias("father_id"), parents[1].alias("mother_id"),
            _phones(texts["phone"]), _places(texts["school"]), _places(texts["unit"]),
        ]
    )  # fmt: skip
    return table.with_columns(
        pl.coalesce("born_said", "id_born").alias("born"),
        (pl.col("sound") // 2**48).alias("surname_sound"),
    )


def _plain(texts: pl.Series, already: str, normalise: Callable[[str], str]) -> pl.Series:
    """The column with every text that is not plain already put through `normalise`, each different text once."""
    frame = texts.to_frame("text")
    odd = frame.filter(~pl.col("text").str.contains(already)).unique()
    if not odd.height:
        return texts
    return texts.replace(odd["text"], pl.Series([normalise(text) for text in odd["text"]], dtype=pl.String))


def _lengthened(text: str) -> str:
    """Plain, and with eighteen characters where it has fifteen digits.

    A fifteen-digit number of somebody born in 01 is a list's own shortening of a student's, not a centenarian's.
    """
    number = resident_id.normalise(text)
    if not _OLD_ID.fullmatch(number):
        return number
    longer = number[:6] + ("20" if number[6:8] < _FIRST_OLD_YEAR else "19") + number[6:]
    return longer + resident_id.check_digit(longer)


def _numbers(plain: pl.Series) -> pl.Series:
    """A number for every identity number with all its characters, for exact joins."""
    return pl.select(pl.when(plain.str.contains(_FULL_ID)).then(plain.hash(seed=5))).to_series()


def _ids(plain: pl.Series) -> pl.DataFrame:
    """Kind, a number for exact joins, both halves with four bits a digit, and the birth date inside."""
    text = pl.col("text")
    frame = plain.to_frame("text").with_columns(full=text.str.contains(_FULL_ID))
    shown = ~pl.col("full") & (text.str.len_bytes() >= 8)
    ends = text.str.extract_groups(_MASKED_ID)
    frame = frame.with_columns(
        head=pl.when("full").then(text.str.slice(0, 9).str.to_integer(base=16, dtype=pl.UInt64, strict=False)),
        tail=pl.when("full").then(
            text.str.slice(9).str.replace("X", "A", literal=True).str.to_integer(base=16, dtype=pl.UInt64, strict=False)
        ),
    )
    frame = frame.with_columns(check=_check_digit(pl.col("head"), pl.col("tail")))
    digit = _digit
    head, tail = pl.col("head"), pl.col("tail")
    born = (
        (digit(head, 2) * 1000 + digit(head, 1) * 100 + digit(head, 0) * 10 + digit(tail, 8)) * 10000
        + (digit(tail, 7) * 10 + digit(tail, 6)) * 100 + digit(tail, 5) * 10 + digit(tail, 4)
    ).cast(pl.UInt32)  # fmt: skip
    frame = frame.with_columns(id_born=pl.when(_is_date(born)).then(born))
    right = pl.col("id_born").is_not_null() & (pl.col("check") == tail % 16)
    if frame.select(shown.any()).item():
        frame = frame.with_columns(
            prefix=pl.when(shown).then(ends.struct[0].str.to_integer(base=16, dtype=pl.UInt64, strict=False)),
            suffix=pl.when(shown).then(
                ends.struct[1]
                .str.replace("X", "A", literal=True)
                .str.to_integer(base=16, dtype=pl.UInt64, strict=False)
            ),
        )
    else:
        frame = frame.with_columns(prefix=pl.lit(None, pl.UInt64), suffix=pl.lit(None, pl.UInt64))
    return frame.select(
        kind=pl.when(head.is_not_null() & right).then(VALID).when(head.is_not_null()).then(INVALID)
        .when(pl.col("suffix").is_not_null()).then(MASKED).otherwise(NO_ID).cast(pl.UInt8),
        code=_numbers(plain),
        head=pl.coalesce(head, pl.col("prefix") * 2**20), tail=pl.coalesce(tail, "suffix"), born="id_born",
    )  # fmt: skip


def _digit(number: pl.Expr, place: int) -> pl.Expr:
    """The digit at a place from the right of a number with four bits a digit."""
    return (number // (1 << 4 * place)) % 16


def _check_digit(head: pl.Expr, tail: pl.Expr) -> pl.Expr:
    """GB 11643's check digit over columns, with 10 for X (`values.resident_id.check_digit`, held against it by a test)."""
    weights = resident_id.WEIGHTS
    places = [_digit(head, 8 - at) for at in range(9)] + [_digit(tail, 8 - at) for at in range(8)]
    total = pl.sum_horizontal(digit * weight for digit, weight in zip(places, weights, strict=True))
    return (12 - total % 11) % 11


def _is_date(number: pl.Expr) -> pl.Expr:
    """Whether yyyymmdd can be a day; the thirty-first of a short month passes, as a slip of the pen would."""
    return (
        number.is_between(19000101, 20991231)
        & (number // 100 % 100).is_between(1, 12)
        & (number % 100).is_between(1, 31)
    )


def _dates(texts: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"text": texts})
    plain = pl.col("text").str.contains(r"^\d{4}-\d\d-\d\d$")
    odd = frame.filter(~plain & (pl.col("text") != "")).unique()["text"]
    if len(odd):
        frame = pl.DataFrame({"text": texts.replace(odd, pl.Series([_iso(text) for text in odd], dtype=pl.String))})
    number = pl.col("text").str.replace_all("-", "", literal=True).str.to_integer(dtype=pl.UInt32, strict=False)
    return frame.select(pl.when(_is_date(number)).then(number)).to_series()


def _iso(text: str) -> str:
    found = _DATE.match(without_spaces(text).removesuffix("00:00:00"))
    return f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" if found else ""


def _phones(texts: pl.Series) -> pl.Series:
    plain = _plain(texts, r"^1\d{10}$|^$", phone.normalise)
    number = plain.str.to_integer(dtype=pl.UInt64, strict=False)
    return pl.select(pl.when(number >= 10**6).then(number)).to_series().alias("phone")


def _places(texts: pl.Series) -> pl.Series:
    """A number for a school or unit in its short form; 0-length texts are empty."""
    different = texts.unique()
    short = pl.Series([_short(text) for text in different], dtype=pl.String)
    numbers = short.hash(seed=1)
    frame = pl.DataFrame({"text": different, "number": numbers, "short": short}).filter(pl.col("short") != "")
    return texts.to_frame("text").join(frame, on="text", how="left", maintain_order="left")["number"].alias(texts.name)


def _short(text: str) -> str:
    plain = without_spaces(text)
    for long, short in _SHORTER:
        plain = plain.replace(long, short)
    return plain


def _plain_name(text: str) -> str:
    return names.normalise(text).replace("·", "").replace(" ", "")


def _names(texts: pl.Series) -> pl.DataFrame:
    """Form and sound of every name, sixteen bits a character, the surname's on top; each different name once."""
    different = texts.unique()
    coded = _coded(_plain(different, f"{_HAN_NAME}|^$", _plain_name)).with_columns(text=different)
    return texts.to_frame("text").join(coded, on="text", how="left", maintain_order="left").drop("text")


def _plain_names(texts: pl.Series) -> pl.Series:
    """A number for a whole name, variant characters folded; nothing for a masked one, which could be anybody's."""
    frame = pl.DataFrame({"text": texts})
    odd = frame.filter(
        ~pl.col("text").str.contains(f"{_HAN_NAME}|^$") | pl.col("text").str.contains(signs.any_variant())
    ).unique()["text"]
    plain = (
        texts.replace(odd, pl.Series([signs.folded(_plain_name(text)) for text in odd], dtype=pl.String))
        if len(odd)
        else texts
    )
    return pl.select(
        pl.when((plain != "") & ~plain.str.contains("*", literal=True)).then(plain.hash(seed=7))
    ).to_series()


def _coded(plain: pl.Series) -> pl.DataFrame:
    parts = plain.to_frame("text").select(
        *(pl.col("text").str.slice(at, 1).alias(f"c{at}") for at in range(_PLACES)),
        first_two=pl.col("text").str.slice(0, 2), rest=pl.col("text").str.slice(_PLACES),
    )  # fmt: skip
    letters = pl.concat([parts[f"c{at}"] for at in range(_PLACES)]).unique()
    letters = letters.filter(letters != "")
    found = [signs.sign(letter) for letter in letters]
    forms = pl.Series([one.form for one in found], dtype=pl.UInt64)
    sounds = pl.Series([one.sound for one in found], dtype=pl.UInt64)
    frame = parts.with_columns(
        *(
            pl.col(f"c{at}").replace_strict(letters, forms, default=0, return_dtype=pl.UInt64).alias(f"f{at}")
            for at in range(_PLACES)
        ),
        *(
            pl.col(f"c{at}").replace_strict(letters, sounds, default=0, return_dtype=pl.UInt64).alias(f"s{at}")
            for at in range(_PLACES)
        ),
    )
    if (frame["rest"] != "").any():  # names of more than four characters: the rest is mixed into the last place
        tail = pl.when(pl.col("rest") != "").then(pl.col("rest").hash(seed=3) % 65_521).otherwise(0)
        frame = frame.with_columns(((pl.col(f"{part}3") + tail) % 65_536).alias(f"{part}3") for part in "fs")
    frame = frame.with_columns(o0="s0", o1="s1")
    heads = set(frame["c0"].unique()) | set(frame["first_two"].unique())
    for surname, (own, common) in signs.readings().items():
        if surname in heads:
            is_it = pl.col("c0" if len(surname) == 1 else "first_two") == surname
            frame = frame.with_columns(
                pl.when(is_it).then(signs.sound_code(reading[at])).otherwise(f"{part}{at}").cast(pl.UInt64).alias(f"{part}{at}")
                for part, reading in (("s", own), ("o", common)) for at in range(len(surname))
            )  # fmt: skip
    star = pl.any_horizontal(pl.col(f"f{at}") == signs.STAR for at in range(1, _PLACES))

    def packed(parts: str) -> pl.Expr:
        return sum(
            (pl.col(name) * 2 ** (48 - 16 * at) for at, name in enumerate(parts.split())), start=pl.lit(0, pl.UInt64)
        )

    frame = frame.select(
        form=packed("f0 f1 f2 f3"), sound=packed("s0 s1 s2 s3"), other=packed("o0 o1 s2 s3"), masked=star,
    )  # fmt: skip
    return frame.select(
        pl.when(pl.col("form") > 0).then("form").alias("form"), pl.when(pl.col("form") > 0).then("sound").alias("sound"),
        pl.when(pl.col("other") != pl.col("sound")).then("other").alias("other_sound"), "masked",
    )  # fmt: skip
