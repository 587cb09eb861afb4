"""The tool alone: known answers of the group, one way to make a number plain in both houses, and the other office's desk."""

import pytest
from nacl import bindings

from huigong.matching.signs import variants
from huigong.partners import blindcheck
from huigong.partners.blindcheck import BlindError, Row, Section
from huigong.values.resident_id import ResidentId
from huigong.values.sentence import WrongValueError

P = 2**255 - 19
A = 486662
ORDER = 2**252 + 27742317777372353535851937790883648493
CHILD = "45042219990312284" + blindcheck.check_digit("45042219990312284")


def le(number):
    return number.to_bytes(32, "little")


def test_multiplying_gives_the_published_answer():
    """RFC 7748, 5.2, the first vector of X25519."""
    secret = bytes.fromhex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    u = bytes.fromhex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    answer = bytes.fromhex("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
    assert blindcheck.blinded_again(int.from_bytes(secret, "little"), [u]) == [answer]


@pytest.mark.parametrize(
    ("field", "u"),
    [
        ("608d892b641f0328523802a6603427c26e55e6f27e71a91a478148d45b5093cd", "1bb913f0c9daefa0b3375378ffa534bda5526c97391952a7789eb976edfe4d08"),
        ("46f5b22494bfeaa7f232cc8d054be68561af50230234d7d1d63d1d9abeca8da5", "7c22950b7d900fa866334262fcaea47a441a578df43b894b4625c9b450f9a026"),
        ("235fe40c443766ce7e18111c33862d66c3b33267efa50d50f9e8e5d252a40aaa", "31ad08a8b0deeb2a4d8b0206ca25f567ab4e042746f792f4b7973f3ae2096c52"),
    ],
)  # fmt: skip
def test_the_map_into_the_group_gives_the_published_points(field, u):
    """RFC 9380, J.4.2, curve25519_XMD:SHA-512_ELL2_NU_: from the field element u[0] to P.x, cofactor cleared."""
    made = blindcheck.crypto_core_ed25519_from_uniform(le(int(field, 16)))
    assert blindcheck.as_u([made]) == [le(int(u, 16))]


def test_a_value_becomes_the_same_point_for_ever():
    """What version 3 of the tool makes: another answer is another version, since old files would find nobody."""
    digest = blindcheck.hashlib.sha256(b"huigong.blindcheck.v3|PX-450400-2017-001|id|" + CHILD.encode()).digest()
    field = int.from_bytes(digest, "little") % 2**255 % P
    assert blindcheck.to_points("PX-450400-2017-001", "id", [CHILD]) == [le(times(8, elligator(field)))]


def elligator(r):
    """RFC 9380, 6.7.1, in plain integers and with Euler's criterion, independent of the library."""
    v = -A * pow(1 + 2 * r * r, -1, P) % P
    return v if on_curve(v) else (-v - A) % P


def on_curve(u):
    return pow((u**3 + A * u * u + u) % P, (P - 1) // 2, P) in {0, 1}


def times(scalar, u):
    """The ladder of RFC 7748 without clamping; 0 for the neutral element too."""
    x2, z2, x3, z3 = 1, 0, u, 1
    for bit in f"{scalar:b}":
        if bit == "1":
            x2, z2, x3, z3 = x3, z3, x2, z2
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        x3, z3 = (d * a + c * b) ** 2 % P, u * (d * a - c * b) ** 2 % P
        e = (a * a - b * b) % P
        x2, z2 = a * a * b * b % P, e * (a * a + 121665 * e) % P
        if bit == "1":
            x2, z2, x3, z3 = x3, z3, x2, z2
    return x2 * pow(z2, -1, P) % P if z2 else 0


def test_every_value_becomes_a_point_of_the_prime_order_group_and_none_of_the_twist():
    """A point of the twist would show a bit of the number behind it however often it was multiplied."""
    for point in blindcheck.to_points("E", "id", [f"{number}" for number in range(40)]):
        u = int.from_bytes(point, "little")
        assert (on_curve(u), times(ORDER, u), times(8, u) != 0) == (True, 0, True)


def test_multiplying_is_the_ladder_over_the_clamped_secret():
    secret, [point] = blindcheck.new_secret(), blindcheck.to_points("E", "id", [CHILD])
    clamped = secret % 2**254 // 8 * 8 + 2**254
    assert blindcheck.blinded_again(secret, [point]) == [le(times(clamped, int.from_bytes(point, "little")))]


def test_the_order_of_secrets_does_not_matter():
    one, other = blindcheck.new_secret(), blindcheck.new_secret()
    assert one != other
    assert blindcheck.blinded_again(other, blindcheck.blinded(one, "E", "id", [CHILD])) == blindcheck.blinded_again(
        one, blindcheck.blinded(other, "E", "id", [CHILD])
    )


SMALL = (
    0,
    1,
    P - 1,
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)


@pytest.mark.parametrize("u", SMALL)
def test_a_point_of_small_order_is_refused(u):
    assert times(8, u) == 0
    with pytest.raises(BlindError, match="阶太小"):
        blindcheck.blinded_again(blindcheck.new_secret(), [le(9), le(u)])


@pytest.mark.parametrize("point", [le(P), le(P + 9), le(9 + 2**255), b"\xff" * 32, b"\x09"])
def test_a_point_written_in_another_way_is_refused(point):
    """9 and 9 + p and 9 with the top bit are one point to the library, so one person could stand twice in a list."""
    with pytest.raises(BlindError, match="写法不对"):
        blindcheck.blinded_again(blindcheck.new_secret(), [point])


def test_a_point_off_by_one_of_small_order_meets_its_twin_when_multiplied():
    """A point of order eight added to an honest one is another point until it is multiplied: then it is a repeated one."""
    made = blindcheck.crypto_core_ed25519_from_uniform(b"\x01" * 32)
    small = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
    twin = bindings.crypto_core_ed25519_add(made, small)
    pair = Section("低保", "id", blindcheck.as_u([made, twin]))
    blindcheck.refuse_repeated([pair])
    with pytest.raises(BlindError, match="重复"):
        blindcheck.again([pair], blindcheck.new_secret())


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_file_of_an_older_version_is_refused_and_told_what_to_do(version):
    told = {"version": f"huigong.blindcheck.{version}", "kind": "list", "signer": "AAAA", "signature": "AAAA"}
    content = blindcheck.json.dumps(told).encode()
    with pytest.raises(BlindError, match=rf"工具的另一版做的（huigong\.blindcheck\.{version}.*从头做一次"):
        blindcheck.opened(content, blindcheck.LIST)


def test_a_version_of_half_a_character_is_refused_in_a_sentence_that_can_be_shown():
    content = b'{"version": "\\ud800v2", "kind": "list", "signer": "AAAA", "signature": "AAAA"}'
    with pytest.raises(BlindError, match="工具的另一版做的") as refused:
        blindcheck.opened(content, blindcheck.LIST)
    assert "ud800v2" in str(refused.value).encode().decode()


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"version": "huigong.blindcheck.v3", "signer": "AAAA", "signature": "\\ud800"}']
)
def test_what_is_no_file_of_a_blind_check_is_refused_whatever_it_is(content):
    with pytest.raises(BlindError, match="这不是盲比的文件"):
        blindcheck.opened(content, blindcheck.LIST)


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


