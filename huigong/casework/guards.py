"""What was checked, said, drawn or shown stays as it was; an opinion and a return are written once."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("casework_check"),
    *append_only("casework_onetimenotice"),
    *append_only("casework_noticepoint"),
    *append_only("casework_pointanswer"),
    *append_only("casework_secondlookdraw"),
    *append_only("casework_scan"),
    *append_only("casework_assignment"),
    Guard("casework_posttaken_no_delete", "casework_posttaken", "DELETE"),
    Guard("casework_posttaken_once", "casework_posttaken", "UPDATE", "OLD.led_to <> ''"),
    Guard("casework_caseassignee_no_delete", "casework_caseassignee", "DELETE"),
    Guard("casework_secondlook_no_delete", "casework_secondlook", "DELETE"),
    Guard("casework_secondlook_given_once", "casework_secondlook", "UPDATE", "OLD.opinion <> ''"),
    Guard("casework_originalslip_no_delete", "casework_originalslip", "DELETE"),
    Guard("casework_originalslip_returned_once", "casework_originalslip", "UPDATE", "OLD.returned_on IS NOT NULL"),
    Guard("casework_bulkverification_no_delete", "casework_bulkverification", "DELETE"),
    Guard("casework_bulkverification_undone_once", "casework_bulkverification", "UPDATE", "OLD.undone_at IS NOT NULL"),
)
