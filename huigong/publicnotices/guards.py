"""What was published is never changed, deleted or replaced."""

from huigong.audit.guards import append_only

GUARDS = (*append_only("publicnotices_publicnotice"), *append_only("publicnotices_noticeline"))
