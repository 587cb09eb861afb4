"""What may stand in a circular's TOML: one table, from which files are checked and the reference page is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a table: its types, whether it has to be there, what it means.

    `items` are the types of a list's elements; `entry` is the shape of each where they are tables; a number lies from
    `least` to `most`.
    """

    types: tuple[type, ...]
    zh: str
    en: str
    required: bool = False
    among: tuple[str, ...] = ()
    items: tuple[type, ...] = ()
    entry: "Table | None" = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table or, where `many`, an array of tables. `open` allows further keys (parameters of criteria).

    `key` is the field by which a supplement's entry replaces one of the main text; `where` says in which files the
    table may stand.
    """

    fields: Mapping[str, Field]
    zh: str
    en: str
    many: bool = False
    open: bool = False
    required: bool = False
    key: str = ""
    where: str = "both"


def _text(zh: str, en: str, *, required: str = "", among: tuple[str, ...] = ()) -> Field:
    return Field((str,), zh, en, required == "required", among)


def _texts(zh: str, en: str, *, required: str = "") -> Field:
    return Field((list,), zh, en, required == "required", items=(str,))


def _day(zh: str, en: str, *, required: str = "") -> Field:
    return Field((date,), zh, en, required == "required")


def _whole(zh: str, en: str, *, least: int, most: int, required: str = "") -> Field:
    return Field((int,), zh, en, required == "required", least=least, most=most)


MOST_YUAN = 1_000_000
"""For one student: far above any aid, and a number with two digits too many is found."""
MOST_WORKING_DAYS = 250
"""A notice that hung for a year of working days would end no campaign."""
DESKS = ("campaign", "federation", "centre")

_CLAUSE = _text("所依据的条款", "the clause it stands on", required="required")

_RANKING_KEY = Table(
    {
        "fact": _text("比较哪个事实", "the fact that is compared", required="required"),
        "direction": _text("up 小的在前，down 大的在前", "up: smaller first; down: larger first", among=("up", "down")),
        "label": _text("怎么称呼", "label"),
        "label_en": _text("英文", "in English"),
    },
    "排序的一级",
    "one key of the ranking",
)

SCHEMA: Mapping[str, Table] = {
    "circular": Table(
        {
            "slug": _text("文件夹名，如 2017-wuzhou-21", "folder name", required="required"),
            "number": _text("文号", "number as printed", required="required"),
            "title": _text("标题", "title", required="required"),
            "title_en": _text("英文标题", "title in English", required="required"),
            "issuer": _text("发文机关", "issuing office", required="required"),
            "issued_on": _day("成文日期", "day of issue", required="required"),
            "first_day": _day("活动起", "first day of the campaign", required="required"),
            "last_day": _day("活动止", "last day of the campaign", required="required"),
            "programme": _text(
                "项目：student_aid",
                "programme",
                required="required",
                among=("student_aid", "graduate_employment", "hardship_file"),
            ),
            "year": _whole(
                "年度（新生以此区分）",
                "year of the campaign; tells freshmen",
                least=1949,
                most=2200,
                required="required",
            ),
            "addressees": _texts("主送", "addressees", required="required"),
            "stands_on": _texts("依据的文件", "orders it stands on"),
            "contact": _text("联系人与电话（示例用虚构的）", "contact; invented in examples", required="required"),
            "receiving_desk": _text("收表处", "where forms are handed in", required="required"),
            "covered_levels": _texts("帮扶的就读阶段", "education levels that are covered", required="required"),
            "deadline": _day("报送截止（当天算在内）", "last day for handing in, included"),
            "source": _text("根据什么整理，哪些是示例", "what it was made from, and which parts are only examples"),
        },
        "文件头",
        "head",
        required=True,
        where="main",
    ),
    "clause": Table(
        {
            "id": _text(
                "编号，如 二(二)、附件1(三)，半角括号", "id in one spelling, ASCII brackets", required="required"
            ),
            "gist": _text("大意（自己的话）", "gist in our own words", required="required"),
            "gist_en": _text("英文大意", "gist in English", required="required"),
            "force": _text(
                "效力",
                "force; only a rule may refuse a person",
                required="required",
                among=("rule", "target", "priority", "encouraged", "optional", "procedure"),
            ),
            "printed": _text("文中的写法，如 第二部分“二是”", "as the document prints it"),
        },
        "条款，一条不漏",
        "every clause",
        many=True,
        required=True,
    ),
    "criterion": Table(
        {
            "name": _text("本通知内唯一的名称", "name, unique in the circular", required="required"),
            "uses": _text("词汇表里的判断", "a word of the vocabulary", required="required"),
            "clause": _CLAUSE,
            "failing": _text(
                "不符合时：不予通过、可补、由人定、看一眼",
                "what failing means",
                required="required",
                among=("refused", "curable", "to_settle", "look"),
            ),
            "label": _text("问什么", "what is asked", required="required"),
            "label_en": _text("英文", "in English", required="required"),
            "remedy": _text("不符合时怎么办", "what to do when it fails"),
            "remedy_en": _text("英文", "in English"),
        },
        "判断：词汇表的一个词，加参数",
        "a criterion: one word of the vocabulary with its parameters",
        many=True,
        open=True,
        required=True,
        key="name",
    ),
    "amount": Table(
        {
            "name": _text("名称", "name", required="required"),
            "levels": _texts("适用的就读阶段", "education levels", required="required"),
            "student_kind": _text(
                "新生或历届生；不写则都适用", "freshman or continuing; both if absent", among=("freshman", "continuing")
            ),
            "yuan": _whole("金额（元）", "amount in yuan", least=1, most=MOST_YUAN, required="required"),
            "clause": _CLAUSE,
        },
        "资助标准",
        "amounts",
        many=True,
        key="name",
    ),
    "ranking": Table(
        {
            "clause": _CLAUSE,
            "keys": Field(
                (list,),
                "依次比较：{fact, direction = up|down, label, label_en}",
                "keys in order: {fact, direction = up|down, label, label_en}",
                required=True,
                items=(dict,),
                entry=_RANKING_KEY,
            ),
        },
        "排序",
        "ranking",
    ),
    "quota": Table(
        {
            "clause": _CLAUSE,
            "file": _text(
                "指标分配表（CSV：division_code, organisation, places）", "CSV of places", required="required"
            ),
            "fund_source": _text("资金来源代码", "code of the fund source", required="required"),
            "fund_source_name": _text("资金来源", "name of the fund source", required="required"),
            "other_sources": _texts("候补还可以找的资金", "other sources that may help those who wait"),
        },
        "指标",
        "quota",
    ),
    "public_notice": Table(
        {
            "clause": _CLAUSE,
            "working_days": _whole(
                "公示几个工作日", "length in working days", least=1, most=MOST_WORKING_DAYS, required="required"
            ),
            "rule": _text("期限依据", "the rule that the length rests on", required="required"),
            "objections_to": _text("异议向谁提（示例用虚构的）", "where to object", required="required"),
        },
        "公示",
        "public notice",
    ),
    "routing": Table(
        {
            "forms": _text(
                "登记表交到：campaign 开展活动的总工会，federation 单位上面最近的总工会，centre 归口（属地）的",
                "where a unit's form goes: the campaign's federation, the nearest one above, or the one competent by place",
                required="required",
                among=DESKS,
            ),
            "forms_clause": _text("依据的条款", "the clause it stands on", required="required"),
            "files": _text("档案报到（同上）", "where files go, in the same words", required="required", among=DESKS),
            "files_clause": _text("依据的条款", "the clause it stands on", required="required"),
        },
        "报送路线",
        "which way forms and files travel",
    ),
    "county_plan": Table(
        {
            "clause": _CLAUSE,
            "due": _day("哪天前报实施方案；不写则没有期限", "until when; none if absent"),
            "room": _texts(
                "方案可以补充的条款；系统替全市执行的条款不能写在这里",
                "clauses that a plan may add to; none that is carried out for the whole city",
            ),
        },
        "县（市、区）实施方案",
        "implementation plans of the counties",
    ),
    "indicator": Table(
        {
            "name": _text("名称", "name", required="required"),
            "clause": _CLAUSE,
            "percent": _whole("目标百分比", "target in per cent", least=0, most=100, required="required"),
            "numerator": _text("分子", "numerator", required="required"),
            "denominator": _text("分母", "denominator", required="required"),
            "label": _text("说法", "label", required="required"),
            "label_en": _text("英文", "in English", required="required"),
        },
        "目标：从不影响个人的认定",
        "targets; they never decide a case",
        many=True,
        key="name",
    ),
    "procedure": Table(
        {"clause": _CLAUSE, "does": _text("谁在哪一步做", "who does it at which step", required="required")},
        "由程序落实的规定",
        "rules kept by a step of the procedure",
        many=True,
    ),
    "interpretation": Table(
        {
            "id": _text("编号", "id", required="required"),
            "clauses": _texts("涉及条款", "clauses", required="required"),
            "question": _text("原文没说清或互相矛盾的地方", "what the text leaves open", required="required"),
            "answer": _text("怎么理解", "how it is read", required="required"),
            "answer_en": _text("英文", "in English", required="required"),
            "signed_by": _text("签署人", "signed by", required="required"),
            "signed_on": _day("日期", "signed on", required="required"),
            "chooses": _text(
                "几种算法里定哪一种（写那个 indicator 的 name）", "which indicator of several readings holds"
            ),
        },
        "口径：有日期、有签名",
        "interpretations, dated and signed",
        many=True,
        key="id",
    ),
    "form": Table(
        {"file": _text("表格定义文件", "file of the form's definition", required="required")},
        "登记表",
        "registration form",
    ),
    "example": Table(
        {
            "title": _text("一句话说明", "one sentence", required="required"),
            "like": _text("先照搬前面哪个例子（写它的 title）", "title of an earlier example to start from"),
            "given": Field((dict,), "事实（与照搬的不同之处）", "facts, or what differs from `like`", required=True),
            "unknown": _texts("照搬的事实里哪些改成不清楚", "facts of `like` that are not known here"),
            "verdict": _text(
                "应得结论",
                "expected verdict",
                required="required",
                among=("eligible", "incomplete", "to_settle", "refused"),
            ),
            "failed": _texts("应当没过的判断", "criteria expected not to be met"),
            "amount_yuan": _whole("应得金额", "expected amount", least=0, most=MOST_YUAN),
        },
        "例子：不通过就不能发布",
        "examples; a circular with a failing one cannot be published",
        many=True,
        key="title",
    ),
    "supplement": Table(
        {
            "title": _text("补充通知的标题", "title", required="required"),
            "issued_on": _day("日期", "day", required="required"),
            "is_example": Field((bool,), "是否只是示例", "whether it is only an example", required=True),
            "deadline": _day("新的截止日", "a new deadline"),
        },
        "补充通知的文件头（只在补充文件里）",
        "head of a supplement (in supplements only)",
        where="supplement",
    ),
}
