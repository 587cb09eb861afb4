"""The papers of an outcome: they come with it or later, are shown for a purpose on record, and are refused where they do not fit."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huigong.audit import queries as audit
from huigong.casework.tests.worked import picture
from huigong.documents.models import Document
from huigong.employment.models import Graduate
from huigong.web.tests.employment.sat_down import post

CONTRACT = {
    "kind": "employed",
    "on": "2017-08-07",
    "employer": "糖厂",
    "evidence": "contract",
    "evidence_on": "2017-08-07",
}


def test_a_paper_comes_with_its_outcome_and_is_shown_only_for_a_purpose_on_record(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-outcome", one, **CONTRACT, paper=SimpleUploadedFile("合同.png", picture()))
    outcome = one.outcomes.get()
    address = reverse("graduate-evidence", args=[one.pk, outcome.pk, 1])
    assert desk.get(address).status_code == 302
    assert desk.post(reverse("graduate-reveal", args=[one.pk]), {"field": f"paper.{outcome.pk}"}).status_code == 404
    assert not audit.looks(one.reference)
    page = post(desk, "graduate-reveal", one, field=f"paper.{outcome.pk}", purpose="work")
    assert address in page
    assert [told.payload for told in audit.looks(one.reference)] == [{"kind": "evidence", "purpose": "work"}]
    assert desk.get(address)["Content-Type"] == "image/png"
    assert desk.get(reverse("graduate-evidence", args=[one.pk, outcome.pk, 2])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"evidence_on": "2017-08-08"}, "不能晚于今天"),
        ({"evidence": ""}, "请选是哪一种"),
        ({"evidence": "admission"}, "证明不了这个去向"),
        ({"paper": SimpleUploadedFile("合同.png", b"no picture")}, "不是 pdf 或图片"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused_and_nothing_is_kept(desk, centre, changes, said):
    one = centre.graduate(1)
    paper = SimpleUploadedFile("合同.png", picture())
    assert said in post(desk, "graduate-outcome", one, **{**CONTRACT, "paper": paper, **changes})
    assert (one.outcomes.count(), Document.objects.count()) == (0, 0)


def test_evidence_that_comes_later_brings_its_paper(desk, centre):
    one = centre.graduate(1)
    post(desk, "graduate-outcome", one, **{**CONTRACT, "evidence": "own_word"})
    assert not Graduate.objects.get().proven
    told = {"evidence": "social_insurance", "evidence_on": "2017-08-07"}
    page = post(desk, "graduate-prove", one, **told, paper=SimpleUploadedFile("社保.png", picture()))
    assert "看凭据" in page
    assert Graduate.objects.get().proven


def test_a_kind_that_a_circular_adds_is_offered_and_counts_without_a_programmer(desk, centre):
    one = centre.graduate(1)
    row = {"list": "shows_employed", "code": "filing", "word": "就业登记备案表", "source": "梧工发〔2017〕30号"}
    desk.post(reverse("code-lists-keep"), {**row, "valid_from": "2017-08-01"})
    page = desk.get(reverse("graduate", args=[one.pk])).content.decode()
    work = page[page.index('<optgroup label="就业">') :].partition("</optgroup>")[0]
    assert "就业登记备案表" in work
    assert "录取通知书" not in work
    assert "就业登记备案表 2017-08-07" in post(desk, "graduate-outcome", one, **{**CONTRACT, "evidence": "filing"})
    assert Graduate.objects.get().proven
