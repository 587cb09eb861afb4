"""The demo city asks another department: a blind check that waits for its answer, and a masked list with whom both have."""

import tempfile
from datetime import date, datetime
from pathlib import Path

from huigong.documents.workbooks import Sheet, workbook
from huigong.organisations.models import Officer
from huigong.partners import actions
from huigong.partners.queries import children_of

_UNTIL, _DELETE = date(2017, 10, 31), date(2017, 12, 31)
_MASKED = slice(4, 14)


def asked_around(officer: Officer, *, at: datetime) -> None:
    """Civil affairs were written to; the women's federation gave a list on which two children of ours stand, masked."""
    basis = "社会救助暂行办法第五条、个人信息保护法第十三条第一款第三项"
    letter = actions.Asked("梧州市民政局", "金秋助学", basis, "梧工函〔2017〕12号", 5000, _UNTIL, _DELETE)
    actions.invite(letter, officer=officer, at=at)
    given = actions.Asked("梧州市妇女联合会", "金秋助学", basis, "梧工函〔2017〕13号", 500, _UNTIL, _DELETE)
    with tempfile.TemporaryDirectory(prefix="huigong-demo-list-") as folder:
        path = Path(folder) / "春蕾计划名单.xlsx"
        path.write_bytes(_list(officer, at.date()))
        actions.take_list(given, path, officer=officer, at=at)


def _list(officer: Officer, day: date) -> bytes:
    """Names starred, numbers masked in the middle, as offices pass lists on."""
    ours = [one.person for one in children_of(officer.organisation) if one.person.id_number][:2]
    rows = [
        [
            f"{person.name[0]}{'*' * (len(person.name) - 1)}",
            _masked(person.id_number),
            person.school,
            "春蕾计划",
            "1200.00",
        ]
        for person in ours
    ]
    rows.append(["莫*", "4504**********0019", "梧州市第一中学", "春蕾计划", "1200.00"])
    headings = ["姓名", "身份证号", "学校", "项目", "金额（元）"]
    return workbook([Sheet("名单", headings, rows)], title="春蕾计划名单", day=day)


def _masked(number: str) -> str:
    return number[: _MASKED.start] + "*" * 10 + number[_MASKED.stop :]
