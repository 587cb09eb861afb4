"""Aid that was given is never rewritten; household files and members are never deleted."""

from huigong.audit.guards import Guard, append_only

GUARDS = (
    *append_only("registry_aidgiven"),
    *append_only("registry_fileentry"),
    Guard("registry_household_no_delete", "registry_household", "DELETE"),
    Guard("registry_member_no_delete", "registry_member", "DELETE"),
    Guard("registry_codeword_no_delete", "registry_codeword", "DELETE"),
)
