"""Household files with their members, the school register, and aid that was given."""

from collections.abc import Iterator
from dataclasses import replace

from huigong.audit import queries as audit
from huigong.audit.queries import Told
from huigong.figures.books.looking import Look, Now, Pairs, beside, last, payload, said, stands, together
from huigong.ledger import queries as ledger
from huigong.ledger.queries import RECOVERED_PART
from huigong.registry import code_lists
from huigong.registry.actions import surveying
from huigong.registry.actions.aid_elsewhere import ELSEWHERE, MISTAKE
from huigong.registry.actions.assess import replays
from huigong.registry.actions.schools import in_order
from huigong.registry.columns import (
    AID,
    AID_RETURN,
    ASSESSMENT,
    CODE_WORD,
    DUMP,
    ENTRY,
    GROUP,
    HOUSEHOLD,
    KEYING,
    KINSHIP,
    LIKENESS,
    MEASURE,
    MEMBER,
    MERGE,
    SCHOOL,
    SURVEY,
    SURVEY_LINE,
    SURVEY_NAME,
    SURVEY_REPLY,
)
from huigong.registry.lifecycle import MOVED, status_of
from huigong.registry.models import (
    AidGiven,
    AidReturn,
    Assessment,
    CodeWord,
    FileEntry,
    Household,
    KeyGroup,
    Keying,
    Kinship,
    Likeness,
    Measure,
    Member,
    Merge,
    NationalDump,
    School,
    Survey,
    SurveyLine,
    SurveyReply,
)
from huigong.vault import actions as vault

_ZH, _EN = "困难职工家庭", "Household file"
_AT_A_TIME = 500
_GAVE_BACK = ("void", "reversal")
# Events that tell every column of a file and its members.
FILE_TOLD = ("household.imported", "household.amended", "file.drafted", "file.moved")


def files() -> Iterator[Look]:
    told, seen = _files_told(), set[str]()
    moved = _moved()
    vault.warm(Household.objects.values_list("data_key_id", flat=True))
    chosen = Household.objects.order_by("file_number").prefetch_related("members")
    for household in chosen.iterator(chunk_size=_AT_A_TIME):
        seen.add(household.file_number)
        members = tuple(sorted(household.members.all(), key=_place))
        sealed = ((HOUSEHOLD, "columns", (household,)), (MEMBER, "members", members))
        number = household.file_number
        # A file's own word tells its state; since when it stands there is told by the event that moved it.
        since = moved.get(number)
        pairs = said(
            ("status", household.status, status_of(household.file_status)),
            ("status_since", household.status_since, since.at if since else household.status_since),
        )
        yield Look(number, _ZH, _EN, Now(number, number, pairs, sealed), told.get(number))
    for key in sorted(told.keys() - seen):
        yield Look(key, _ZH, _EN, None, told[key])


def _files_told() -> dict[str, Told]:
    """The last event that told a file's columns. A move that an import made tells none: the import itself follows it."""
    return {
        told.subject: told
        for told in audit.told_of(*FILE_TOLD)
        if told.action != "file.moved" or "columns" in told.payload
    }


def _moved() -> dict[object, Told]:
    """The last event that said where a file stands; none for files from before files had a state."""
    return {told.subject: told for told in audit.told_of(*MOVED) if "to" in told.payload}


def _place(member: Member) -> int:
    return member.position


def schools() -> Iterator[Look]:
    """One digest over the register, told by whichever list was kept last."""
    told = last("schools.kept", key=lambda _: "schools")
    register = tuple(in_order(School.objects.all()))
    subject = told["schools"].subject if told else "schools"
    if told or register:
        now = Now("schools", subject, sealed=((SCHOOL, "columns", register),))
        yield from beside(told, [now], "学校", "Schools of")


def codes() -> Iterator[Look]:
    """One digest over all words of the code lists."""
    told = last("codes.kept", key=lambda _: "codes")
    kept = tuple(code_lists.in_order(CodeWord.objects.all()))
    if told or kept:
        subject = told["codes"].subject if told else "codes"
        yield from beside(
            told, [Now("codes", subject, sealed=((CODE_WORD, "columns", kept),))], "代码表", "Code lists of"
        )


