"""What was done, found or told stays as it was; nobody and nothing of this programme is deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("employment_contact"),
    *append_only("employment_service"),
    *append_only("employment_followup"),
    *append_only("employment_round"),
    *append_only("employment_statisticalreturn"),
    Guard("employment_graduate_no_delete", "employment_graduate", "DELETE"),
    Guard("employment_outcome_no_delete", "employment_outcome", "DELETE"),
    # An outcome ends once and is confirmed once; what was said of it stays.
    Guard("employment_outcome_ended_once", "employment_outcome", "UPDATE", "OLD.ended_on IS NOT NULL"),
    Guard("employment_startup_no_delete", "employment_startup", "DELETE"),
    Guard("employment_employer_no_delete", "employment_employer", "DELETE"),
    Guard("employment_opening_no_delete", "employment_opening", "DELETE"),
    Guard("employment_proposal_no_delete", "employment_proposal", "DELETE"),
)
