"""Every column of every table is held against history, or is declared free of truth with a reason (figures/books/free.py).

Each column is altered past its guards, as somebody with the database in hand does it, and the books must name the row.
"""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, models, transaction

from huigong.approvals import actions as approvals
from huigong.approvals.actions import BandRow, PaperBox
from huigong.audit.tests.kept import kept
from huigong.casework.tests.worked import worked
from huigong.circulars import calendar, plans
from huigong.documents import actions as documents
from huigong.employment.tests.served import served
from huigong.figures import books
from huigong.figures.books.free import FREE, is_free
from huigong.figures.tests.conftest import town  # noqa: F401  the fixture
from huigong.giving import actions as giving
from huigong.grievances import actions as grievances
from huigong.organisations import actions as organisations
from huigong.organisations.models import Organisation
from huigong.partners import actions as partners
from huigong.partners.actions.settling import keep_hits
from huigong.partners.models import Hit
from huigong.payments import actions as payments
from huigong.payments import profiles
from huigong.payments.models import PaymentBatch
from huigong.payments.queries import reasons_held
from huigong.publicnotices import actions as publicnotices
from huigong.publicnotices.models import PublicNotice
from huigong.quotas import actions as quotas
from huigong.quotas.models import FundSource
from huigong.registry.models import Household
from huigong.registry.tests.lives import lived
from huigong.studentaid import actions as studentaid
from huigong.studentaid.actions.revoking import Because, revoke
from huigong.studentaid.awards import standing_awards
from huigong.studentaid.models import Application, Revocation
from huigong.studentaid.tests.forms_to_sign import later, put, sign
from huigong.studentaid.tests.office import AFTER, SUGAR
from huigong.values import money
from huigong.values.money import Fen
from huigong.vault.fields import EncryptedTextField
from tests.architecture.test_glossary import own_models

HELD = [model for model in own_models() if f"{model.__name__}.*" not in FREE]


def others(field, stored, model):
    """Other values for a column, the likeliest first; the database may refuse some."""
    if isinstance(field, EncryptedTextField):
        return [bytes(stored[:-1]) + bytes([stored[-1] ^ 1])] if stored else [b"\x01" + bytes(40)]
    if field.is_relation:
        there = field.related_model._default_manager.values_list("pk", flat=True)
        return [*(one.hex for one in there if one.hex != str(stored).replace("-", "")), uuid.uuid4().hex]
    if isinstance(field, models.UUIDField):
        return [uuid.uuid4().hex]
    if isinstance(field, models.JSONField):
        return ['{"x": 1}']
    if isinstance(field, models.BooleanField):
        return [not stored]
    if isinstance(field, models.DateTimeField):
        return [datetime(2017, 1, 1, 1, 1, 1, tzinfo=UTC)]
    if isinstance(field, models.DateField):
        day = date.fromisoformat(str(stored)) if stored else date(2017, 9, 1)
        return [day + timedelta(days=1), day - timedelta(days=1)]
    if isinstance(field, models.IntegerField):
        return [(stored or 0) + 7]
    return [*(value for value, _ in field.choices or () if value != stored), f"{stored}x", f"{stored[:-1]}~"]


def altered(model, field):
    """Put another value into the column of a row; False where the database itself refuses that in every row."""
    name = connection.ops.quote_name
    table, column = name(model._meta.db_table), name(field.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM {table} ORDER BY {column} IS NULL, id DESC LIMIT 20")
        rows = cursor.fetchall()
    assert rows, f"the campaign has no {model.__name__} to alter"
    for key, value in ((key, value) for key, stored in rows for value in others(field, stored, model)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])
        except DatabaseError:
            continue
        return True
    return False


