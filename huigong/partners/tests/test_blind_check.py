"""A blind check from invitation to destroyed keys: both learn whom both have and nothing else; whatever does not fit is refused."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from huigong.audit import queries as audit
from huigong.partners import actions, blindcheck
from huigong.partners.models import Exchange, Hit
from huigong.partners.tests.conftest import DELETE, child
from huigong.registry.models import AidGiven
from huigong.registry.queries import Need, overlaps
from huigong.registry.tests.stored import everything_stored
from huigong.values.sentence import SaidError
from huigong.vault import actions as vault
from huigong.vault import blind
from huigong.vault.models import DataKey

BY = {"officer": "huang"}


@pytest.fixture
def learnt(exchange, blinded, department, at):
    answer = actions.answer(exchange, blinded, **BY, at=at)
    actions.learn(exchange, department.result(answer), **BY, at=at)
    return Exchange.objects.get(pk=exchange.pk)


def test_both_learn_whom_both_have_and_under_which_programme(learnt, department, families):
    assert department.both == 2
    told = (department.folder / "重合.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[1:] == ["2,韦小雨,教育救助,在档，近一年未资助,身份证号相同", "3,,低保,在档，近一年未资助,身份证号相同"]
    hits = Hit.objects.order_by("household__file_number").values_list("household__file_number", "programme", "how")
    assert list(hits) == [("GX1", "教育救助", "id"), ("GX2", "低保", "id")]
    assert (learnt.ours, learnt.theirs, learnt.status) == (4, 3, "learnt")


def test_no_name_and_no_number_is_in_any_file_of_the_exchange(exchange, blinded, department, at):
    answer = actions.answer(exchange, blinded, **BY, at=at)
    result = department.result(answer)
    for content in (blinded, answer, result):
        assert not any(text.encode() in content for text in ("韦小雨", "莫雪", child(1), child(1)[6:14]))


def test_the_points_of_one_exchange_say_nothing_in_another(exchange, blinded):
    values = [child(1)]
    secret = blindcheck.new_secret()
    one, other = (blindcheck.blinded(secret, name, "id", values) for name in ("PX-1", "PX-2"))
    assert one != other


def test_the_same_list_again_gives_the_same_answer(exchange, blinded, at):
    first = actions.answer(exchange, blinded, **BY, at=at)
    assert actions.answer(exchange, blinded, **BY, at=at) == first


def test_a_second_list_gets_no_answer_so_nobody_searches_a_population_list_by_list(exchange, blinded, department, at):
    first = actions.answer(exchange, blinded, **BY, at=at)
    with pytest.raises(SaidError, match="这是另一份，没有收"):
        actions.answer(exchange, forged(department, blindcheck.to_points("x", "id", ["1"])), **BY, at=at)
    assert actions.answer(exchange, blinded, **BY, at=at) == first
    assert Exchange.objects.get(pk=exchange.pk).theirs == 3


def test_the_same_list_gets_the_same_answer_when_our_files_changed_since(exchange, blinded, families, department, at):
    """A result names places of the answer that went out: another one behind it would name other people."""
    first = actions.answer(exchange, blinded, **BY, at=at)
    families[1].members.update(is_in_file=False)
    assert actions.answer(exchange, blinded, **BY, at=at) == first
    actions.learn(exchange, department.result(first), **BY, at=at)
    assert set(Hit.objects.values_list("household__file_number", flat=True)) == {"GX1", "GX2"}


def test_what_was_exchanged_is_unreadable_afterwards_and_what_was_found_stays(learnt, at):
    key = learnt.data_key_id
    assert DataKey.objects.filter(pk=key).exists()
    actions.end(learnt, **BY, at=at)
    ended = Exchange.objects.get(pk=learnt.pk)
    assert (ended.status, ended.secret, ended.data_key_id) == ("ended", None, None)
    assert not DataKey.objects.filter(pk=key).exists()
    assert Hit.objects.count() == 2
    with pytest.raises(SaidError, match="密钥已销毁"):
        actions.learn(ended, b"{}", **BY, at=at)


def test_the_day_of_deletion_ends_it_by_itself(learnt, at):
    assert actions.end_due(on=DELETE - timedelta(days=1), officer="system", at=at) == 0
    assert actions.end_due(on=DELETE, officer="system", at=at) == 1


def test_the_database_keeps_no_secret_of_an_ended_exchange(learnt, at):
    actions.end(learnt, **BY, at=at)
    key = vault.new_data_key()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.filter(pk=learnt.pk).update(data_key=key)


def test_every_step_is_an_event_with_basis_and_digest_and_no_person(learnt, exchange, at):
    actions.end(learnt, **BY, at=at)
    told = [one.action for one in audit.history(exchange.number) if one.action.startswith("exchange")]
    assert told == [f"exchange.{word}" for word in ("invited", "replied", "answered", "learnt", "ended")]
    assert "韦小雨" not in str([one.payload for one in audit.history(exchange.number)])


def test_neither_our_secret_nor_our_list_stands_readable_in_the_database(learnt):
    signer = json.loads(learnt.secret.plain())["signer"]
    assert signer.encode() not in everything_stored()


def test_a_hit_goes_into_the_record_of_aid_for_this_child_once(learnt, at):
    hit = Hit.objects.get(household__file_number="GX1")
    actions.take(hit, "教育救助", fen=80_000, on=at.date(), **BY, at=at)
    with pytest.raises(SaidError, match="已经定过"):
        actions.dismiss(hit, **BY, at=at)
    row = AidGiven.objects.get()
    assert (row.giver, row.kind, row.fen) == ("梧州市民政局", "教育救助", 80_000)
    index = blind.index("resident_id", child(1))
    need = Need("schooling-2017", "schooling", 2017, {index: hit.household_id})
    assert [one.how for one in overlaps(need)[index]] == ["same_person"]


@pytest.mark.parametrize("given", [{"fen": 0}, {"kind": ""}, {"on": DELETE}])
def test_aid_without_amount_kind_or_day_is_asked_for(learnt, at, given):
    told = {"kind": "教育救助", "fen": 1, "on": at.date()} | given
    with pytest.raises(SaidError, match="金额大于 0"):
        actions.take(Hit.objects.first(), told.pop("kind"), **told, **BY, at=at)
    assert AidGiven.objects.count() == 0


# What does not fit


def stays(exchange):
    """Nothing was written."""
    row = Exchange.objects.get(pk=exchange.pk)
    return (row.status, row.ours, Hit.objects.count()) == ("invited", None, 0)


def test_an_altered_byte_is_refused(exchange, blinded, at):
    for place in range(40, len(blinded), len(blinded) // 12):
        altered = blinded[:place] + bytes([blinded[place] ^ 1]) + blinded[place + 1 :]
        with pytest.raises(SaidError):
            actions.answer(exchange, altered, **BY, at=at)
    assert stays(exchange)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe\x00", b"null", b'{"kind": "list"}'])
def test_what_is_no_file_of_a_blind_check_is_refused(exchange, blinded, at, content):
    with pytest.raises(SaidError, match="这不是盲比的文件"):
        actions.answer(exchange, content, **BY, at=at)


def test_a_list_of_another_exchange_is_refused(exchange, blinded, asked, huang, department, at):
    second = actions.invite(asked, officer=huang, at=at)
    other = department.list(actions.invitation_of(second))
    Exchange.objects.filter(pk=exchange.pk).update(fingerprint=department.fingerprint)
    with pytest.raises(SaidError, match="另一次比对"):
        actions.answer(exchange, other, **BY, at=at)
    assert stays(exchange)


def test_a_list_signed_by_another_key_than_the_paper_says_is_refused(exchange, blinded, department, at):
    other = department.list(actions.invitation_of(exchange))  # a new key, which nobody has read out
    with pytest.raises(SaidError, match="指纹和复函上写的不一样"):
        actions.answer(exchange, other, **BY, at=at)


def test_without_a_paper_answer_nothing_is_compared(exchange, department, at):
    content = department.list(actions.invitation_of(exchange))
    with pytest.raises(SaidError, match="先记下对方的复函"):
        actions.answer(exchange, content, **BY, at=at)


def test_after_the_last_day_nothing_is_taken(exchange, blinded, at):
    with pytest.raises(SaidError, match="邀请只到"):
        actions.answer(exchange, blinded, **BY, at=at + timedelta(days=90))


def forged(department, points, **more):
    """A list signed by the department's own key whose points are these."""
    kept = json.loads((department.folder / "钥匙.json").read_text())
    sections = [blindcheck.Section("低保", "id", points)]
    body = {**blindcheck._about(department.invited), "sections": blindcheck._told(sections), **more}
    return blindcheck.written(blindcheck.LIST, body, bytes.fromhex(kept["signer"]))


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ([blindcheck.hashlib.sha256(b"x").digest()[:31] + b"\x00"] * 2, "重复"),
        ([bytes(32)], "阶太小"),
        ([b"\x01" + bytes(31)], "阶太小"),
        ([b"\xff" * 32], "写法不对"),
    ],
)
def test_repeated_points_and_points_that_no_tool_makes_are_refused(exchange, blinded, department, at, points, why):
    with pytest.raises(SaidError, match=why):
        actions.answer(exchange, forged(department, points), **BY, at=at)
    assert stays(exchange)


