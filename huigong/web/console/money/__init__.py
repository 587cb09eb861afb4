"""Approval and payment: 集体研究 and the approval form, batches, the bank's replies, and the auditor's walk."""