def meet(one, other):
    return bool(set(blindcheck.names_of(one)) & set(blindcheck.names_of(other)))


@pytest.mark.parametrize("place", range(18))
def test_one_digit_mistyped_anywhere_in_a_number_is_found_by_the_same_name(place):
    digit = "1" if CHILD[place] != "1" else "2"
    typed = CHILD[:place] + digit + CHILD[place + 1 :]
    assert blindcheck.plain_number(typed) == ""
    assert meet(Row(CHILD, "韦小雨"), Row(typed, "韋 小·雨"))


@pytest.mark.parametrize("place", [place for place in range(17) if CHILD[place] != CHILD[place + 1]])
def test_two_digits_that_changed_places_are_found_where_both_are_of_one_piece(place):
    """Across the borders of area, year and month, day and end only a birth date of its own helps."""
    typed = CHILD[:place] + CHILD[place + 1] + CHILD[place] + CHILD[place + 2 :]
    row = Row(typed, "韦小雨", born="1999-03-12" if place in {5, 11} else "")
    assert meet(Row(CHILD, "韦小雨"), row)


@pytest.mark.parametrize(
    "born", ["1999-3-12", "1999年03月12日", "19990312", "１９９９．３．１２", "1999/3/12 00:00:00"]
)
def test_a_birth_date_of_its_own_finds_somebody_with_no_number_or_a_parents(born):
    assert meet(Row(CHILD, "韦小雨"), Row("", "韦小雨", born=born))
    assert meet(Row(CHILD, "韦小雨"), Row("450422197011051153", "韦小雨", born=born))


@pytest.mark.parametrize("other", ["韦小雪", "韦大雨", "韦晓", "韦**", "韦*雨", "韦", ""])
def test_a_twin_and_whoever_else_bears_another_name_is_not_named(other):
    twin = "45042219990312306" + blindcheck.check_digit("45042219990312306")
    assert not meet(Row(CHILD, "韦小雨"), Row(twin, other))
    assert not meet(Row(CHILD, "韦小雨"), Row(CHILD[:-1] + "?", other, born="1999-03-12"))


def test_a_namesake_of_another_day_is_not_named():
    other = "45042220000312286" + blindcheck.check_digit("45042220000312286")
    assert not meet(Row(CHILD, "韦小雨"), Row(other, "韦小雨"))


def test_traditional_characters_are_those_that_the_house_folds():
    assert {chr(one): chr(plain) for one, plain in blindcheck._PLAIN.items()}.items() <= variants().items()


def test_a_name_never_has_more_points_than_are_allowed():
    assert len(blindcheck.names_of(Row(CHILD, "阿依古丽·买买提", born="1999-03-12"))) == blindcheck.FORMS


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
