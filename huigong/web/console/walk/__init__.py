"""穿行: the auditor's sample of payments, and one payment from where its money came from to the form and the clause."""
