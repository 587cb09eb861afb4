"""Approval and payment: 集体研究 and the approval form, batches and the bank's replies."""
