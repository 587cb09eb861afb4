"""What history holds of household files and their members, of the school register and of aid that was given."""

from collections.abc import Iterable

from huigong.audit.columns import Columns
from huigong.registry.models import Household, Member

HOUSEHOLD = Columns(
    "household",
    (
        "file_number",
        "federation_id",
        "data_key_id",
        "worker_name",
        "id_number",
        "id_number_index",
        "id_number_valid",
        "gender",
        "identity",
        "county",
        "employer",
        "hardship_category",
        "enrolment_level",
        "hardship_cause",
        "size",
        "annual_income_fen",
        "essential_expenditure_fen",
        "certificate_number",
        "certificate_review",
        "certificate_reviewed_in",
        "card",
        "card_index",
        "phone",
        "phone_index",
        "zero_employment",
        "file_status",
        "imported",
        "unit_id",
        "details",
        "lacking",
        "complete_by",
        "moving_to_id",
        "keep_until",
    ),
)
MEMBER = Columns(
    "member",
    (
        "household_id",
        "data_key_id",
        "position",
        "name",
        "relationship",
        "id_number",
        "id_number_index",
        "id_number_valid",
        "education_level",
        "school",
        "entry_year",
        "length_years",
        "occupation",
        "is_in_file",
        "details",
        "from_merge",
    ),
)
CODE_WORD = Columns("code_word", ("list_name", "code", "word", "valid_from", "valid_until", "source", "english"))
SCHOOL = Columns("school", ("name", "plain_name", "level", "valid_from", "valid_until", "source"))
ENTRY = Columns(
    "entry", ("household_id", "data_key_id", "kind", "on", "until", "word", "to_id", "paper_id", "note", "by", "at")
)
GROUP = Columns("group", ("household_id", "word", "valid_from", "valid_until", "by"))
MEASURE = Columns("measure", ("household_id", "data_key_id", "kind", "what", "owner_id", "due", "planned_by"))
ASSESSMENT = Columns(
    "assessment",
    (
        "household_id",
        "data_key_id",
        "number",
        "version_id",
        "vocabulary",
        "line_id",
        "multiple_id",
        "on",
        "verdict",
        "outcome",
        "facts",
        "outcomes",
        "digest",
        "by",
        "at",
    ),
)
MERGE = Columns(
    "merge", ("kept_id", "absorbed_id", "data_key_id", "snapshot", "reason", "by", "at", "undone_by", "undone_at")
)
KINSHIP = Columns("kinship", ("one_id", "other_id", "outcome", "why", "by", "at"))
LIKENESS = Columns(
    "likeness",
    ("one_id", "one_position", "other_id", "other_position", "pattern", "found_at", "outcome", "by", "at"),
)
KEYING = Columns("keying", ("household_id", "keyed", "is_whole", "by", "at"))
_COUNTS = ("households", "in_school", "graduates", "employed", "need_help")
SURVEY = Columns("survey", ("federation_id", "number", "on", "by", "at"))
SURVEY_LINE = Columns("survey_line", ("survey_id", "union_id", *_COUNTS, "names_sealed"))
SURVEY_NAME = Columns("survey_name", ("line_id", "place", "household_id", "position", "name", *_COUNTS[1:]))
"""Held by the digest that its line keeps: a line of a city has more names than one event can tell row by row."""
SURVEY_REPLY = Columns("survey_reply", ("line_id", "sheet_id", *_COUNTS, "by", "at"))
DUMP = Columns("national_dump", ("organisation_id", "data_key_id", "name", "files", "rows", "by", "at"))
AID = Columns(
    "aid",
    (
        "household_id",
        "person_index",
        "need",
        "fund_source",
        "fen",
        "given_on",
        "case_reference",
        "kind",
        "giver",
        "number",
    ),
)
AID_RETURN = Columns("aid_return", ("aid_id", "fen", "returned_on", "transfer_reference", "by", "at"))


def file_told(household: Household, members: Iterable[Member]) -> dict[str, str]:
    """What the event of a file tells: the household, and all its members in the order of their positions."""
    return {"columns": HOUSEHOLD.told(household), "members": MEMBER.told(*members)}
