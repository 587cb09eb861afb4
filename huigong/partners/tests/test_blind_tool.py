"""The tool alone: known answers of the group, one way to make a number plain in both houses, and the other office's desk."""

import subprocess
import sys
from pathlib import Path

import pytest

from huigong.partners import blindcheck
from huigong.partners.blindcheck import BlindError, Row, Section
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CHILD = "45042219990312284" + blindcheck.check_digit("45042219990312284")


def test_multiplying_gives_the_published_answer():
    """NIST CAVS 14.1, ECDH primitive, P-256, COUNT = 0."""
    x = bytes.fromhex("700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287")
    secret = 0x7D7DC5F71EB29DDAF80D6214632EEAE03D9058AF1FB6D22ED80BADB62BC1A534
    z = bytes.fromhex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b")
    assert blindcheck.blinded_again(secret, [x]) == [z]


def test_a_value_becomes_the_same_point_for_ever():
    """What version 1 of the tool makes: another answer is another version, since old files would find nobody."""
    numbers = blindcheck.to_point("PX-450400-2017-001", "id", CHILD).public_numbers()
    assert numbers.y**2 % P == (numbers.x**3 - 3 * numbers.x + B) % P
    said = b"huigong.blindcheck.v1|PX-450400-2017-001|id|" + CHILD.encode() + b"|"
    tried = [blindcheck.hashlib.sha256(said + bytes([attempt])).digest() for attempt in range(256)]
    first = next(one for one in tried if is_x(int.from_bytes(one, "big")))
    assert numbers.x == int.from_bytes(first, "big")


def is_x(x):
    """Whether a point has this x: by Euler, independent of the library."""
    return x < P and pow((x**3 - 3 * x + B) % P, (P - 1) // 2, P) in {0, 1}


def test_the_order_of_secrets_does_not_matter_and_every_point_has_full_order():
    one, other = blindcheck.new_secret(), blindcheck.new_secret()
    point = blindcheck.blinded(one, "E", "id", [CHILD])
    assert blindcheck.blinded_again(other, point) == blindcheck.blinded_again(
        one, blindcheck.blinded(other, "E", "id", [CHILD])
    )
    # The group's order is a prime and its cofactor one: n−1 times a point is the point's mirror, which has the same x.
    assert blindcheck.blinded_again(N - 1, point) == point


def test_two_processes_give_what_one_gives():
    values = [f"{number}" for number in range(3100)]
    secret = blindcheck.new_secret()
    assert blindcheck.blinded(secret, "E", "id", values) == blindcheck._blind_some(values, secret, "E", "id")


@pytest.mark.parametrize(
    "text",
    [CHILD, "450422990312284", f"４５０４２２{CHILD[6:]}", f"450422 19990312 {CHILD[-4:]}", "45042219990312284Y", "", "不是号码", "123", CHILD[:-1] + ("0" if CHILD[-1] != "0" else "1")],
)  # fmt: skip
def test_a_number_is_made_plain_as_the_house_does_it(text):
    try:
        house = ResidentId.parse(text).plain()
    except WrongValueError:
        house = ""
    assert blindcheck.plain_number(text) == house


def test_names_of_one_person_meet_in_spite_of_one_wrong_character():
    one, other = blindcheck.names_of("韦小雨", CHILD), blindcheck.names_of("韦晓雨", CHILD)
    assert set(one) & set(other)
    assert not set(one) & set(blindcheck.names_of("韦小雨", "450422200003122841"))
    assert blindcheck.names_of("", CHILD) == []


def test_a_name_finds_who_has_another_number_and_the_number_goes_first():
    mine = [Section("", "id", [b"a" * 32, b"b" * 32]), Section("", "name", [b"c" * 32])]
    theirs = [Section("低保", "id", [b"b" * 32]), Section("低保", "name", [b"c" * 32])]
    assert blindcheck.hits(mine, theirs) == [(0, 1, "低保", "id"), (1, 0, "低保", "name")]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "不是名单"),
        ([Row("随便写的")] * 9, "不是名单"),
        ([Row("4.50422E+17")] * 3, "末几位已经丢了"),
        ([Row("450422199903122845.0")] * 3, "末几位已经丢了"),
        ([Row(CHILD)] * 11, "这次最多 10 人"),
    ],
)
def test_a_list_that_is_none_is_refused_in_a_sentence(rows, why):
    with pytest.raises(BlindError, match=why):
        blindcheck.sections_of(rows, {"most": 10, "exchange": "E"}, 7, with_names=False)


def desk(folder, *words):
    tool = folder / "盲比工具.py"
    tool.write_bytes(Path(blindcheck.__file__).read_bytes())
    ran = subprocess.run(
        [sys.executable, "-I", str(tool), *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def test_the_tool_runs_alone_beside_nothing_of_huigong(tmp_path):
    """Copied to another desk, with Chinese file names, from the list to the overlap; its key is gone afterwards."""
    signer = blindcheck.new_signer()
    content = blindcheck.invitation(
        exchange="PX-1", ours="梧州市总工会", theirs="民政局", basis="函", most=10, until="2017-12-31", signer=signer
    )
    (tmp_path / "邀请.json").write_bytes(content)
    (tmp_path / "名单.csv").write_bytes(f"身份证号码,姓名,项目\n{CHILD},韦小雨,低保\n".encode("gb18030"))
    code, said = desk(tmp_path, "出名单", "邀请.json", "名单.csv")
    assert (code, "我方指纹" in said) == (0, True)
    invited = blindcheck.opened(content, blindcheck.INVITATION)
    theirs = blindcheck.sections_in(blindcheck.opened((tmp_path / "盲名单.json").read_bytes(), "list"), invited)
    secret = blindcheck.new_secret()
    ours = blindcheck.sections_of([Row(CHILD, "韦小雨", "金秋助学")], invited, secret, with_names=True)
    answer = blindcheck.answer_file(ours, blindcheck.again(theirs, secret), invited, signer)
    (tmp_path / "应答.json").write_bytes(answer)
    code, said = desk(tmp_path, "看结果", "邀请.json", "钥匙.json", "应答.json", "名单.csv")
    assert (code, "两边都有的 1 人" in said) == (0, True)
    assert "韦小雨,低保,金秋助学,身份证号相同" in (tmp_path / "重合.csv").read_text(encoding="utf-8-sig")
    assert not (tmp_path / "钥匙.json").exists()
    assert desk(tmp_path, "出名单", "没有.json", "名单.csv")[0] == 2
    assert desk(tmp_path)[0] == 2
