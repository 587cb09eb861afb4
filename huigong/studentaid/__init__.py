"""金秋助学 The student aid programme: applications from submission to award."""
