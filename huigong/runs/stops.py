"""Where a run stops, and why: a person, a paper, a day or a supplement is missing. A stop is no fault."""

from huigong.circulars.models import Campaign
from huigong.rules.circular import Circular
from huigong.runs import steps
from huigong.runs.inputs import Inputs
from huigong.studentaid.lifecycle import ELIGIBLE, HOLDS_A_PLACE, TIED, WAITING
from huigong.studentaid.queries import number_of
from huigong.values.sentence import Sentence


class StopError(Exception):
    """The run ends at a step; `sentence` says what is missing and how to give it."""

    def __init__(self, at: str, sentence: Sentence) -> None:
        super().__init__(at)
        self.at, self.sentence = at, sentence


def stop_without_supplement(circular: Circular) -> None:
    lacking = steps.lacking(circular)
    if lacking:
        raise StopError(
            "supplement",
            Sentence(
                "supplement_missing",
                f"{circular.head.number} 没有写 {'、'.join(lacking)}，停在分名额前：请用 --supplement 给补充通知。",
                f"{circular.head.number} lays down no {', '.join(lacking)}: a supplement has to.",
            ),
        )


def stop_without_places(inputs: Inputs, campaign: Campaign) -> None:
    """Nobody has a place: told as missing papers where none were given."""
    if number_of(campaign, *HOLDS_A_PLACE):
        return
    if number_of(campaign, ELIGIBLE, WAITING, TIED):
        raise StopError(
            "quota",
            Sentence(
                "no_places",
                "符合条件的都没有名额（指标为零，或并列待定），停在公示前。",
                "Nobody who is eligible has a place (no places, or ties to be settled).",
            ),
        )
    hint = "" if inputs.papers is not None else "没有给 --papers，材料都算没交。"
    hint_en = "" if inputs.papers is not None else " No --papers were given, so no paper counts."
    raise StopError(
        "papers",
        Sentence(
            "nobody_eligible",
            f"没有一件符合条件，停在分名额前。{hint}缺什么、找谁，逐行写在登记台账里。",
            f"No case is eligible.{hint_en} The register says for every row what is missing.",
        ),
    )


def no_notice_day() -> StopError:
    return StopError(
        "public_notice",
        Sentence(
            "no_notice_day",
            "没有给公示起始日，停在公示前：请用 --notice-from 写明。",
            "No first day of the public notice was given: --notice-from names it.",
        ),
    )


def in_window(campaign: Campaign) -> StopError:
    notice = campaign.public_notices.order_by("-last_day").first()
    assert notice is not None, "only what was published waits for its window"
    sentence = Sentence(
        "in_window",
        f"公示 {notice.number} 到 {notice.last_day} 止（当天还算），期满后再用更晚的 --as-of 运行。",
        f"Notice {notice.number} hangs until {notice.last_day}, included; run again with a later --as-of.",
    )
    return StopError("public_notice", sentence)
