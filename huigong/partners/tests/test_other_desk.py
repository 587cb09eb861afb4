"""The other office's desk: the tool as it is handed out, in a process of its own, and what it does not do in silence."""

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from huigong.partners import blindcheck
from huigong.partners.blindcheck import BlindError, Row, Section

CHILD, OTHER = (body + blindcheck.check_digit(body) for body in ("45042219990312284", "45042219990312306"))
ROWS = [Row(CHILD, "韦小雨", "低保"), Row(OTHER, "韦小雪", "低保")]
DAY = date(2026, 11, 28)


class Desk:
    """A folder with an invitation; our side answers whatever list lies in it."""

    def __init__(self, folder, *, most=10, until="2999-12-31"):
        self.folder, self.signer = folder, blindcheck.new_signer()
        told = {"exchange": "PX-1", "ours": "梧州市总工会", "theirs": "民政局", "basis": "函"}
        content = blindcheck.invitation(**told, most=most, until=until, signer=self.signer)
        (folder / "邀请.json").write_bytes(content)
        self.invited = blindcheck.opened(content, blindcheck.INVITATION)

    def make(self, rows=ROWS, today=DAY):
        return blindcheck.make_list(self.folder, self.invited, rows, today=today)

    def answer(self, *ours):
        told = blindcheck.opened((self.folder / "盲名单.json").read_bytes(), blindcheck.LIST)
        secret = blindcheck.new_secret()
        again = blindcheck.again(blindcheck.sections_in(told, self.invited), secret)
        rows = ours or [Row(CHILD, "韦小雨", "金秋助学")]
        made = blindcheck.sections_of(rows, self.invited, secret, with_names=True)
        listed = blindcheck.digest(told)
        content = blindcheck.answer_file(made, again, self.invited, self.signer, listed=listed)
        (self.folder / "应答.json").write_bytes(content)
        return content

    def take(self, answer, rows=ROWS, key=None):
        key = (self.folder / "钥匙.json").read_bytes() if key is None else key
        return blindcheck.take_answer(self.folder, self.invited, key, answer, rows)

    def overlap(self):
        with (self.folder / "重合.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))[1:]

    def run(self, *words):
        """The tool as it lies there, copied beside nothing of Huigong."""
        tool = self.folder / "盲比工具.py"
        tool.write_bytes(Path(blindcheck.__file__).read_bytes())
        called = [sys.executable, "-I", str(tool), *words]
        ran = subprocess.run(called, cwd=self.folder, capture_output=True, text=True, check=False)
        assert "Traceback" not in ran.stderr
        return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def other(tmp_path):
    return Desk(tmp_path)


def test_the_tool_runs_alone_from_the_list_to_the_overlap_and_its_key_is_gone(other, tmp_path):
    (tmp_path / "名单.csv").write_bytes(f"身份证号码,姓名,项目\n{CHILD},韦小雨,低保\n".encode("gb18030"))
    code, said = other.run("出名单", "邀请.json", "名单.csv")
    assert (code, "我方指纹" in said) == (0, True)
    other.answer()
    code, said = other.run("看结果", "邀请.json", "钥匙.json", "应答.json", "名单.csv")
    assert (code, "两边都有的 1 人" in said) == (0, True)
    assert other.overlap() == [["2", "韦小雨", "低保", "金秋助学", "身份证号相同"]]
    assert not (tmp_path / "钥匙.json").exists()
    assert other.run("出名单", "没有.json", "名单.csv")[0] == 2
    assert other.run()[0] == 2


def test_the_first_step_is_not_done_again_over_the_key_of_the_first(other):
    other.make()
    answer, kept = other.answer(), (other.folder / "钥匙.json").read_bytes()
    with pytest.raises(BlindError, match="没有重做"):
        other.make()
    assert (other.folder / "钥匙.json").read_bytes() == kept
    assert other.take(answer) == 1


def test_an_answer_to_another_list_than_the_keys_is_refused_and_not_called_nobody(other):
    other.make()
    answer = other.answer()
    (other.folder / "钥匙.json").unlink()
    other.make()
    with pytest.raises(BlindError, match="另一份盲名单"):
        other.take(answer)
    assert not (other.folder / "重合.csv").exists()


@pytest.mark.parametrize("rows", [ROWS[::-1], ROWS[:1], [ROWS[0], Row(OTHER, "韦小霜", "低保")]])
def test_a_list_that_was_sorted_or_altered_since_names_nobody(other, rows):
    other.make()
    answer = other.answer()
    with pytest.raises(BlindError, match="改过、增减过或重新排过序"):
        other.take(answer, rows)
    assert not (other.folder / "结果.json").exists()


@pytest.mark.parametrize("key", [b"xx", b"{}", b"[]", b"null", b"\xff", b'{"secret": "x", "sections": []}'])
def test_a_key_file_of_rubbish_is_told_in_a_sentence(other, key):
    other.make()
    answer = other.answer()
    with pytest.raises(BlindError, match="从头做"):
        other.take(answer, key=key)


def test_the_command_tells_a_broken_key_too(other, tmp_path):
    (tmp_path / "名单.csv").write_text(f"身份证号码\n{CHILD}\n", encoding="utf-8")
    other.run("出名单", "邀请.json", "名单.csv")
    other.answer()
    (tmp_path / "坏.json").write_bytes(b"xx")
    assert other.run("看结果", "邀请.json", "坏.json", "应答.json", "名单.csv")[0] == 1


def test_an_invitation_that_is_over_makes_no_list(tmp_path):
    other = Desk(tmp_path, until="2026-11-27")
    with pytest.raises(BlindError, match="邀请只到 2026-11-27"):
        other.make()
    assert not (tmp_path / "钥匙.json").exists()


def test_a_long_programme_is_cut_and_goes_the_whole_way(other):
    rows = [Row(CHILD, "韦小雨", "很长的项目名" * 12)]
    other.make(rows)
    assert other.take(other.answer(), rows) == 1


def test_what_the_other_side_wrote_is_text_in_the_spreadsheet_and_stays_in_its_cell(other):
    other.make()
    other.take(other.answer(Row(CHILD, "韦小雨", '=HYPERLINK("http://x","点我"),第二列')))
    assert other.overlap() == [["2", "韦小雨", "低保", '\'=HYPERLINK("http://x","点我"),第二列', "身份证号相同"]]


def test_every_programme_of_a_person_is_told(other):
    other.make()
    other.take(other.answer(Row(CHILD, "韦小雨", "金秋助学"), Row(CHILD, "韦小雨", "医疗救助")))
    assert [line[3] for line in other.overlap()] == ["医疗救助", "金秋助学"]


def test_a_mistyped_number_is_found_by_its_name_and_a_twin_is_not(other):
    slip = CHILD[:15] + ("9" if CHILD[15] != "9" else "8") + CHILD[16:]
    rows = [Row(slip, "韦小雨", "低保"), *(Row(OTHER, name, "低保") for name in ("韦小雪", "莫雪"))]
    other.make(rows)
    assert other.take(other.answer(), rows) == 1
    assert other.overlap() == [["2", "韦小雨", "低保", "金秋助学", "姓名相同，出生日期或号码相近，请人看"]]


@pytest.mark.parametrize(("by", "count", "why"), [("id", 6, "超过"), ("name", 16, "超过"), ("phone", 1, "读不出来")])
def test_no_file_brings_more_points_than_the_invitation_allows(tmp_path, by, count, why):
    other = Desk(tmp_path, most=5)
    section = Section("低保", by, [number.to_bytes(32, "little") for number in range(2, 2 + count)])
    told = {**blindcheck._about(other.invited), "sections": blindcheck._told([section])}
    with pytest.raises(BlindError, match=why):
        blindcheck.sections_in(told, other.invited)
