"""The eight federations of the invented city and the units under them, each unit's name only once."""

from dataclasses import dataclass
from random import Random

FEDERATIONS = {
    "450400": ("梧州市总工会本级", "梧州市"),
    "450403": ("万秀区总工会", "万秀区"),
    "450405": ("长洲区总工会", "长洲区"),
    "450406": ("龙圩区总工会", "龙圩区"),
    "450421": ("苍梧县总工会", "苍梧县"),
    "450422": ("藤县总工会", "藤县"),
    "450423": ("蒙山县总工会", "蒙山县"),
    "450481": ("岑溪市总工会", "岑溪市"),
}
PLACES = tuple(place for code, (_, place) in FEDERATIONS.items() if code != "450400")
_TRADES = (
    "松脂", "茶叶", "陶瓷", "印刷", "机械", "木材", "水泥", "纺织", "粮油", "化肥", "钛白", "船舶", "食品", "制冰",
    "玻璃", "皮革", "电池", "蜂产品", "罐头", "六堡茶", "宝石", "针织", "汽运", "水运", "建筑", "园林", "环卫", "供水",
)  # fmt: skip
_KINDS = (
    "厂",
    "有限公司",
    "公司",
    "总站",
    "合作社",
    "集团",
    "第一分厂",
    "第二分厂",
    "服务站",
    "经营部",
    "工程队",
    "仓库",
)
_TOWNS = ("大坡", "河口", "古龙", "新地", "金鸡", "和平", "水口", "岭脚", "归义", "筋竹", "长发", "倒水")


@dataclass(frozen=True)
class Unit:
    """A submitting unit: its union's name on the form, its employer's name in the registry, and its federation."""

    name: str
    employer: str
    federation_code: str


def units(random: Random, *, count: int) -> list[Unit]:
    """`count` different units over all federations, the city's own among them."""
    named = [
        (f"{place}{trade}{kind}", code)
        for code, (_, place) in FEDERATIONS.items()
        for trade in _TRADES
        for kind in _KINDS
    ]
    chosen = random.sample(named, min(count, len(named)))
    made = [Unit(f"{employer}工会", employer, code) for employer, code in chosen]
    for number, code in enumerate([unit.federation_code for unit in made]):
        if number % 12 == 5 and code != "450400":  # towns and streets hand in for those without a unit of their own
            union = f"{FEDERATIONS[code][1]}{_TOWNS[number // 12 % len(_TOWNS)]}镇{number // 144 or ''}工会联合会"
            made[number] = Unit(union, union, code)
    return made
