"""Ways a value goes wrong between two desks, each with the name under which recall is told."""

from random import Random

from benchmarks.matching import frequencies
from benchmarks.matching.families import Student

_ALIKE = {sign: group.replace(sign, "") for group in frequencies.SOUND_ALIKE for sign in group if len(group) > 1}
_HAN = [sign for group in frequencies.SOUND_ALIKE for sign in group]


def of_id(kind: str, student: Student, random: Random) -> str:
    """The identity number as this kind of record has it."""
    number = student.id_number
    if kind == "id_15":  # such numbers were given until 1999; a few lists shorten later ones by themselves
        return number[:6] + number[8:17] if student.born.year < 2000 or random.random() < 0.25 else number
    if kind == "id_masked":
        return random.choice((f"{number[:4]}{'*' * 10}{number[-4:]}", f"{number[:6]}{'*' * 8}{number[-4:]}"))
    if kind == "id_substituted":
        return _substituted(number, random)
    if kind == "id_transposed":
        return _transposed(number, random)
    if kind == "id_two_errors":
        once = _substituted(number, random)
        return _transposed(once, random) if random.random() < 0.3 else _substituted(once, random)
    if kind == "id_of_sibling":
        others = [other.id_number for other in student.family.students if other is not student]
        return random.choice(others) if others else random.choice((student.family.father, student.family.mother))[1]
    if kind == "id_of_parent":
        return random.choice((student.family.father, student.family.mother))[1]
    return "" if kind == "id_missing" else number


def of_name(kind: str, name: str, random: Random) -> str:
    """The name as this kind of record has it; kinds that need something the name lacks leave it as it is."""
    if kind == "name_alike":
        places = [at for at, sign in enumerate(name) if at and sign in _ALIKE] or [0]
        at = random.choice(places) if random.random() < 0.92 else 0
        return name[:at] + random.choice(_ALIKE.get(name[at], name[at])) + name[at + 1 :]
    if kind == "name_traditional":
        return "".join(frequencies.TRADITIONAL.get(sign, sign) for sign in name)
    if kind == "name_masked":
        head = 2 if name[:2] in frequencies.SURNAMES else 1
        if len(name) - head == 2 and random.random() < 0.5:
            return name[:head] + "*" + name[-1]
        return name[:head] + "*" * max(1, len(name) - head)
    if kind == "name_wrong_sign":
        at = random.randrange(1, len(name))
        return name[:at] + random.choice(_HAN) + name[at + 1 :]
    if kind == "name_dots":
        return name.replace("·", random.choice(frequencies.DOTS[1:]))
    return name


def of_birth(kind: str, student: Student, random: Random) -> str:
    text = student.born.isoformat()
    if kind == "birth_miswritten":
        at = random.choice((3, 6, 9))
        return text[:at] + str((int(text[at]) + random.randint(1, 8)) % 10) + text[at + 1 :]
    if kind == "birth_styled":
        born = student.born
        return random.choice(
            (f"{born:%Y%m%d}", f"{born.year}年{born.month}月{born.day}日", f"{born:%Y.%m.%d}", f"{born:%Y/%m/%d}")
        )
    return "" if kind == "birth_missing" else text


def of_school(school: str, random: Random) -> str:
    for long, short in frequencies.SHORT.items():
        if school.endswith(long) and random.random() < 0.25:
            return school.removesuffix(long) + short
    return school


def is_short_of(written: str, school: str) -> bool:
    """Whether a written school is this one, whole or in its short form."""
    return written == school or any(
        written == school.removesuffix(long) + short for long, short in frequencies.SHORT.items()
    )


def _substituted(number: str, random: Random) -> str:
    at = random.randrange(17)
    return number[:at] + random.choice("0123456789".replace(number[at], "")) + number[at + 1 :]


def _transposed(number: str, random: Random) -> str:
    places = [at for at in range(16) if number[at] != number[at + 1]]
    at = random.choice(places)
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
