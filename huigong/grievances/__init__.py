"""异议和申诉 What somebody says against a public notice or a decision: recorded, assigned, answered with clauses."""
