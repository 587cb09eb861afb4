"""What offices print above their columns: names for every field, and names that only the group above makes clear."""

from random import Random

SERIAL, REMARK = "serial", "remark"
STANDARD = {
    "certificate_no": "困难职工优惠证编号",
    "parent_name": "家长姓名",
    "relationship": "与被资助学生关系",
    "hardship_cause": "困难原因",
    "annual_income_per_capita": "家庭年人均收入",
    "parent_id_number": "身份证号码",
    "phone": "联系电话",
    "student_name": "学生姓名",
    "student_gender": "性别",
    "student_age": "年龄",
    "student_id_number": "学生身份证号码",
    "admission": "何时被何学校录取",
}
AS_PRINTED = STANDARD | {
    "parent_name": "家长\n\n姓名",
    "annual_income_per_capita": "家庭年人均 收 入",
    "hardship_cause": "困难原因  ",
    "student_name": "学生\n\n姓名",
    "student_gender": "性\n\n别",
}
OWN = {
    "certificate_no": ("优惠证号", "特困职工优惠证编号", "困难职工\n优惠证号码", "特困证号", "优惠证编号（2017年审核）"),
    "parent_name": ("职工姓名", "困难职工姓名", "监护人姓名", "家长姓名（户主）", "父（母）姓名", "申请职工姓名"),
    "relationship": ("与学生关系", "关系", "与受助学生关系", "家长与学生\n关系", "与子女关系"),
    "hardship_cause": ("致困原因", "主要致困原因", "家庭困难原因", "致 困 原 因", "困难原因（简述）"),
    "annual_income_per_capita": ("家庭人均年收入(元)", "人均年收入（元/年）", "家庭年人均收入\n（元）", "年人均收入"),
    "parent_id_number": ("家长身份证号", "职工身份证号码", "监护人身份证号", "家长身份证号码（18位）", "困难职工身份证号"),
    "phone": ("手机号码", "联系方式", "家长联系电话", "手机号", "电话", "联系电话（手机）"),
    "student_name": ("受助学生姓名", "子女姓名", "被资助学生姓名", "孩子姓名", "学生姓名（与身份证一致）"),
    "student_gender": ("学生性别", "性 别", "子女性别", "性别（男/女）"),
    "student_age": ("学生年龄", "年 龄", "年龄（周岁）", "子女年龄"),
    "student_id_number": ("受助学生身份证号", "子女身份证号码", "学生身份证号", "学生身份证\n号码", "被资助学生身份证号码"),
    "admission": ("录取时间及学校", "何时何校录取", "录取学校及时间", "何时被何院校录取", "就读学校及入学时间"),
    "admitted_on": ("录取时间", "入学时间", "录取年月", "入学年月"),
    "school": ("录取学校", "就读学校", "录取院校", "学校名称", "现就读学校"),
    SERIAL: ("序号", "编号", "No.", "序 号"),
    REMARK: ("备注", "备 注", "备注（签名）"),
    "major": ("专业", "所学专业"),
    "people": ("家庭人口", "家庭人口数"),
    "nation": ("民族", "学生民族"),
}  # fmt: skip
UNDER_GROUP = STANDARD | {
    "parent_name": "姓名",
    "student_name": "姓名",
    "student_id_number": "身份证号码",
    "certificate_no": "优惠证编号",
    "annual_income_per_capita": "年人均收入（元）",
    "admission": "录取时间、学校",
}
GROUPS = ("被 资 助 对 象 家 庭 情 况", "被资助学生情况")
FAMILY = tuple(STANDARD)[:7]
STUDENT = tuple(STANDARD)[7:]


def own_words(random: Random, fields: list[str]) -> dict[str, str]:
    """An office's own heading for each field, the printed one now and then."""
    return {
        name: STANDARD[name]
        if name in STANDARD and name != "parent_id_number" and random.random() < 0.25
        else random.choice(OWN[name])
        for name in fields
    }
