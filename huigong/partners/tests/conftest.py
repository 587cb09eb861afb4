"""An office with families on file, and another department at its own desk with the tool alone."""

from datetime import date

import pytest

from huigong.audit.tests.kept import kept
from huigong.documents import actions as documents
from huigong.partners import actions, blindcheck
from huigong.partners.blindcheck import Row
from huigong.registry import actions as registry
from huigong.registry.models import Household
from huigong.registry.tests.workbooks import household, member, number, workbook
from huigong.registry.workbook import read_workbook

UNTIL, DELETE = date(2017, 9, 30), date(2017, 12, 31)
NAMES = ("韦小雨", "黄子涵", "陆一鸣", "覃思远")


def child(place):
    return number(f"45042219990101{2 * place:03d}")


@pytest.fixture
@kept
def families(city, tmp_path, at):
    """Four children on file."""
    homes = [
        household(职工编号=f"GX{place}", 身份证号码=number(f"45042219700101{2 * place:03d}"), 惠工卡号="", 手机号码="")
        for place in range(1, 5)
    ]
    children = [member(职工编号=f"GX{place}", 姓名=NAMES[place - 1], 身份证号码=child(place)) for place in range(1, 5)]
    reading = read_workbook(workbook(tmp_path / "files.xlsx", homes, children))
    registry.import_workbook(reading, city=city, officer="system", at=at)
    return list(Household.objects.order_by("file_number"))


@pytest.fixture
def asked():
    return actions.Asked(
        "梧州市民政局",
        "金秋助学",
        "个人信息保护法第十三条、社会救助暂行办法第五条",
        "梧工函〔2017〕12号",
        1000,
        UNTIL,
        DELETE,
    )


class Department:
    """民政局 with the tool and its list: two children of ours and one of its own."""

    def __init__(self, root):
        self.root, self.folder = root, root
        self.rows = [
            Row(child(1), "韦小雨", "教育救助"),
            Row(child(2)[:17] + child(2)[17].lower(), "", "低保"),
            Row(number("450404199902022468"[:17]), "莫雪", "低保"),
        ]

    def list(self, invitation):
        """A new folder each time, as the tool asks."""
        self.folder = self.root / str(len([*self.root.iterdir()]))
        self.folder.mkdir()
        self.invited = blindcheck.opened(invitation, blindcheck.INVITATION)
        self.fingerprint = blindcheck.make_list(self.folder, self.invited, self.rows, today=UNTIL)
        return (self.folder / "盲名单.json").read_bytes()

    def result(self, answer):
        key = (self.folder / "钥匙.json").read_bytes()
        self.both = blindcheck.take_answer(self.folder, self.invited, key, answer, self.rows)
        return (self.folder / "结果.json").read_bytes()


@pytest.fixture
def department(tmp_path):
    folder = tmp_path / "民政"
    folder.mkdir()
    return Department(folder)


@pytest.fixture
def exchange(families, asked, huang, at):
    return actions.invite(asked, officer=huang, at=at)


@pytest.fixture
def blinded(exchange, department, at):
    """Their blinded list, and their answer on paper noted with its fingerprint."""
    content = department.list(actions.invitation_of(exchange))
    paper = documents.store(b"reply", name="复函.pdf", media_type="application/pdf", officer="huang", at=at)
    on = {"on": at.date(), "fingerprint": department.fingerprint, "officer": "huang", "at": at}
    actions.note_reply(exchange, paper, **on)
    return content
