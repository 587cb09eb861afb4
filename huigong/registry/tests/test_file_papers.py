"""The paper file holds what the file says; the notice for the board tells no more than a board may."""

import io

import docx
import pytest

from huigong.registry import actions, code_lists, this_time
from huigong.registry.file_form import form_on
from huigong.registry.file_papers import board_notice, file_sheet
from huigong.registry.models import FileEntry, Household
from huigong.registry.tests.lives import Life, drafted, fields
from huigong.values.working_days import shipped_calendar


@pytest.fixture
def file(huang, at):
    actions.keep_codes(code_lists.shipped(), source="shipped", officer="system", at=at)
    file = drafted(huang, at, employer="藤县糖业有限公司")
    told = fields("member", name="韦小雨", relationship="女儿", education_level="senior_high", entry_year=2015)
    actions.edit_member(file, 1, told, version=file.version, officer="lu", at=at)
    return Household.objects.get(pk=file.pk)


def text_of(paper):
    told = docx.Document(io.BytesIO(paper.content()))
    cells = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in told.paragraphs), *cells])


def test_the_sheet_has_every_field_of_the_form_and_lines_to_sign(file, at):
    form = form_on(at.date())
    paper = text_of(file_sheet(file, list(file.members.all()), form, today=at.date()))
    for section in form.of_household():
        for field in section.fields:
            assert field.zh in paper
    for said in (file.file_number, file.worker_name, file.id_number.plain(), "职工签字", "（盖章）"):
        assert said in paper
    for member in file.members.all():
        assert f"家庭成员：{member.name}" in paper


def test_the_notice_stars_the_name_and_tells_no_cause(file, at):
    life = Life(file, at)
    life.checked()
    life.verb(actions.put_on_notice, extra={"calendar": shipped_calendar()})
    hung = this_time.last_of(list(life.file.entries.all()), FileEntry.Kind.NOTICE)
    paper = text_of(board_notice(life.file, hung, telephone="0774-0000001", today=at.date()))
    assert "韦秀兰" not in paper
    assert "韦*兰" in paper
    assert "藤县糖业有限公司" in paper
    assert "小雨" not in paper
    assert f"{hung.until.month}月{hung.until.day}日前（含当天）" in paper
    assert "0774-0000001" in paper
    assert file.id_number.plain() not in paper
