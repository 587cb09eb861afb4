"""What was published, and when its page could be reached, is never changed, deleted or replaced; where it hung is never deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("publicnotices_publicnotice"),
    *append_only("publicnotices_noticeline"),
    *append_only("publicnotices_noticecheck"),
    Guard("publicnotices_noticeposting_no_delete", "publicnotices_noticeposting", "DELETE"),
)