def unguarded():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (guard,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {guard}")
        else:
            # What the campaign wrote is checked first: a table with checks that are still to come is not altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for model in own_models():
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def silent(model):
    """Columns of a table that may be altered without the books saying so."""
    found = []
    for field in model._meta.concrete_fields:
        mark = transaction.savepoint()
        if altered(model, field) and books.verify().holds:
            found.append(field.attname)
        transaction.savepoint_rollback(mark)
    return found


def spend(office):
    """The bank's file is taken and allowed again; what follows goes to another bank."""
    batch = PaymentBatch.objects.get()
    payments.take_file(batch, officer=office.chen, at=office.at)
    payments.allow_again(batch, officer=office.qin, at=office.at)
    payments.agree(office.campaign, profiles.text_of("csv-plain"), officer="chen", at=office.at)
    # The first payment was not made, and the second one's paper is read by one person only so far.
    first = batch.payments.get(position=1)
    award = standing_awards().get(application__reference=first.case_reference)
    revoke(award, Because("objection", "二(四)", "G001"), officer="gong", at=office.at)
    line = f"1,{first.card.plain()},{first.payee_name},{money.in_yuan(first.fen)},,失败,限额"
    at = office.at + timedelta(days=22)
    payments.take_reply(batch, line.encode("gb18030"), name="回单.csv", officer=office.chen, at=at)
    office.allot(c450400=20)  # so many that a false number of issued ones is no more than are held
    quotas.move(
        office.campaign,
        FundSource.objects.get(),
        quotas.Places("issue", office.city, office.county, 1, "多"),
        officer="qin",
        at=at,
    )
    read = [payments.KeyedLine(2, "paid")]
    payments.key_reply(batch, b"scan", read, dated=at.date(), name="回单.jpg", officer=office.chen, at=at)


@pytest.fixture
@kept
def full(town):  # noqa: F811
    """A campaign in which every table has rows."""
    town.office.settle(town.of(6), "late")
    town.office.vouch()
    spend(town.office)
    worked(town.office.huang, town.office.qin, datetime(2017, 9, 1, 1, 0, tzinfo=UTC))
    lived(town.office.huang, datetime(2017, 9, 1, 2, 0, tzinfo=UTC))
    paper_and_people(town.office)
    exchanged(town.office)
    served(town.office)
    daylight(town.office)
    revoked(town.office)
    kept_and_erased(town.office)
    assert books.verify().holds
    return town


@pytest.fixture
def whole(full):
    """The same, and no guard stands any more."""
    unguarded()
    return full


def daylight(office):
    """A board whose statement was confirmed and that is empty again, and a page that somebody opened."""
    at = office.at + timedelta(days=30)
    notice = PublicNotice.objects.first()
    board = notice.postings.first()
    scan, photo = (
        documents.store(content, name=name, media_type="image/png", officer="lu", at=at)
        for content, name in ((b"\x89PNG statement", "说明.png"), (b"\x89PNG board", "现场.png"))
    )
    told = publicnotices.Statement(notice.first_day, notice.last_day, 1, scan, photo)
    publicnotices.enter_statement(board, told, clerk=office.lu, at=at)
    publicnotices.confirm_statement(board, clerk=office.huang, at=at)
    publicnotices.take_down(board, on=at.date(), officer=office.lu, at=at)
    publicnotices.check(notice, how="visit", outcome="shown", shown_digest="0" * 64, officer="public", at=at)
    told = grievances.Told(
        "objection", "web", "这家不困难，请核实", "某人", notice.number, notice.lines.first().case_reference
    )
    one = grievances.record(office.campaign, told, submission=uuid.UUID(int=1), officer="public", at=at)
    gift = giving.Gift("梧州糖业有限公司", Fen(5_000_000), "给大学新生", at.date())
    gift = giving.take_in(office.campaign, gift, officer=office.chen, at=at)
    giving.see(gift, officer=office.qin, at=at)
    wrong = giving.take_in(office.campaign, giving.Gift("某人", Fen(100), "", at.date()), officer=office.chen, at=at)
    giving.take_gift_back(wrong, reason="记了两次", officer=office.chen, at=at)
    for paper in ("工会经费第一笔", "工会经费第二笔"):
        came = giving.Came("own_union" if paper.endswith("一笔") else "own-union-2017", Fen(1_000), paper, at.date())
        came = giving.appropriate(office.campaign, came, officer=office.chen, at=at)
        giving.see(came, officer=office.qin, at=at)
    giving.take_back(came, reason="记错了来源", officer=office.chen, at=at)
    cited = {"valid_from": at.date(), "citation": "总工发〔2015〕20号（示例）", "officer": "qin", "at": at}
    quotas.keep_rule(gift.fund_source, "student_months", 10, **cited)
    gong = office.officer("龚", "approver")  # had no hand in the case
    case = {"case_reference": one.case_reference, "officer": office.qin, "at": at}
    assigned = studentaid.assign_grievance(one, gong, **case)
    answer = grievances.Answer("核实过了。", ["二(四)"])
    studentaid.answer_grievance(assigned, answer, upheld="no", officer=gong, at=at)


def revoked(office):
    """An award is taken back while its money is with the bank, which then does not pay it; another one's is owed."""
    at = office.at + timedelta(days=31)
    early = Revocation.objects.get(grievance="G001")
    studentaid.recover(early, studentaid.CameIn(at.date(), "收据017"), officer=office.chen, at=at)
    row = PaymentBatch.objects.get().payments.filter(status="released").last()
    line = f"{row.position},{row.card.plain()},{row.payee_name},{money.in_yuan(row.fen)},,成功,"
    payments.take_reply(row.batch, line.encode("gb18030"), name="回单二.csv", officer=office.chen, at=at)
    award = standing_awards().get(application__reference=row.case_reference)
    revocation = revoke(award, Because("objection", "二(四)", "G002"), officer="gong", at=at)
    part = studentaid.CameIn(at.date(), "收据018", Fen(100))
    studentaid.recover(revocation, part, officer=office.chen, at=at)
    decided = studentaid.GivenUp(at.date(), "梧工纪〔2017〕9号", "还不了")
    studentaid.write_off(revocation, decided, officer=office.qin, at=at)


def kept_and_erased(office):
    """A paper under a legal hold, one that was let go, a file under one, and a paper whose time was over."""
    at = datetime(2047, 9, 1, tzinfo=UTC)
    held, gone = (
        documents.store(content, name="件.png", media_type="image/png", officer="lu", at=office.at)
        for content in (b"\x89PNG held", b"\x89PNG gone")
    )
    for number in (1, 2):
        one = documents.keep_back(held, documents.Ground("信访复查", f"梧信访{number}号"), officer="liang", at=at)
    documents.let_go(one, officer="qin", at=at)
    documents.keep_file_back("GX0001", documents.Ground("信访复查", "梧信访3号"), officer="liang", at=at)
    documents.erase(gone, documents.Kept("会计凭证：30年", date(2047, 8, 7)), officer="qin", at=at)


def paper_and_people(office):
    """Rows of everything that people do among themselves: a unit that changed, an invitation, a hand-over, a signed sheet."""
    by, at = "su", office.at
    unit = Organisation.objects.get(name=SUGAR)
    organisations.rename(unit, f"{SUGAR}联合会", on=at.date(), paper="藤工发〔2017〕3号", officer=by, at=at)
    free = calendar.DayRow(date(2017, 9, 4), "holiday", "校庆", "藤政发〔2017〕1号")
    calendar.keep_days([free], officer=office.officer("苏", "administrator"), at=at)
    organisations.invite(office.county, role="preparer", until=None, by=by, at=at)
    leaver, successor = (office.officer(name, "finance", office.county) for name in ("农", "邓"))
    organisations.hand_over(
        leaver, successor, office.officer("甘", "auditor"), items=[("form", "名单.xlsx")], on=at.date(), by=by, at=at
    )
    scan = documents.store(b"%PDF-1.4 signed", name="签字单.pdf", media_type="application/pdf", officer=by, at=at)
    plan = {"paper": "藤工发〔2017〕9号", "filed_on": at.date(), "provisions": [("四(一)", "多做一些")], "scan": scan}
    plans.file_plan(office.campaign, office.circular, office.county, **plan, officer=by, at=at)
    told = {"act": "approve", "reference": office.campaign.code, "organisation": office.city, "signed_on": at.date()}
    approve_by_form(office)
    sheet = organisations.enter_sheet(office.qin, **told, minutes="2017-9", scan=scan, clerk=office.huang, at=at)
    organisations.confirm_sheet(sheet, clerk=office.chen, at=at)
    wrong = organisations.enter_sheet(
        office.qin, **told, minutes="2017-8", scan=scan, clerk=office.huang, at=at, matter="late"
    )
    organisations.reject_sheet(wrong, reason="日期抄错", clerk=office.chen, at=at)


def approve_by_form(office):
    """The case that was held is put to a decision and signed; a second factor is in force, another was withdrawn."""
    for reference, reason in reasons_held(one.reference for one in Application.objects.all()):
        payments.lift(reference, reason=reason, officer="qin", at=office.at)
    office.finance = office.officer("梁", "finance")
    at = office.at + timedelta(days=30)
    secrets = {who: organisations.new_secret() for who in (office.qin, office.chen)}
    for who, secret in secrets.items():
        organisations.enrol(who, secret, organisations.code_at(secret, at), at=at)
    organisations.withdraw_factor(office.chen, by="su", at=at)
    rows = [BandRow(10**9, ("handler", "finance", "deputy")), BandRow(None, ("handler", "finance", "deputy"))]
    told = {"valid_from": date(2017, 1, 1), "source": "示例", "officer": "su", "at": at}
    approvals.lay_bands(office.city, rows, **told)
    scan = documents.store(b"%PDF form", name="表.pdf", media_type="application/pdf", officer="su", at=at)
    form = put(office)
    approvals.enter_paper(form, [PaperBox("handler", office.huang, AFTER)], scan, clerk=office.chen, at=later(office))
    told = {"clerk": office.officer("蒙", "aid_centre"), "on": AFTER, "at": later(office)}
    studentaid.sign_from_paper(form, office.circular, **told)
    for who in (office.finance, office.qin):
        sign(office, form, who)


def exchanged(office):
    """Another department was asked and answered on paper; somebody of ours is on its list."""
    at, day = office.at, office.at.date()
    asked = partners.Asked("民政局", "金秋助学", "办法第五条", "函1号", 10, day, day)
    one = partners.invite(asked, officer=office.huang, at=at)
    paper = documents.store(b"%PDF-1.4 reply", name="复函.pdf", media_type="application/pdf", officer="huang", at=at)
    partners.note_reply(one, paper, on=day, fingerprint="AAAA BBBB", officer="huang", at=at)
    home = Household.objects.order_by("pk").first()
    hit = Hit(household=home, position=1, programme="低保", how="list", pattern=1, told="韦*")
    keep_hits(one, [hit], officer="huang", at=at)
    partners.dismiss(hit, officer="huang", at=at)


@pytest.mark.parametrize("model", HELD, ids=lambda model: model.__name__)
def test_no_column_is_altered_in_silence(whole, model):
    """A new column is told by the event of its row (the app's columns.py), or stands in free.py with a reason."""
    told = [f"{model.__name__}.{name}" for name in silent(model) if not is_free(model.__name__, name)]
    assert told == []


def test_a_column_that_no_event_tells_is_found(whole):
    """The guard itself: an officer's last sign-in is told by nobody."""
    officer = next(model for model in HELD if model.__name__ == "Officer")
    assert {"password", "last_login"} == set(silent(officer))


def test_the_database_refuses_only_what_its_constraints_forbid(whole):
    """No column goes unasked because a test knew no other value for it."""
    refused = set()
    for model in HELD:
        for field in model._meta.concrete_fields:
            mark = transaction.savepoint()
            if not altered(model, field):
                refused.add(f"{model.__name__}.{field.attname}")
            transaction.savepoint_rollback(mark)
    assert refused <= {"Transfer.of_id"}


def test_what_is_free_exists_and_says_why():
    columns = {f"{model.__name__}.{field.attname}" for model in own_models() for field in model._meta.concrete_fields}
    columns |= {f"{model.__name__}.*" for model in own_models()}
    assert FREE.keys() <= columns
    assert all(len(reason) > 15 for reason in FREE.values())
