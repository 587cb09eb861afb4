"""The stamped page: printed with its code, scanned, and held against the data as it is now."""

import io

import docx
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from huigong.annexes.containers.converted import converter
from huigong.annexes.stamps import read_scan
from huigong.audit import queries as audit
from huigong.intake import queries as intake
from huigong.intake.queries import STAMPED
from huigong.intake.stamping import printed
from huigong.web.console.asking import definition_of
from huigong.web.tests.forms.desk import officer, said

FORM = "01-as-printed.xlsx"


@pytest.fixture
def handed(desk, work):
    desk.sign_in(work.lu)
    desk.hand_in(FORM)
    return desk.form(FORM)


def codes(form):
    return printed(form, definition_of(form.campaign)).codes


def scan(*told, seal=True, kind="JPEG"):
    sheet = Image.new("RGB", (1400, 900), "white")
    for place, code in enumerate(told):
        out = io.BytesIO()
        segno.make(code, error="m", micro=False).save(out, kind="png", scale=5)
        sheet.paste(Image.open(out).convert("RGB"), (40 + place * 420, 40))
    if seal:
        ImageDraw.Draw(sheet).ellipse([900, 500, 1200, 800], outline="#c8202c", width=12)
    out = io.BytesIO()
    sheet.save(out, kind)
    return SimpleUploadedFile("盖章页.jpg", out.getvalue(), content_type="image/jpeg")


def stamp(form):
    return intake.stamped_sheet(form)


def test_the_printed_page_has_the_rows_and_a_picture_and_that_it_went_out_is_recorded(desk, handed):
    answer = desk.post(FORM, "form-print", **{"as": "docx"})
    paper = docx.Document(io.BytesIO(answer.content))
    header = paper.sections[0].header.paragraphs[0]
    assert "核对码" in header.text
    assert header._p.xpath(".//pic:pic")
    assert len(paper.tables[0].rows) == 2 + handed.rows.count()
    assert [one.payload["kind"] for one in audit.told_of("form.printed")] == ["docx"]


@pytest.mark.skipif(converter() is None, reason="no LibreOffice on this machine")
def test_the_code_of_the_page_as_it_is_printed_is_read(desk, handed):
    answer = desk.post(FORM, "form-print", **{"as": "pdf"})
    assert read_scan(answer.content).codes == codes(handed)


def test_a_stamped_page_with_the_same_data_is_the_units_sheet(desk, handed, work):
    page = said(desk.post(FORM, "form-stamp-read", scan=scan(*codes(handed))))
    assert "一格也没有改过" in page
    assert stamp(handed).seen_by == work.lu.name
    (told,) = audit.told_of("form.stamp_compared")
    assert told.payload["outcome"] == "same"


def test_one_cell_changed_after_stamping_is_named_and_the_sheet_does_not_count(desk, handed):
    before = codes(handed)
    desk.post(FORM, "row-mend", 1, name="phone", text="13811111111")
    page = said(desk.post(FORM, "form-stamp-read", scan=scan(*before)))
    assert "盖章以后改过 1 格：第 1 行 联系电话。" in page
    assert stamp(handed) is None


def test_the_same_data_without_a_red_seal_is_left_to_a_person(desk, handed):
    page = said(desk.post(FORM, "form-stamp-read", scan=scan(*codes(handed), seal=False)))
    assert "没有看到红章" in page
    assert stamp(handed) is None


@pytest.mark.parametrize(
    ("told", "sentence"),
    [([], "没有读到方码"), (["HG1/" + "A" * 26 + "/1.1/AAAA"], "另一份登记表"), (["own/1.1/AAAAAAAA"], "不能作数")],
    ids=["no code", "another form", "not ours"],
)
def test_a_page_that_says_nothing_of_this_form_is_told_clearly(desk, handed, told, sentence):
    own = "/".join(codes(handed)[0].split("/")[:2])
    page = said(desk.post(FORM, "form-stamp-read", scan=scan(*(code.replace("own", own) for code in told))))
    assert sentence in page
    assert stamp(handed) is None


def test_a_file_that_is_no_scan_and_no_file_at_all_are_told(desk, handed):
    assert "请交 jpg、png 或 pdf" in said(
        desk.post(FORM, "form-stamp-read", scan=SimpleUploadedFile("x.jpg", b"GIF89a"))
    )
    assert "还没有选文件" in said(desk.post(FORM, "form-stamp-read"))


def test_a_person_takes_what_was_not_the_same_by_looking_and_says_why(desk, handed, work):
    desk.post(FORM, "form-stamp-read", scan=scan())
    desk.sign_in(work.huang)
    looked = {"kind": STAMPED, "original_seen": "yes", "seen_on": "2017-08-07"}
    assert "请选一个原因" in said(desk.post(FORM, "form-stamped", **looked))
    assert stamp(handed) is None
    desk.post(FORM, "form-stamped", **looked, reason="code_damaged")
    assert stamp(handed).seen_by == work.huang.name
    assert [one.payload for one in audit.told_of("form.stamp_accepted")] == [{"reason": "code_damaged"}]


@pytest.mark.parametrize("role", ["approver", "finance", "auditor"])
def test_who_hands_in_no_form_prints_and_compares_none(desk, work, handed, at, role):
    desk.sign_in(officer(role, work.city, at))
    assert desk.post(FORM, "form-print").status_code == 403
    assert desk.post(FORM, "form-stamp-read").status_code == 403


def test_a_form_of_another_unit_is_not_there(desk, work):
    desk.sign_in(work.huang)
    desk.hand_in("09-messy.xlsx")
    desk.sign_in(work.lu)
    assert desk.post("09-messy.xlsx", "form-print").status_code == 404
    assert desk.post("09-messy.xlsx", "form-stamp-read").status_code == 404


def test_what_is_mended_after_the_stamp_is_said_and_is_under_it_again_when_a_person_says_why(desk, handed, work):
    desk.post(FORM, "form-stamp-read", scan=scan(*codes(handed)))
    desk.post(FORM, "row-mend", 1, name="student_name", text="韦小海")
    page = said(desk.page(FORM))
    assert "章管不到这几行：" in page
    assert "第 1 行 1 格" in page
    desk.sign_in(work.huang)
    looked = {"kind": STAMPED, "original_seen": "yes", "seen_on": "2017-08-07"}
    assert "盖章以后改过几行" in said(desk.post(FORM, "form-stamped", **looked))
    assert handed.rows.filter(unstamped=1).count() == 1
    desk.post(FORM, "form-stamped", **looked, reason="changed_on_paper")
    assert "章管不到这几行" not in said(desk.page(FORM))
    assert handed.rows.filter(unstamped__gt=0).count() == 0


def test_the_sheet_that_is_stamped_again_stands_for_what_was_mended(desk, handed):
    desk.post(FORM, "form-stamp-read", scan=scan(*codes(handed)))
    desk.post(FORM, "row-mend", 1, name="student_name", text="韦小海")
    page = said(desk.post(FORM, "form-stamp-read", scan=scan(*codes(handed))))
    assert "一格也没有改过" in page
    assert handed.rows.filter(unstamped__gt=0).count() == 0
