"""Freeze what the files say of every union (二(一)), and take in the sheets on which unions say otherwise."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from huigong.annexes.readings import FormReading
from huigong.audit import actions as audit
from huigong.documents.models import Document
from huigong.organisations.models import Organisation
from huigong.registry.columns import SURVEY, SURVEY_LINE, SURVEY_NAME, SURVEY_REPLY
from huigong.registry.models import Survey, SurveyLine, SurveyName, SurveyReply
from huigong.registry.survey_names import CHILDREN, COUNTS, Counted, counted
from huigong.registry.surveying import line_named
from huigong.values.sentence import SaidError, Sentence


@transaction.atomic
def freeze(federation: Organisation, *, on: date | None = None, officer: str, at: datetime) -> Survey:
    """One more survey as of today, with the names behind its counts. Raises SaidError for another day, and where no file
    stands: a sheet of nothing says nothing.
    """
    locked, today = Organisation.objects.select_for_update().get(pk=federation.pk), timezone.localdate(at)
    _refuse_other_day(locked, on or today, today)
    found = counted(locked, on=today)
    if not found:
        raise SaidError(
            Sentence(
                "survey_of_nothing",
                f"{locked.name}还没有在档的档案，没有可摸底的；先建档或导入档案（二(一)）。",
                f"{locked.name} has no file that stands: build or import files first.",
            )
        )
    last = Survey.objects.filter(federation=locked).aggregate(Max("number"))["number__max"] or 0
    survey = Survey(federation=locked, number=last + 1, on=today, by=officer, at=at)
    survey.save(force_insert=True)
    lines = [_line(survey, one) for one in found]
    told = {"unions": len(lines), "columns": SURVEY.told(survey), "lines": SURVEY_LINE.told(*in_order(lines))}
    audit.record("survey.frozen", subject=subject_of(survey), officer=officer, at=at, payload=told)
    return survey


def _refuse_other_day(federation: Organisation, on: date, today: date) -> None:
    """A file says who is at school or at work now, and keeps no day on which that began: of another day nothing is counted,
    since the figure would look like that day's and be today's (decision 323).
    """
    if on == today:
        return
    before = Survey.objects.filter(federation=federation, on__lte=on).order_by("on", "number").last()
    zh = f"那天以前最近定下的是 {before.on} 第 {before.number} 次，请用那一次" if before else "那天以前没有摸过底"
    en = (
        f"the last one by then is number {before.number} of {before.on}: use that"
        if before
        else "none was made by then"
    )
    raise SaidError(
        Sentence(
            "survey_of_another_day",
            f"没有摸底：只能定今天（{today}）的数，{on} 的数不出来。档案只记着子女现在就读、就业的情况；{zh}。",
            f"No survey was made: only today ({today}) can be counted, not {on}. Files say who is at school or at work now; {en}.",
        )
    )


def _line(survey: Survey, found: Counted) -> SurveyLine:
    """The line of one union, with everybody whom it counts."""
    line = SurveyLine(survey=survey, union_id=found.union_id, **found.counts)
    names = [
        SurveyName(
            line_id=line.pk,
            place=place,
            household_id=one.household_id,
            position=one.position,
            name=one.name,
            **dict(zip(CHILDREN, one.counted, strict=True)),
        )
        for place, one in enumerate(found.names, 1)
    ]
    line.names_sealed = SURVEY_NAME.told(*names)
    line.save(force_insert=True)
    SurveyName.objects.bulk_create(names, batch_size=1000)
    return line


@transaction.atomic
def take_back(
    lines: Sequence[SurveyLine], reading: FormReading, sheet: Document, *, officer: str, at: datetime
) -> list[SurveyReply]:
    """What a filled sheet says of these lines. Raises SaidError where it names a union that is not among them."""
    made = list[SurveyReply]()
    for row in reading.rows:
        name = str(row.values.get("union_name") or "")
        line = line_named(lines, name)
        if line is None:
            raise SaidError(
                Sentence(
                    "survey_union_unknown",
                    f"第 {row.number} 行“{name[:30]}”不在这次摸底里（或不归您管），整张没有收。请照打印出来的工会名称写。",
                    f"Row {row.number}, “{name[:30]}”, is not in this survey or not yours: nothing was taken.",
                )
            )
        made.append(SurveyReply(line=line, sheet=sheet, by=officer, at=at, **{n: row.values.get(n) for n in COUNTS}))
    if len({one.line_id for one in made}) != len(made):
        raise SaidError(
            Sentence(
                "survey_union_twice",
                "同一个工会写了两行，不知道以哪一行为准，整张没有收。请留一行。",
                "A union stands in two rows: nothing was taken. Keep one.",
            )
        )
    for one in made:
        one.save(force_insert=True)
        told = {"reply": str(one.pk), "columns": SURVEY_REPLY.told(one)}
        audit.record("survey.answered", subject=subject_of(one.line.survey), officer=officer, at=at, payload=told)
    return made


def subject_of(survey: Survey) -> str:
    return f"survey:{survey.federation.code}-{survey.number}"


def in_order(lines: Sequence[SurveyLine]) -> list[SurveyLine]:
    """The lines of a survey as their digest takes them."""
    return sorted(lines, key=lambda line: line.pk)
