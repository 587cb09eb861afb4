"""The notice as one web page: surname and two stars, stage, place, kind of aid, a number. It needs no other file."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from huigong.publicnotices.models import NoticeLine, PublicNotice
from huigong.rules.circular import Head

_STYLE = mark_safe(
    "body{font:17px/1.7 'Microsoft YaHei','Noto Sans CJK SC','PingFang SC',sans-serif;color:#1d2b2a;background:#faf8f3;"
    "margin:0}main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}h1{font-size:1.4rem;line-height:1.4}"
    "h2{font-size:1.05rem}.card{background:#fff;border:1px solid #e4dfd4;border-radius:8px;padding:1rem 1.2rem;margin:1rem 0}"
    "table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}caption{text-align:left;color:#5c6b69}"
    "th,td{text-align:left;padding:.45rem .6rem;border-bottom:1px solid #e4dfd4;vertical-align:top}th{font-weight:600}"
    ".small{color:#5c6b69;font-size:.85rem;overflow-wrap:anywhere}.scroll{overflow-x:auto}"
    "@media print{body{background:#fff}.card{border:0;padding:0}}"
)


def page(head: Head, notices: Sequence[PublicNotice], lines: Sequence[NoticeLine]) -> bytes:
    """The page for all notices of a campaign, as UTF-8."""
    return format_html(
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow, noarchive">\n<title>金秋助学公示</title>\n'
        "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}年金秋助学拟资助名单公示</h1>\n{}{}</main>\n</body>\n</html>\n",
        _STYLE,
        head.year,
        _intro(head),
        format_html_join(
            "\n", "{}", ((_notice(one, [line for line in lines if line.notice_id == one.id]),) for one in notices)
        ),
    ).encode()


def _intro(head: Head) -> SafeString:
    return format_html(
        "<p>按照{}（{}），经核对材料、依条款认定和在指标内排序，下列学生拟获资助，现予公示。</p>\n"
        '<p class="small" lang="en">Students who are to receive aid under {}. Names are shortened on purpose; each family '
        "knows its notice number.</p>\n",
        head.title,
        head.number,
        head.number,
    )


def _notice(notice: PublicNotice, lines: Sequence[NoticeLine]) -> SafeString:
    rows = format_html_join(
        "\n",
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        ((line.number, line.student, line.stage, line.shown_place, line.kind) for line in lines),
    )
    return format_html(
        '<section class="card">\n<h2>公示时间：{}至{}（{}个工作日，依据：{}）</h2>\n'
        "<p>有不同意见，请在{}前（含当天）向{}提出，可以不留姓名；受理人会为您保密。</p>\n"
        '<div class="scroll"><table>\n<caption>共 {} 名，公示号 {}</caption>\n<thead><tr><th scope="col">公示编号</th>'
        '<th scope="col">学生</th><th scope="col">就读阶段</th><th scope="col">地方</th>'
        '<th scope="col">帮扶类别</th></tr></thead>\n<tbody>\n{}\n</tbody>\n</table></div>\n'
        '<p class="small">留痕检查点：第 {} 条，{}</p>\n</section>\n',
        _day(notice.first_day),
        _day(notice.last_day),
        notice.working_days,
        notice.rule,
        _day(notice.last_day),
        notice.objections_to,
        len(lines),
        notice.number,
        rows,
        notice.chain_sequence,
        notice.chain_digest,
    )


def _day(day: object) -> str:
    return f"{day:%Y}年{day:%m}月{day:%d}日"
