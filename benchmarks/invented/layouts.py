"""How a form is laid out: the same rows as pages of cells, in the printed order or an office's own, with what stands around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from benchmarks.invented import headings, wording
from benchmarks.invented.headings import FAMILY, REMARK, SERIAL, STUDENT
from benchmarks.invented.rows import Row
from benchmarks.invented.wording import Cell

Merge = tuple[int, int, int, int]
TITLES = (
    "申请金秋助学困难职工子女情况登记表",
    "2017年申请金秋助学困难职工子女情况登记表",
    "申请金秋助学困难职工子女情况登记表（附件1）",
)
NOTES = (
    "一、大学、高中新生请提交录取通知书原件（审核后退回）、复印件。",
    "二、历届生请提交成绩单（或其他证明仍在读的资料）。",
    "三、申报的困难职工请填写困难职工档案。",
    "四、惠工卡复印件。",
)
EXAMPLE: dict[str, Cell] = {
    "certificate_no": "例", "parent_name": "张三", "relationship": "父子", "hardship_cause": "因病致困",
    "annual_income_per_capita": "3000", "parent_id_number": "450400197001010011", "phone": "13800000000",
    "student_name": "张小三", "student_gender": "男", "student_age": "18", "student_id_number": "450400199901010011",
    "admission": "2017年7月被广西大学录取", "admitted_on": "2017年7月", "school": "广西大学", SERIAL: "例",
}  # fmt: skip


@dataclass
class Page:
    """One sheet, or one stretch of a document: lines above, heading, body, lines below; merges count from each part's top."""

    name: str
    above: list[list[Cell]]
    heading: list[list[Cell]]
    body: list[list[Cell]]
    below: list[list[Cell]]
    heading_merges: list[Merge] = field(default_factory=list)
    body_merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    fields: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(line) for line in (*self.heading, *self.body)), default=6)


@dataclass(frozen=True)
class Head:
    """What stands around the table: the unit, the day, and who filled it in."""

    unit: str
    filled_on: date | None
    filler: str | None
    filler_phone: str | None


