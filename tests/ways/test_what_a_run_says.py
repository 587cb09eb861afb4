"""What a run says beside its figures: papers that fit no form, and cases that its officers may not touch."""

import shutil

import docx
import openpyxl
import pytest

from huigong import commands
from huigong.intake.models import Paper
from huigong.studentaid.models import Application
from tests.ways.folders import EXAMPLES, appoint, contents, decisions, run

pytestmark = pytest.mark.django_db

ONE, OTHER = "05-own-order.xlsx", "10-same-student.xlsx"


@pytest.fixture
def forms(tmp_path):
    folder = tmp_path / "forms"
    folder.mkdir()
    return folder


def lay(forms, place, name):
    (forms / place).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLES / "forms" / name, forms / place)


def papers(tmp_path, *lines):
    path = tmp_path / "papers.csv"
    path.write_text(
        "form,row,paper,original_seen,copy_kept\n" + "".join(f"{line},yes,yes\n" for line in lines), "utf-8"
    )
    return path


def remarks(told):
    return [(one["code"], one["zh"]) for one in told["remarks"]]


def test_a_line_of_papers_that_fits_nothing_is_said_everywhere(forms, tmp_path, capsys):
    lay(forms, ONE, ONE)
    table = papers(
        tmp_path,
        f"{ONE},,stamped_form",
        "05-own-odrer.xlsx,,stamped_form",
        f"{ONE},99,benefit_card_copy",
        f"{ONE},1,bank_card",
    )
    told = run(tmp_path / "out", forms=forms, papers=table)
    shown = capsys.readouterr().out

    assert [code for code, _ in remarks(told)] == ["paper_form_unknown", "paper_row_unknown", "paper_kind_unknown"]
    for line, (_, zh) in zip((3, 4, 5), remarks(told), strict=True):
        assert f"papers.csv 第 {line} 行" in zh
        assert f"papers.csv 第 {line} 行" in shown.replace("\n", "")
    assert f"是不是“{ONE}”" in remarks(told)[0][1]
    sheet = openpyxl.load_workbook(tmp_path / "out" / "register.xlsx")["提示"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [zh for _, zh in remarks(told)]
    assert "papers.csv" in "".join(_report(tmp_path / "out"))


def test_a_table_that_fits_says_nothing(forms, tmp_path):
    lay(forms, ONE, ONE)
    told = run(
        tmp_path / "out", forms=forms, papers=papers(tmp_path, f"{ONE},,stamped_form", f"{ONE},1,benefit_card_copy")
    )
    assert told["remarks"] == []
    assert "提示" not in openpyxl.load_workbook(tmp_path / "out" / "register.xlsx").sheetnames


def test_a_paper_that_came_before_its_form_counts_once_the_form_is_there(forms, tmp_path):
    lay(forms, ONE, ONE)
    table = papers(tmp_path, f"{OTHER},,stamped_form")
    assert len(run(tmp_path / "out", forms=forms, papers=table)["remarks"]) == 1
    lay(forms, OTHER, OTHER)
    assert run(tmp_path / "out", forms=forms, papers=None)["remarks"] == []
    assert Paper.objects.get().form_name == OTHER


@pytest.mark.parametrize("order", [(ONE, OTHER), (OTHER, ONE)])
def test_two_forms_of_one_name_are_told_apart_by_their_folders(forms, tmp_path, order):
    lay(forms, "甲/登记表.xlsx", order[0])
    lay(forms, "乙/登记表.xlsx", order[1])
    table = papers(
        tmp_path, "甲/登记表.xlsx,,stamped_form", "乙\\登记表.xlsx,1,benefit_card_copy", "登记表.xlsx,,stamped_form"
    )
    told = run(tmp_path / "out", forms=forms, papers=table)

    assert [code for code, _ in remarks(told)] == ["paper_form_ambiguous"]
    assert set(Paper.objects.values_list("form_name", "row_number")) == {("甲/登记表.xlsx", 0), ("乙/登记表.xlsx", 1)}
    names = {"甲/登记表.xlsx", "乙/登记表.xlsx"}
    assert {one["form"] for one in decisions(tmp_path / "out")} == names
    register = openpyxl.load_workbook(tmp_path / "out" / "register.xlsx")["各行"]
    assert {row[0] for row in register.iter_rows(min_row=2, values_only=True)} == names
    returned = {name for name in contents(tmp_path / "out") if name.startswith("returned/")}
    assert returned <= {f"returned/{name}" for name in names}
    assert returned


def test_a_name_that_is_unique_needs_no_folder_and_a_doubled_file_is_the_first(forms, tmp_path):
    lay(forms, "甲/登记表.xlsx", ONE)
    lay(forms, "乙/又一份.xlsx", ONE)
    table = papers(tmp_path, "登记表.xlsx,,stamped_form", "乙/又一份.xlsx,1,benefit_card_copy")
    assert run(tmp_path / "out", forms=forms, papers=table)["remarks"] == []
    (name,) = {one["form"] for one in decisions(tmp_path / "out")}
    assert set(Paper.objects.values_list("form_name", flat=True)) == {name}


def test_an_approver_of_a_county_leaves_the_others_and_that_is_said(tmp_path, capsys):
    run(tmp_path / "first", verified_by=None)
    appoint()
    assert commands.main(["officers", "add", "覃县", "--role", "approver", "--organisation", "450422"]) == 0
    told = run(tmp_path / "out", approved_by="覃县")
    shown = capsys.readouterr().out.replace("\n", "")

    left = Application.objects.filter(status="on_notice")
    assert left.count() > 0
    assert not left.filter(federation__code="450422").exists()
    assert Application.objects.filter(status="released", federation__code="450422").exists()
    assert told["stopped_at"] == "approval"
    (said,) = [zh for code, zh in remarks(told) if code == "outside_approver"]
    assert said.startswith(f"{left.count()} 件公示已满")
    assert "岑溪市总工会" in said
    assert "覃县" in said
    assert said[:40] in shown
    assert said[:40] in "".join(_report(tmp_path / "out"))
    # Who reaches the whole city finishes it.
    assert run(tmp_path / "out")["stopped_at"] is None


def test_a_releaser_of_a_county_leaves_the_others_and_that_is_said(tmp_path):
    run(tmp_path / "first", verified_by=None)
    appoint()
    assert commands.main(["officers", "add", "陈县", "--role", "finance", "--organisation", "450422"]) == 0
    told = run(tmp_path / "out", released_by="陈县")

    left = Application.objects.filter(status="approved")
    assert left.count() > 0
    assert not left.filter(federation__code="450422").exists()
    (said,) = [zh for code, zh in remarks(told) if code == "outside_releaser"]
    assert said.startswith(f"{left.count()} 件已批准，没有发放")
    assert "陈县" in said
    assert "--released-by" in said
    # Who reaches the whole city pays the rest.
    run(tmp_path / "out")
    assert not Application.objects.filter(status="approved").exists()


def _report(out):
    return [one.text for one in docx.Document(out / "report.docx").paragraphs]
