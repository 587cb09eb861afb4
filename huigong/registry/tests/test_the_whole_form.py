"""Every field of the 2016–2018 file form (困难职工档案表), line by line: in the form, on the page, out to the national system, in.

The lists are those of the published form, in its own words; a field that is called otherwise here stands beside its word.
"""

import json
from datetime import date

import pytest

from huigong.registry.actions import import_workbook
from huigong.registry.details import details_of
from huigong.registry.file_form import form_on, plain_heading
from huigong.registry.models import Household
from huigong.registry.national_sheets import national
from huigong.registry.rows import HouseholdRow, MemberRow
from huigong.registry.tests.workbooks import DAUGHTER, HOUSEHOLD, workbook
from huigong.registry.workbook import _HOUSEHOLD, _MEMBER, NAME, NUMBER, read_workbook

FORM = form_on(date(2017, 8, 7))
WORKER = [
    "职工编号",
    "困难类别",
    "姓名",
    "民族",
    "性别",
    "政治面貌",
    "身份证号码",
    "出生日期",
    "健康状况",
    "残疾类别",
    "工作状态",
    "劳模类型",
    "住房类型",
    "建筑面积",
    "手机号码",
    "其他联系方式",
    "邮政编码",
    "工作时间",
    "所属行业",
    "婚姻状况",
    "户口类型",
    "家庭住址",
    "工作单位",
    "单位性质",
    "企业状况",
    "是否单亲",
    "本人月平均收入",
    "家庭其他非薪资年收入",
    "家庭年度总收入",
    "家庭人口",
    "家庭月人均收入",
    "户口所在地行政区划",
    "医保状况",
    "是否有一定自救能力",
    "是否为零就业家庭",
    "主要致困原因",
    "次要致困原因一",
    "次要致困原因二",
    "次要致困原因三",
    "其他原因说明",
    "开户银行",
    "支行名称",
    "银行卡号",
    "建档标准",
    "建档人",
    "审核人",
    "录入人",
    "单位党政意见",
    "单位党政意见日期",
    "基层工会意见",
    "基层工会意见日期",
    "上级工会意见",
    "上级工会意见日期",
    "是否解困脱困对象",
    "确定时间",
    "五类重点群体",
    "“四个一批”措施",
]
MEMBER = [
    "姓名",
    "与户主关系",
    "民族",
    "身份证号码",
    "出生日期",
    "年龄",
    "性别",
    "政治面貌",
    "月收入",
    "劳模类型",
    "健康状况",
    "疾病/残疾类别",
    "医保状况",
    "婚姻状况",
    "户口类型",
    "手机",
    "其它联系方式",
    "人员身份",
    "当前学历",
    "入学年份",
    "年制",
    "单位或学校",
    "单位性质",
    "企业状况",
    "所属行业",
    "工作状态",
    "劳动合同签订/入伍时间",
    "合同期限",
    "备注",
]
STARRED = [
    "职工编号",
    "困难类别",
    "姓名",
    "民族",
    "性别",
    "政治面貌",
    "身份证号码",
    "出生日期",
    "健康状况",
    "工作状态",
    "劳模类型",
    "住房类型",
    "手机号码",
    "其他联系方式",
    "工作时间",
    "所属行业",
    "婚姻状况",
    "户口类型",
    "家庭住址",
    "本人月平均收入",
    "家庭其他非薪资年收入",
    "家庭年度总收入",
    "家庭人口",
    "户口所在地行政区划",
    "医保状况",
    "主要致困原因",
]
# What a registry workbook calls otherwise: the headings that offices use there.
CALLED = {
    "户口所在地行政区划": "县区",
    "是否为零就业家庭": "零就业家庭",
    "银行卡号": "惠工卡号",
    "年制": "学制",
    "单位或学校": "就读学校",
}
CALLED_OF_A_MEMBER = {"工作状态": "就业状况"}


def headed(of):
    return {plain_heading(field.zh): field for field in FORM.fields(of)}