def canonical(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """As Annex 1 prints it: two levels, twelve columns."""
    fields = list(headings.STANDARD)
    words = headings.AS_PRINTED if random.random() < 0.5 else headings.STANDARD
    return [_page(random, head, rows, fields, words, grouped=True, habit=habit)]


def bare(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """Two levels, where only the group says whose name and number it is."""
    return [_page(random, head, rows, list(headings.UNDER_GROUP), headings.UNDER_GROUP, grouped=True, habit=habit)]


def one_level(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """The printed order under one line of the office's own words, with a serial number and a remark."""
    fields = [SERIAL, *headings.STANDARD, REMARK]
    return [_page(random, head, rows, fields, headings.own_words(random, fields), grouped=False, habit=habit)]


def reordered(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """The student first, columns shuffled within each half, and columns that nobody asked for."""
    student, family = list(STUDENT), list(FAMILY)
    random.shuffle(student)
    random.shuffle(family)
    fields = [SERIAL, *student, random.choice(("major", "nation")), *family, random.choice(("people", REMARK))]
    return [_page(random, head, rows, fields, headings.own_words(random, fields), grouped=False, habit=habit)]


def two_columns(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """When and where in columns of their own."""
    fields = [SERIAL, *FAMILY, *STUDENT[:-1], *random.choice((("admitted_on", "school"), ("school", "admitted_on")))]
    return [_page(random, head, rows, fields, headings.own_words(random, fields), grouped=False, habit=habit)]


def siblings(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """The parent's cells merged over brothers and sisters."""
    pages = canonical(random, head, rows, habit=wording.TIDY if habit < wording.MESSY else habit)
    page, at = pages[0], 0
    for number in range(1, len(rows) + 1):
        if number < len(rows) and rows[number].household is rows[at].household:
            continue
        if number - at > 1:
            for column in (column for column, name in enumerate(FAMILY) if name != "relationship"):
                page.body_merges.append((at, column, number - 1, column))
                for below in range(at + 1, number):
                    page.body[below][column] = None
        at = number
    return pages


def cover(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """A cover sheet first."""
    front = Page(
        "封面", [["2017年金秋助学申报材料"], [], [f"报送单位：{head.unit}"], [f"人数：{len(rows)}人"]], [], [], []
    )
    return [front, *random.choice((canonical, one_level, two_columns))(random, head, rows, habit=habit)]


def hidden(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """Last year's sheet still inside, hidden: not to be read."""
    pages = random.choice((canonical, reordered))(random, head, rows, habit=habit)
    old = canonical(random, head, rows[:3], habit=wording.TIDY)[0]
    old.name, old.hidden = "2016年", True
    return [*pages, old]


def two_sheets(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """Freshmen and continuing students, or two workshops, on a sheet each."""
    cut = max(1, len(rows) // 2)
    first, second = (
        canonical(random, head, rows[:cut], habit=habit)[0],
        one_level(random, head, rows[cut:], habit=habit)[0],
    )
    first.name, second.name = "第一车间", "第二车间"
    return [first, second]


def messy(random: Random, head: Head, rows: Sequence[Row], *, habit: int) -> list[Page]:
    """An example row, blank lines between, a total below."""
    layout = random.choice((canonical, one_level, reordered))
    page = layout(random, head, rows, habit=habit)[0]
    width = page.width
    for _ in range(2):
        page.body.insert(random.randrange(1, len(page.body) + 1), [None] * width)
    total: list[Cell] = ["合计", f"{len(rows)}人", *[None] * (width - 2)]
    page.body = [_line(page.fields, EXAMPLE | {page.fields[0]: "例"}), *page.body, total]
    return [page]


def _page(
    random: Random,
    head: Head,
    rows: Sequence[Row],
    fields: list[str],
    words: dict[str, str],
    *,
    grouped: bool,
    habit: int,
) -> Page:
    body = [_line(fields, row.cells | {SERIAL: number}) for number, row in enumerate(rows, 1)]
    names: list[Cell] = [words[name] for name in fields]
    merges: list[Merge] = []
    heading = [names]
    if grouped:
        group: list[Cell] = [None] * len(fields)
        group[0], group[len(FAMILY)] = headings.GROUPS
        heading = [group, names]
        merges = [(0, 0, 0, len(FAMILY) - 1), (0, len(FAMILY), 0, len(fields) - 1)]
    return Page(
        "登记表",
        _above(random, head, len(fields), habit=habit),
        heading,
        body,
        _below(random, head, habit=habit),
        merges,
        fields=fields,
    )


def _line(fields: Sequence[str], cells: dict[str, Cell]) -> list[Cell]:
    extras: dict[str, Cell] = {"major": "会计", "nation": "壮", "people": 3}
    return [cells.get(name, extras.get(name)) for name in fields]


def _above(random: Random, head: Head, width: int, *, habit: int) -> list[list[Cell]]:
    day = head.filled_on
    ways: list[Callable[[], list[list[Cell]]]] = [
        lambda: [[f"单位：{head.unit}", *[None] * (width - 3), _day(random, day, habit=habit)]],
        lambda: [[f"    单位：{head.unit}                          {_day(random, day, habit=habit) or ''}"]],
    ]
    if habit >= wording.LOOSE:
        ways += [
            lambda: [
                [f"填报单位（盖章）：{head.unit}"],
                [f"填表日期：{_day(random, day, habit=habit)}" if day else None],
            ],
            lambda: [["单位名称：", head.unit, *[None] * (width - 4), "日期：", _day(random, day, habit=habit)]],
        ]
    return [[random.choice(TITLES)], *random.choice(ways)()]


def _day(random: Random, day: date | None, *, habit: int) -> str | None:
    if day is None:
        return None
    ways = [f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.year}年{day.month}月{day.day}日"]
    if habit >= wording.LOOSE:
        ways += [f"{day:%Y-%m-%d}", f"{day.year}.{day.month}.{day.day}", f"{day:%Y/%m/%d}"]
    return random.choice(ways)


def _below(random: Random, head: Head, *, habit: int) -> list[list[Cell]]:
    notes: list[list[Cell]] = [[note] for note in NOTES[: random.choice((1, 4))]]
    if head.filler is None:
        return notes
    word = random.choice(("填表人",) if habit < wording.LOOSE else ("填表人", "填报人", "经办人"))
    if random.random() < 0.5:
        return [[f"{word}：{head.filler}", *[None] * 5, f"联系电话：{head.filler_phone}"], *notes]
    return [[f"　　{word}：{head.filler}　　　　　　联系电话：{head.filler_phone}"], *notes]
