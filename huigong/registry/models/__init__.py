"""建档立卡: the household files: families, their members, the dated school register, and all aid that a family was given.

Words of a file (hardship category, cause, level) stay the words of its day. Identity number, phone, card
and the cause of hardship, which is mostly an illness, are encrypted.
"""

from huigong.registry.models.aid import AidGiven, AidReturn
from huigong.registry.models.assessments import Assessment
from huigong.registry.models.codes import CodeWord
from huigong.registry.models.dumps import NationalDump
from huigong.registry.models.finding import ChildMark, FileMark, SearchKey
from huigong.registry.models.households import Household, Member
from huigong.registry.models.keying import Keying
from huigong.registry.models.kinship import Kinship, Merge
from huigong.registry.models.life import FileEntry
from huigong.registry.models.likeness import Likeness
from huigong.registry.models.plans import KeyGroup, Measure
from huigong.registry.models.schools import School
from huigong.registry.models.surveys import Survey, SurveyLine, SurveyName, SurveyReply

__all__ = [
    "AidGiven",
    "AidReturn",
    "Assessment",
    "ChildMark",
    "CodeWord",
    "FileEntry",
    "FileMark",
    "Household",
    "KeyGroup",
    "Keying",
    "Kinship",
    "Likeness",
    "Measure",
    "Member",
    "Merge",
    "NationalDump",
    "School",
    "SearchKey",
    "Survey",
    "SurveyLine",
    "SurveyName",
    "SurveyReply",
]
