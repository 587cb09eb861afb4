"""Publish a circular, open a campaign under it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from huigong.audit import actions as audit
from huigong.circulars.columns import CAMPAIGN, VERSION
from huigong.circulars.models import Campaign, CircularVersion
from huigong.organisations.models import Organisation
from huigong.rules import checking, loading
from huigong.rules.circular import Circular
from huigong.rules.problems import WrongCircularError
from huigong.values.case_reference import GRADUATE_EMPLOYMENT, STUDENT_AID
from huigong.values.sentence import SaidError, Sentence

_PROGRAMMES = {"student_aid": STUDENT_AID, "graduate_employment": GRADUATE_EMPLOYMENT}


class OtherCampaignError(SaidError):
    """The campaign is open already, under another circular or with other days."""


def publish(directory: Path, supplements: Sequence[Path] = (), *, officer: str, at: datetime) -> CircularVersion:
    """Freeze a circular with its supplements; the same texts are one version. Raises WrongCircularError."""
    circular = loading.load(directory, supplements)
    problems = checking.check(circular)
    if problems:
        raise WrongCircularError(problems)
    return publish_loaded(circular, [path.name for path in supplements], officer=officer, at=at)


@transaction.atomic
def publish_loaded(circular: Circular, supplements: Sequence[str], *, officer: str, at: datetime) -> CircularVersion:
    """Freeze a circular that was loaded and checked."""
    version, new = CircularVersion.objects.get_or_create(
        digest=circular.digest,
        defaults={
            "slug": circular.head.slug,
            "number": circular.head.number,
            "texts": dict(circular.texts),
            "supplements": list(supplements),
            "published_at": at,
        },
    )
    if new:
        audit.record(
            "circular.published",
            subject=circular.head.slug,
            officer=officer,
            at=at,
            payload={"digest": circular.digest, "supplements": len(supplements), "columns": VERSION.told(version)},
        )
    return version


@transaction.atomic
def open_campaign(
    version: CircularVersion,
    circular: Circular,
    federation: Organisation,
    *,
    received_on: date | None,
    notice_from: date | None,
    officer: str,
    at: datetime,
    may_supplement: Callable[[Campaign], bool] = lambda _campaign: False,
) -> Campaign:
    """The campaign of this circular's programme and year in a city. Opened again with the same days it is the same one.

    Raises OtherCampaignError where it is open under another circular or with other days: those that were promised stand.
    A day that was not given before may be added; one that stands is never changed. So may a supplement after those that
    stand, while `may_supplement` says that nothing was promised under the circular yet.
    """
    head = circular.head
    code = f"{_PROGRAMMES[head.programme]}-{federation.code}-{head.year}"
    kept = Campaign.objects.select_for_update().select_related("version").filter(code=code).first()
    if kept is None:
        kept = Campaign.objects.create(
            code=code,
            version=version,
            federation=federation,
            programme=head.programme,
            year=head.year,
            first_day=head.first_day,
            last_day=head.last_day,
            received_on=received_on,
            notice_from=notice_from,
        )
        audit.record("campaign.opened", subject=code, officer=officer, at=at, payload=_told(kept))
        return kept
    if kept.version_id != version.id:
        if not (_adds(kept.version, version) and may_supplement(kept)):
            raise OtherCampaignError(_other_circular(kept, version))
        kept.version, kept.first_day, kept.last_day = version, head.first_day, head.last_day
        kept.save(update_fields=["version", "first_day", "last_day"])
        audit.record("campaign.supplemented", subject=code, officer=officer, at=at, payload=_told(kept))
    for name, zh, day in (("received_on", "收表日期", received_on), ("notice_from", "公示起始日", notice_from)):
        _add_day(kept, name, zh, day, officer=officer, at=at)
    return kept


@transaction.atomic
def date_notice(campaign: Campaign, day: date, *, officer: str, at: datetime) -> None:
    """Set the first day of the campaign's public notice. Raises OtherCampaignError where another day stands."""
    kept = Campaign.objects.select_for_update().get(pk=campaign.pk)
    _add_day(kept, "notice_from", "公示起始日", day, officer=officer, at=at)
    campaign.notice_from = kept.notice_from


def _adds(stands: CircularVersion, given: CircularVersion) -> bool:
    """Whether what is given is what stands, word for word, with supplements after it."""
    begins = given.supplements[: len(stands.supplements)] == stands.supplements
    return begins and len(given.supplements) > len(stands.supplements) and stands.texts.items() <= given.texts.items()


def _add_day(campaign: Campaign, name: str, zh: str, day: date | None, *, officer: str, at: datetime) -> None:
    standing = getattr(campaign, name)
    if day is None or standing == day:
        return
    if standing is not None:
        raise OtherCampaignError(
            Sentence(
                "other_day",
                f"活动 {campaign.code} 的{zh}已定为 {standing}，这次给的是 {day}。已定的日期不改；要改请另发补充通知。",
                f"Campaign {campaign.code} stands with {name} {standing}, not {day}. Days that stand are not changed; "
                "issue a supplement.",
            )
        )
    setattr(campaign, name, day)
    campaign.save(update_fields=[name])
    told = {name: day.isoformat(), "columns": CAMPAIGN.told(campaign)}
    audit.record("campaign.dated", subject=campaign.code, officer=officer, at=at, payload=told)


def _told(campaign: Campaign) -> dict[str, str]:
    days = {
        name: value.isoformat()
        for name in ("first_day", "last_day", "received_on", "notice_from")
        if (value := getattr(campaign, name)) is not None
    }
    return {"circular": campaign.version.digest, **days, "columns": CAMPAIGN.told(campaign)}


def _other_circular(campaign: Campaign, version: CircularVersion) -> Sentence:
    """What stands and what was given, file by file, and what to do: a running campaign keeps its circular."""
    stands, given = campaign.version, version
    texts = sorted(stands.texts.keys() | given.texts.keys())
    lacks = [name for name in texts if name not in given.texts]
    fresh = [name for name in texts if name not in stands.texts]
    altered = [name for name in texts if name in stands.texts and name in given.texts]
    altered = [name for name in altered if stands.texts[name] != given.texts[name]]
    parts = [("这次没有", "not given now", lacks), ("这次新给", "new now", fresh), ("内容改过", "altered", altered)]
    differs = "；".join(f"{zh} {'、'.join(names)}" for zh, _, names in parts if names) or "补充通知的次序不同"
    differs_en = (
        "; ".join(f"{en}: {', '.join(names)}" for _, en, names in parts if names) or "supplements in other order"
    )
    return Sentence(
        "other_circular",
        f"活动 {campaign.code} 按 {stands.number}（{stands.digest[:12]}）开展，这次给的（{given.digest[:12]}）不是同一份："
        f"{differs}。办理中的活动不换通知；名额分下去以前可以在后面加补充通知。已有的数据没有动。"
        "请照原来的通知和补充通知再运行；要用新的，请换一个数据文件夹（HUIGONG_HOME）从头办。",
        f"Campaign {campaign.code} runs under {stands.number} ({stands.digest[:12]}); what was given "
        f"({given.digest[:12]}) is not the same: {differs_en}. A running campaign keeps its circular; a supplement may be "
        "added while no place is given. Nothing was changed. Run with the circular and supplements of before; to use others, begin in another data folder "
        "(HUIGONG_HOME).",
    )
