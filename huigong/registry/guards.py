"""Aid that was given, and what came back of it, is never rewritten; household files and members are never deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("registry_aidgiven"),
    *append_only("registry_aidreturn"),
    *append_only("registry_fileentry"),
    *append_only("registry_assessment"),
    Guard("registry_keygroup_no_delete", "registry_keygroup", "DELETE"),
    Guard("registry_measure_no_delete", "registry_measure", "DELETE"),
    Guard("registry_household_no_delete", "registry_household", "DELETE"),
    # What a merge added goes again when the merge is undone; the person stands in the file that was taken apart.
    Guard("registry_member_no_delete", "registry_member", "DELETE", "OLD.from_merge IS NULL"),
    Guard("registry_merge_no_delete", "registry_merge", "DELETE"),
    *append_only("registry_kinship"),
    Guard("registry_likeness_no_delete", "registry_likeness", "DELETE"),
    *append_only("registry_keying"),
    *append_only("registry_nationaldump"),
    *append_only("registry_survey"),
    *append_only("registry_surveyline"),
    *append_only("registry_surveyname"),
    *append_only("registry_surveyreply"),
    Guard("registry_codeword_no_delete", "registry_codeword", "DELETE"),
)