def entries() -> Iterator[Look]:
    told = last("file.entered", key=lambda one: one.payload["entry"])
    chosen = FileEntry.objects.select_related("household").order_by("at", "pk")
    vault.warm(FileEntry.objects.values_list("data_key_id", flat=True))
    rows = (
        Now(str(one.pk), one.household.file_number, sealed=((ENTRY, "columns", (one,)),))
        for one in chosen.iterator(chunk_size=_AT_A_TIME)
    )
    return beside(told, rows, "档案经办", "Entry of file")


def assessments() -> Iterator[Look]:
    """Each assessment as it was told, and made again from the facts that it keeps."""
    told = last("file.assessed", key=lambda one: one.payload["assessment"])
    rows = (
        Now(
            str(one.pk),
            one.household.file_number,
            _replayed(one),
            ((ASSESSMENT, "columns", (one,)),),
        )
        for one in Assessment.objects.select_related("household", "version").order_by("household", "number")
    )
    return beside(told, rows, "困难认定", "Assessment of file")


def _replayed(one: Assessment) -> Pairs:
    """Made again only when it is compared: facts that cannot be read are named then."""
    return lambda _: [("replays", replays(one), True)]


def merges() -> Iterator[Look]:
    told = last("file.merged", "file.taken_apart", key=lambda one: one.payload["merge"])
    rows = (
        Now(str(one.pk), one.kept.file_number, sealed=((MERGE, "columns", (one,)),))
        for one in Merge.objects.select_related("kept")
    )
    return beside(told, rows, "并档", "Merge into file")


def kinships() -> Iterator[Look]:
    told = last("file.compared", key=lambda one: one.payload["kinship"])
    rows = (
        Now(str(one.pk), one.one.file_number, sealed=((KINSHIP, "columns", (one,)),))
        for one in Kinship.objects.select_related("one")
    )
    return beside(told, rows, "关联判断", "Word about file")


def likenesses() -> Iterator[Look]:
    told = last("likeness.found", "likeness.said", key=lambda one: one.payload["likeness"])
    rows = (
        Now(str(one.pk), one.one.file_number, sealed=((LIKENESS, "columns", (one,)),))
        for one in Likeness.objects.select_related("one")
    )
    return beside(told, rows, "疑似同人", "Likeness of file")


def keyings() -> Iterator[Look]:
    told = last("file.keyed", key=lambda one: one.payload["keying"])
    rows = (
        Now(str(one.pk), one.household.file_number, sealed=((KEYING, "columns", (one,)),))
        for one in Keying.objects.select_related("household")
    )
    return beside(told, rows, "对照单", "Keying of file")


def groups() -> Iterator[Look]:
    told = last("file.grouped", key=lambda one: one.payload["group"])
    rows = (
        Now(str(one.pk), one.household.file_number, sealed=((GROUP, "columns", (one,)),))
        for one in KeyGroup.objects.select_related("household")
    )
    return beside(told, rows, "重点群体", "Key group of file")


def measures() -> Iterator[Look]:
    planned = last("measure.planned", "measure.handed", key=lambda one: one.payload["measure"])
    moved = last("measure.planned", "measure.moved", key=lambda one: one.payload["measure"])
    for one in Measure.objects.select_related("household"):
        key, number = str(one.pk), one.household.file_number
        yield Look(
            number,
            "帮扶措施",
            "Measure of file",
            Now(key, number, sealed=((MEASURE, "columns", (one,)),)),
            planned.pop(key, None),
        )
        since = Now(key, number, stands(one.status, one.status_since))
        yield Look(number, "帮扶措施", "Measure of file", since, moved.get(key), again=True)
    for told in planned.values():
        yield Look(told.subject, "帮扶措施", "Measure of file", None, told)