def test_a_tool_that_makes_numbers_plain_in_another_way_is_refused(exchange, blinded, department, at):
    content = forged(department, [], normalisation="0" * 64)
    with pytest.raises(SaidError, match="整理号码和姓名的办法不一样"):
        actions.answer(exchange, content, **BY, at=at)


def test_a_list_of_an_older_tool_is_refused_and_told_to_begin_anew(exchange, blinded, department, at, monkeypatch):
    monkeypatch.setattr(blindcheck, "VERSION", "huigong.blindcheck.v1")
    old = department.list(actions.invitation_of(exchange))
    monkeypatch.undo()
    with pytest.raises(SaidError, match=r"工具的另一版做的.*从头做一次"):
        actions.answer(exchange, old, **BY, at=at)
    assert stays(exchange)


def test_more_people_than_agreed_are_refused(exchange, blinded, department, at):
    points = [number.to_bytes(32, "big") for number in range(1001)]
    with pytest.raises(SaidError, match="超过邀请写明的上限"):
        actions.answer(exchange, forged(department, points), **BY, at=at)


def test_a_result_before_an_answer_and_a_second_result_are_refused(exchange, blinded, department, at):
    with pytest.raises(SaidError, match="还没有应答"):
        actions.learn(exchange, b"{}", **BY, at=at)
    result = department.result(actions.answer(exchange, blinded, **BY, at=at))
    actions.learn(exchange, result, **BY, at=at)
    with pytest.raises(SaidError, match="收一次结果"):
        actions.learn(exchange, result, **BY, at=at)


def test_a_result_of_another_shape_is_refused(exchange, blinded, department, at):
    actions.answer(exchange, blinded, **BY, at=at)
    kept = json.loads((department.folder / "钥匙.json").read_text())
    result = blindcheck.result_file([], department.invited, bytes.fromhex(kept["signer"]))
    with pytest.raises(SaidError, match="返回的点数"):
        actions.learn(exchange, result, **BY, at=at)
    assert Exchange.objects.get(pk=exchange.pk).status == "answered"


@pytest.mark.parametrize(
    "given",
    [{"partner": " "}, {"basis": ""}, {"letter_number": ""}, {"most": 0}, {"most": 200_000}, {"delete_on": None}],
)
def test_without_basis_or_limits_no_exchange_begins(families, asked, huang, at, given):
    if given.get("delete_on", "") is None:
        given = {"delete_on": asked.until - timedelta(days=1)}
    with pytest.raises(SaidError):
        actions.invite(replace(asked, **given), officer=huang, at=at)
    assert Exchange.objects.count() == 0


def test_no_exchange_is_deleted(learnt):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partners_exchange")
