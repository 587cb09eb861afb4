"""The report and the board sheet are taken as PDF/A beside their Word files, for a purpose on record."""

import pytest
from django.urls import reverse

from huigong.audit.queries import history
from huigong.publicnotices.models import NoticePosting


@pytest.mark.parametrize("name", ["report.pdf", "public-notice.pdf"])
def test_a_paper_is_downloaded_as_pdf_and_that_is_on_record(sit, work, name):
    client, code = sit(work.huang), work.campaign.code
    assert name in client.get(reverse("downloads", args=[code])).content.decode()
    answer = client.post(reverse("download", args=[code, name]), {"purpose": "archive"})
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert history(code)[-1].payload["name"] == name


def test_the_sheet_of_one_board_as_pdf(sit, work):
    board = NoticePosting.objects.filter(kind="board").first()
    answer = sit(work.huang).get(reverse("posting-paper", args=[board.pk, "board-pdf"]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer["Content-Disposition"].endswith('-board.pdf"')