def aid() -> Iterator[Look]:
    told = last("aid.given", key=lambda one: (one.subject, one.payload["need"], one.payload.get("number", 1)))
    rows = (
        Now(
            (one.case_reference, one.need, one.number),
            one.case_reference,
            payload(fen=one.fen, fund=one.fund_source),
            ((AID, "columns", (one,)),),
        )
        for one in AidGiven.objects.order_by("case_reference", "need")
    )
    return beside(told, rows, "帮扶记录", "Aid given")


def aid_returns() -> Iterator[Look]:
    """What came back, beside its event and beside the ledger: a void, a reversal or a recovered part of as much.

    Aid from elsewhere that was noted by mistake is struck out whole.
    """
    told = last("aid.returned", key=lambda one: one.payload["aid_return"])
    chosen = list(AidReturn.objects.select_related("aid"))
    moved = ledger.named([one.transfer_reference for one in chosen])

    def rows() -> Iterator[Now]:
        for one in chosen:
            line = moved.get(one.transfer_reference)
            back = line.fen if line and (line.kind in _GAVE_BACK or line.code == RECOVERED_PART) else None
            if one.transfer_reference.startswith(MISTAKE) and one.aid.fund_source == ELSEWHERE:
                back = one.aid.fen  # struck out whole; no ledger knows of what others gave
            pairs = together(payload(fen=one.fen, transfer=one.transfer_reference), said(("ledger", one.fen, back)))
            yield Now(str(one.pk), one.aid.case_reference, pairs, ((AID_RETURN, "columns", (one,)),))

    return beside(told, rows(), "帮扶退回", "Aid that came back of")


def dumps() -> Iterator[Look]:
    told = last("national.dropped", key=lambda one: one.payload["dump"])
    chosen = NationalDump.objects.select_related("organisation")
    rows = (
        Now(str(one.pk), f"national:{one.organisation.code}", sealed=((DUMP, "columns", (one,)),)) for one in chosen
    )
    return beside(told, rows, "国家系统导出表", "Export of the national system")


def surveys() -> Iterator[Look]:
    """Each survey with all its lines, as they were frozen."""
    told = last("survey.frozen")
    chosen = Survey.objects.select_related("federation").prefetch_related("lines").order_by("at", "pk")
    rows = (
        Now(
            surveying.subject_of(one),
            surveying.subject_of(one),
            sealed=(
                (SURVEY, "columns", (one,)),
                (SURVEY_LINE, "lines", tuple(surveying.in_order(list(one.lines.all())))),
            ),
        )
        for one in chosen
    )
    return beside(told, rows, "摸底", "Survey")


def survey_names() -> Iterator[Look]:
    """Whom each line counts, held against the digest that the line keeps; a line from before names were kept has none."""
    frozen = last("survey.frozen")
    for line in SurveyLine.objects.select_related("survey__federation").order_by("pk").iterator(chunk_size=_AT_A_TIME):
        names, subject = tuple(line.names.order_by("place")), surveying.subject_of(line.survey)
        now = Now(subject, subject, sealed=((SURVEY_NAME, "names", names),))
        told = frozen.get(subject)
        if told is not None:
            told = replace(told, payload={"names": line.names_sealed} if names or line.names_sealed else {})
        yield Look(subject, "摸底名单", "Names of a survey", now, told, again=True)


def survey_replies() -> Iterator[Look]:
    told = last("survey.answered", key=lambda one: one.payload["reply"])
    rows = (
        Now(str(one.pk), surveying.subject_of(one.line.survey), sealed=((SURVEY_REPLY, "columns", (one,)),))
        for one in SurveyReply.objects.select_related("line__survey__federation")
    )
    return beside(told, rows, "摸底回表", "Survey sheet")


TABLES = (
    files,
    entries,
    keyings,
    merges,
    kinships,
    likenesses,
    assessments,
    groups,
    measures,
    schools,
    codes,
    aid,
    aid_returns,
    dumps,
    surveys,
    survey_names,
    survey_replies,
)
