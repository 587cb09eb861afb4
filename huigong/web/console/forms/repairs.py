"""What to call a problem when problems of one kind stand together: by what has to be done about it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TITLES: Mapping[str, str] = {
    "id_checksum": gettext_noop("身份证号不对"),
    "id_precision_lost": gettext_noop("身份证号后几位丢了"),
    "not_a_number": gettext_noop("收入不是数字"),
    "gender_mismatch": gettext_noop("性别与身份证号不一致"),
    "age_mismatch": gettext_noop("年龄与身份证号不一致"),
    "parent_too_young": gettext_noop("家长和孩子年龄不合"),
    "marks_piled": gettext_noop("叠了附加符号，认不出"),
    "too_long": gettext_noop("写得太长"),
    "phone_invalid": gettext_noop("电话不像号码"),
    "unit_unknown": gettext_noop("等认单位"),
    "id_lost": gettext_noop("档案里有号，待核对"),
}


def title(kind: str, label: str) -> str:
    """The heading of a group; what is missing is named by its column."""
    return _("缺%(column)s") % {"column": label} if kind == "missing" else _(TITLES.get(kind, kind))
