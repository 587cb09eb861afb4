"""One sentence says why an application stands where it stands: one finding whole, several as a list."""

import pytest

from huigong.studentaid.queries import findings_of
from huigong.studentaid.reasons import why
from huigong.studentaid.tests.office import LATE, WEI, Family


def said(office, reference="SA-450422-2017-00001"):
    one = office.case(reference)
    return why(one, findings_of([one]).get(one.pk, ()))


def test_who_is_not_decided_is_not_told_that_all_is_met(wei):
    assert said(wei).sentence.zh == "已交：还没有认定。"


def test_one_missing_paper_is_told_whole(office):
    office.file(WEI)
    office.send(WEI.row(), stamped=False)
    office.vouch()
    assert said(office).sentence.zh == (
        "缺材料：盖章登记表：否。按五(三)还要补：现在只有电子表，请补交盖了公章的登记表。"
    )
    assert said(office).clauses == ("五(三)",)


def test_several_missing_things_are_listed_with_their_clauses(office):
    """Without a file, what would stand in the file is not counted: building it is one thing to do."""
    office.send(WEI.row(), papers=("admission_letter",), stamped=False)
    office.vouch()
    assert said(office).sentence.zh == (
        "缺材料：还差 3 样：家庭已建档（五(二)）、盖章登记表（五(三)）、惠工卡复印件（附件1(四)）。"
    )
    assert said(office).sentence.en == (
        "Incomplete: 3 things are missing: Household on file (五(二)), Stamped form (五(三)), "
        "Copy of the benefit card (附件1(四))."
    )
    assert said(office).clauses == ("五(二)", "五(三)", "附件1(四)")


def test_what_is_not_known_says_so_in_the_list(office):
    office.file(WEI)
    office.send(WEI.row(admission="2017年8月被某某学院录取"), stamped=False)
    office.vouch()
    assert said(office).sentence.zh == (
        "缺材料：还差 3 样：盖章登记表（五(三)）、就读阶段还不清楚（五(二)）、各处写的就读阶段一致还不清楚（五(二)）。"
    )


def test_one_question_is_told_whole_and_asks_for_a_leader_once(office):
    office.file(WEI)
    office.send(WEI.row(), received=LATE)
    office.vouch()
    told = said(office).sentence.zh
    assert told.startswith("请负责人定：按时报送：2017年8月14日（截止2017年8月10日，当天算在内），与五(三)不合。")
    assert told.count("请负责人定") == 1


def test_questions_and_missing_things_stand_apart(office):
    office.file(households=[WEI.household(优惠证审核="2017年上半年审核未通过")], members=[WEI.member()])
    office.send(WEI.row(), received=LATE, stamped=False)
    office.vouch()
    assert said(office).sentence.zh == (
        "请负责人定：2 件：优惠证审核（五(一)）、按时报送（五(三)）。另差 1 样：盖章登记表（五(三)）。"
    )


def test_who_is_refused_reads_the_reason_whole_and_nothing_to_bring(office):
    """A paper that is missing too would send somebody on a way for nothing."""
    office.file(households=[WEI.household()], members=[WEI.member(当前学历="初中", 就读学校="藤县第二初级中学")])
    office.send(WEI.row(admission="2016年9月被藤县第二初级中学录取"), stamped=False, papers=())
    office.vouch()
    told = said(office)
    assert told.sentence.zh.startswith("未通过：就读阶段：初中（范围：")
    assert "可向学校申请国家资助" in told.sentence.zh
    assert "盖章" not in told.sentence.zh
    assert told.clauses == ("五(二)",)


@pytest.mark.parametrize(("step", "head"), [("shared", "有名额"), ("published", "公示中"), ("released", "已安排发放")])
def test_who_has_a_place_reads_the_rank(wei, step, head):
    wei.carry(step)
    assert said(wei).sentence.zh == f"{head}：各条都符合，在藤县总工会排第 1 名。"


def test_who_is_tied_reads_what_is_to_be_decided_once(office):
    office.allot(c450422=1)
    office.file(WEI, Family(2))
    office.send(WEI.row(), Family(2).row())
    office.carry("shared")
    told = said(office).sentence.zh
    assert told.startswith("并列，请负责人定：各条都符合，在藤县总工会排第 1 名。")
    assert told.count("请负责人定") == 1
