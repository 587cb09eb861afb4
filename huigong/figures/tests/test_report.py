"""report.docx: the summary of the campaign, every figure filled in and the same as elsewhere."""

from huigong.audit.queries import head
from huigong.figures import report
from huigong.figures.tests.sheets import words


def test_every_figure_is_filled_in(town):
    text, _ = words(report.as_paper, town.standing)
    for said in (
        "收到登记表3份、12行，立案10件，另有1行是同一户重复报送，已合并；退回修改1行，等人核实0行",
        "符合条件4件，缺材料2件，请负责人定3件，未通过1件",
        "共5个名额，已用3个，金额9,000元；候补1件，并列待定0件。候补的可争取：本级工会经费、社会捐助。",
        "集体研究批准2件、6,000元；已安排发放2件、6,000元，分1个批次。",
        "暂停发放1件请核对",
        f"留痕检查点：第{head().sequence}条，{head().digest}",
    ):
        assert said in text


def test_the_table_counts_by_federation(town):
    _, ((headings, *rows),) = words(report.as_paper, town.standing)
    assert headings == ["工会", "指标", "申请", "符合条件", "有名额", "已安排发放"]
    assert rows == [["梧州市总工会", "2", "0", "0", "0", "0"], ["藤县总工会", "3", "10", "4", "3", "2"]]


def test_it_is_signed_by_the_issuer_on_the_day(town):
    text, _ = words(report.as_paper, town.standing)
    assert text.rstrip().endswith("梧州市总工会\n2017年8月26日")
