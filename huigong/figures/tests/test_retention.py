"""Papers are kept by what they belong to; one is erased after its day only, under no legal hold, and its digest stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from huigong.audit.queries import history
from huigong.casework.models import Scan
from huigong.documents import actions, storage
from huigong.documents import queries as documents
from huigong.documents.actions import Ground, Kept
from huigong.documents.models import Document
from huigong.figures import books
from huigong.figures.retention import FILE, NO_RULE, VOUCHER, kept_of
from huigong.organisations import actions as organisations
from huigong.organisations.models import SignedSheet
from huigong.payments.models import PaymentBatch
from huigong.registry.models import FileEntry, Household
from huigong.values.sentence import SaidError
from huigong.values.years import years_on
from huigong.vault.keys import WrongKeyError

OVER = Kept("会计凭证：30年", date(2047, 8, 1))
DAY = date(2017, 8, 7)
AFTER = datetime(2047, 8, 2, 1, tzinfo=UTC)
GROUND = Ground("信访复查", "梧信访〔2047〕3号")


def term(paper):
    """The rule and the last day; every rule has an English name."""
    kept = kept_of(paper)
    assert kept.rule_en
    return kept.rule, kept.until


@pytest.fixture
def paper(db, at):
    return actions.store(b"%PDF-1.4 voucher", name="回单.pdf", media_type="application/pdf", officer="chen", at=at)


def test_after_its_day_key_and_file_go_and_digest_and_event_stay(paper, django_capture_on_commit_callbacks):
    assert documents.content(paper) == b"%PDF-1.4 voucher"
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(paper, OVER, officer="qin", at=AFTER)
    assert not storage.path_of(paper).exists()
    with pytest.raises(SaidError, match="到期销毁"):
        documents.content(paper)
    assert Document.objects.get().sha256 == paper.sha256
    assert [(one.action, one.payload["sha256"]) for one in history(str(paper.pk))][-1] == (
        "document.erased",
        paper.sha256,
    )
    with pytest.raises(SaidError, match="已经销毁"):
        actions.erase(paper, OVER, officer="qin", at=AFTER)


def test_a_copy_of_the_file_opens_no_more(paper):
    copy = storage.path_of(paper).read_bytes()
    actions.erase(paper, OVER, officer="qin", at=AFTER)
    storage.path_of(paper).write_bytes(copy)
    with pytest.raises(WrongKeyError):
        storage.read(paper)


@pytest.mark.parametrize("kept", [OVER, Kept("没有规定保存多久", None)])
def test_before_its_day_or_without_a_rule_nothing_is_erased(paper, kept):
    with pytest.raises(SaidError, match="保存期没有满"):
        actions.erase(paper, kept, officer="qin", at=AFTER - timedelta(days=1))
    assert documents.content(paper)


def test_under_a_legal_hold_it_is_kept_until_another_person_lets_it_go(paper):
    hold = actions.keep_back(paper, GROUND, officer="liang", at=AFTER)
    with pytest.raises(SaidError, match="梧信访"):
        actions.erase(paper, OVER, officer="qin", at=AFTER)
    with pytest.raises(SaidError, match="另一个人"):
        actions.let_go(hold, officer="liang", at=AFTER)
    actions.let_go(hold, officer="qin", at=AFTER)
    actions.erase(paper, OVER, officer="qin", at=AFTER)
    assert [one.action for one in history(str(paper.pk))] == [
        "document.stored",
        "document.kept_back",
        "document.let_go",
        "document.erased",
    ]


def test_a_legal_hold_says_why_and_the_database_knows_two_hands(paper, at):
    with pytest.raises(SaidError, match="文号"):
        actions.keep_back(paper, Ground("信访复查", " "), officer="liang", at=at)
    hold = actions.keep_back(paper, GROUND, officer="liang", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(hold).objects.filter(pk=hold.pk).update(lifted_by="liang")


def test_what_belongs_to_a_file_is_kept_ten_years_from_its_removal_and_while_it_stands_for_ever(paper, town):
    assert term(paper) == (NO_RULE, None)
    home = town.of(1).household
    FileEntry.objects.create(
        household=home,
        data_key=home.data_key,
        kind="paper",
        on=date(2017, 8, 7),
        paper=paper,
        by="lu",
        at=town.office.at,
    )
    assert term(paper) == (FILE, None)
    Household.objects.filter(pk=home.pk).update(keep_until=date(2028, 3, 1))
    assert term(paper) == (FILE, date(2028, 3, 1))
    batch = PaymentBatch.objects.get()
    assert term(batch.document) == (VOUCHER, date(2047, 12, 31))  # from the end of the accounting year (第十四条)
    assert years_on(date(2016, 2, 29), 30) == date(2046, 3, 1)


@pytest.mark.parametrize("also", ["scan", "sheet"])
def test_what_something_without_a_rule_points_at_too_is_not_erased_with_the_file(paper, town, also):
    home, at = town.of(1).household, town.office.at
    FileEntry.objects.create(household=home, data_key=home.data_key, kind="paper", on=DAY, paper=paper, by="lu", at=at)
    Household.objects.filter(pk=home.pk).update(keep_until=date(2028, 3, 1))
    assert term(paper) == (FILE, date(2028, 3, 1))
    if also == "scan":
        Scan.objects.create(
            case_reference=town.of(1).reference, paper="a", document=paper, pages=1, added_by="lu", at=at
        )
    else:
        told = {
            "act": "enrol",
            "reference": "1",
            "organisation": home.federation,
            "entered_by": "huang",
            "entered_at": at,
        }
        SignedSheet.objects.create(number="QZ-1", leader=leader(home, at), signed_on=DAY, scan=paper, **told)
    assert term(paper) == (NO_RULE, None)
    with pytest.raises(SaidError, match="保存期没有满"):
        actions.erase(paper, kept_of(paper), officer="qin", at=AFTER)


def leader(home, at):
    return organisations.add_officer("覃二", role="approver", organisation=home.federation, by="system", at=at)


def test_the_books_hold_when_a_batchs_file_was_erased_in_its_time_and_only_then(
    town, django_capture_on_commit_callbacks
):
    document = PaymentBatch.objects.get().document
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase(document, kept_of(document), officer="qin", at=AFTER + timedelta(days=200))
    assert books.verify().holds
