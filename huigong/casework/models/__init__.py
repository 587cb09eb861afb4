"""What is done to a case at the desk (`desk`), and who looks after it (`assigning`), whatever its programme."""

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
    "SavedView",
    "Scan",
    "SecondLook",
    "SecondLookDraw",
]
