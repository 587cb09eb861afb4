"""Small registry workbooks of invented people, made on the spot."""

import xlsxwriter

from huigong.values.resident_id import check_digit


def number(first_seventeen):
    return first_seventeen + check_digit(first_seventeen)


WORKER, SPOUSE, CHILD = number("45042219700101002"), number("45042219690202001"), number("45042219990101002")
CARD = "6200000000000000018"
HOUSEHOLD = {
    "职工编号": "GX0001",
    "姓名": "韦秀兰",
    "身份证号码": WORKER,
    "性别": "女",
    "身份": "困难职工",
    "县区": "藤县",
    "工作单位": "藤县糖业有限公司",
    "困难类别": "低保户",
    "建档标准": "全国级",
    "主要致困原因": "患重特大疾病",
    "家庭人口": 3,
    "家庭年度总收入(元)": 21900,
    "年刚性支出(元)": 4000,
    "特困职工优惠证编号": "梧困201600017",
    "优惠证审核": "2017年上半年已审核",
    "惠工卡号": CARD,
    "手机号码": "13800000000",
    "零就业家庭": "否",
    "档案状态": "在档",
}
DAUGHTER = {
    "职工编号": "GX0001",
    "姓名": "韦小雨",
    "与户主关系": "子女",
    "身份证号码": CHILD,
    "当前学历": "高中",
    "就读学校": "藤县第一中学",
    "入学年份": 2014,
    "学制(年)": 3,
    "就业状况": "在读",
}
HUSBAND = {
    "职工编号": "GX0001",
    "姓名": "陈大山",
    "与户主关系": "配偶",
    "身份证号码": SPOUSE,
    "当前学历": "初中",
    "就业状况": "务农",
}


def household(**changes):
    """The file of 韦秀兰 with some cells changed, by heading."""
    return HOUSEHOLD | changes


def member(**changes):
    return DAUGHTER | changes


def workbook(
    path, households=(HOUSEHOLD,), members=(HUSBAND, DAUGHTER), *, without=(), titles=0, headings=None, more=()
):
    """A workbook of both sheets. `without` leaves out columns or sheets; `titles` rows stand above the headings; `more` are
    headings of both sheets besides their own.
    """
    book = xlsxwriter.Workbook(path)
    for name, rows, first in (("困难职工家庭", households, HOUSEHOLD), ("家庭成员", members, DAUGHTER)):
        if name in without:
            continue
        page = book.add_worksheet(name)
        columns = [heading for heading in headings or first if heading in {*first, *more} and heading not in without]
        for line in range(titles):
            page.write_string(line, 0, "梧州市困难职工档案")
        for column, heading in enumerate(columns):
            page.write_string(titles, column, heading)
            for row, values in enumerate(rows, titles + 1):
                value = values.get(heading, "")
                if value != "":
                    write = page.write_number if isinstance(value, int | float) else page.write_string
                    write(row, column, value)
    if without and {"困难职工家庭", "家庭成员"} <= set(without):
        book.add_worksheet("别的")
    book.close()
    return path
