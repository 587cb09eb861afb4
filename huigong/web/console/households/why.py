"""为什么是这个状态: one sentence on why a file stands where it stands, from what was entered about it."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from huigong.registry import this_time
from huigong.registry.joined import kept_in
from huigong.registry.lifecycle import CHECKED, DRAFT, ENROLLED, EXITED, MERGED, MOVING, ON_NOTICE, REPORTED, WORDS
from huigong.registry.models import FileEntry, Household
from huigong.web.console.words import said

Kind = FileEntry.Kind
_LED_TO: Mapping[str, tuple[Kind, ...]] = {
    DRAFT: (Kind.PUT_BACK,),
    REPORTED: (Kind.REPORTED, Kind.REOPENED, Kind.PUT_BACK),
    CHECKED: (Kind.CHECKED, Kind.PUT_BACK),
    ON_NOTICE: (Kind.NOTICE,),
    ENROLLED: (Kind.ENROLLED, Kind.MOVE_IN, Kind.DECLINED, Kind.CALLED_BACK),
    MOVING: (Kind.MOVE_OUT,),
    EXITED: (Kind.EXITED, Kind.TURNED_DOWN),
}
_NEXT = {
    DRAFT: ("填好后由单位上报", "the unit reports it once it is filled in"),
    REPORTED: (
        "入户调查、核对授权、民政核对三样记齐，才算核查完毕",
        "home visit, authorisation and civil affairs' answer are noted before the checks are done",
    ),
    CHECKED: ("还要公示五个工作日", "a notice of five working days is next"),
    ON_NOTICE: (
        "公示期满，由上报以外的人建档",
        "once the notice is over, another person than who reported it enrols it",
    ),
    MOVING: ("对方接收之前仍按在档办", "it stands here until the other union takes it"),
    EXITED: ("档案和原件从退出起保存十年（管理办法第十五条）", "file and originals are kept ten years (art. 15)"),
}


def why(household: Household, entries: Sequence[FileEntry], names: Mapping[str, str]) -> str:
    """What led here, by whom, on which day and with what outcome; and what is asked for next."""
    led = this_time.last_of(entries, *_LED_TO.get(household.status, ()))
    if led is None and household.status != DRAFT:
        return _told_from_outside(household)
    parts = [_entered(led, names)] if led else []
    if household.status == ENROLLED and (notice := this_time.last_of(entries, Kind.NOTICE)):
        parts.append(
            said(f"公示 {notice.on} 至 {notice.until}，已满", f"the notice hung from {notice.on} to {notice.until}")
        )
    if household.status in _NEXT:
        parts.append(said(*_NEXT[household.status]))
    return said("；".join(parts) + "。", "; ".join(parts) + ".")


def _entered(led: FileEntry, names: Mapping[str, str]) -> str:
    told = led.word and said(f"（{led.word}）", f" ({led.word})")
    kind = said(led.get_kind_display(), led.kind.replace("_", " "))
    until = said(f"，到 {led.until}", f", until {led.until}") if led.until else ""
    return said(f"{led.on} {names[led.by]}办了“{kind}”{told}{until}", f"{led.on} {names[led.by]}: {kind}{told}{until}")


def _told_from_outside(household: Household) -> str:
    """A registry, or a merge, said so: no step of its life here did."""
    into = kept_in(household)[-1]
    if household.status == MERGED and into != household:
        day = timezone.localdate(household.status_since)
        return said(f"{day} 并入了 {into.file_number}，一户一档。", f"Merged into {into.file_number} on {day}.")
    word = household.file_status or WORDS[household.status][0]
    return said(f"导入或并档时写的是“{word}”，这里没有办过相应的一步。", f"An import or a merge said “{word}”.")
