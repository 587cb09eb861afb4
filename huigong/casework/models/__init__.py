"""What is done to a case at the desk (`desk`), who looks after it (`assigning`), which forms took effect (`once`)."""

from huigong.casework.models.assigning import Assignment, CaseAssignee
from huigong.casework.models.desk import (
    BulkVerification,
    CaseLock,
    Check,
    DeskHabit,
    NoticePoint,
    OneTimeNotice,
    OriginalSlip,
    PointAnswer,
    SavedView,
    Scan,
    SecondLook,
    SecondLookDraw,
)
from huigong.casework.models.once import PostTaken

__all__ = [
    "Assignment",
    "BulkVerification",
    "CaseAssignee",
    "CaseLock",
    "Check",
    "DeskHabit",
    "NoticePoint",
    "OneTimeNotice",
    "OriginalSlip",
    "PointAnswer",
    "PostTaken",
    "SavedView",
    "Scan",
    "SecondLook",
    "SecondLookDraw",
]