@pytest.mark.parametrize(("of", "words"), [("household", WORKER), ("member", MEMBER)])
def test_every_field_of_the_form_is_kept_and_goes_out(of, words):
    assert [word for word in words if word not in headed(of)] == []
    out = {plain_heading(field.zh) for field in national(FORM, of)}
    assert [word for word in words if word not in out] == (["年龄"] if of == "member" else [])


def test_what_the_form_marks_with_a_star_is_asked_for():
    assert [word for word in STARRED if not headed("household")[word].mandatory] == []


@pytest.mark.parametrize(("of", "words"), [("household", WORKER), ("member", MEMBER)])
def test_every_field_that_is_not_derived_comes_in_with_a_workbook(tmp_path, of, words):
    """Each stands in a sheet of its own, under its own heading, and nothing of it is lost on the way in."""
    known = {plain_heading(column.heading) for column in (_HOUSEHOLD if of == "household" else _MEMBER)}
    known |= {NUMBER, NAME}
    called = CALLED | (CALLED_OF_A_MEMBER if of == "member" else {})
    others = [word for word in words if called.get(word, word) not in known and not headed(of)[word].is_derived]
    texts = {word: _typed(headed(of)[word]) for word in others}
    rows = [HOUSEHOLD | (texts if of == "household" else {})], [DAUGHTER | (texts if of == "member" else {})]
    headings = [*HOUSEHOLD, *(name for name in DAUGHTER if name not in HOUSEHOLD), *others]
    path = workbook(tmp_path / "r.xlsx", *rows, headings=headings, more=others)
    (file,) = read_workbook(path).households
    assert isinstance(file, HouseholdRow)
    owner = file if of == "household" else file.members[0]
    assert isinstance(owner, HouseholdRow | MemberRow)
    assert owner.details.keys() == {headed(of)[word].name for word in others}


def _typed(field):
    return {"fen": "1200.50", "yes_no": "是", "date": "2017/9/1", "gender": "女"}.get(field.kind, f"{field.zh}的话")


@pytest.fixture
def take(city, tmp_path, at):
    """Takes a workbook in whose family has these details."""

    def taking(**texts):
        path = workbook(
            tmp_path / "r.xlsx", [HOUSEHOLD | texts], [DAUGHTER], headings=[*HOUSEHOLD, *DAUGHTER, *texts], more=texts
        )
        done = import_workbook(read_workbook(path), city=city, officer="system", at=at)
        return done, Household.objects.get()

    return taking


def test_a_detail_is_kept_encrypted_updated_and_what_was_edited_here_stays(take):
    _, file = take(民族="壮族", 邮政编码="543300", 工作时间="1998年9月1日")
    assert details_of(file) == {"nation": "壮族", "postcode": "543300", "working_since": "1998-09-01"}
    done, file = take(民族="汉族", 邮政编码="543300")
    assert (done.changed, details_of(file)["nation"], details_of(file)["working_since"]) == (1, "汉族", "1998-09-01")
    from_page = details_of(file) | {"postcode": "543399"}
    _edit(file, from_page)
    done, file = take(民族="壮族", 邮政编码="543301")
    assert [one.field for one in done.kept] == ["postcode"]
    assert (details_of(file)["nation"], details_of(file)["postcode"]) == ("壮族", "543399")


def test_a_workbook_without_details_reads_as_it_always_did(take):
    take()
    done, file = take()
    assert (done.same, file.details) == (1, None)


def test_what_cannot_be_read_is_left_out_and_told(tmp_path):
    path = workbook(
        tmp_path / "r.xlsx",
        [HOUSEHOLD | {"工作时间": "去年"}],
        [DAUGHTER],
        headings=[*HOUSEHOLD, *DAUGHTER, "工作时间"],
        more=["工作时间"],
    )
    found = read_workbook(path)
    assert found.households[0].details == {}
    assert any("不是日期" in one.sentence.zh for one in found.problems)


def _edit(file, told):
    file.details = json.dumps(told, ensure_ascii=False)
    file.save()
