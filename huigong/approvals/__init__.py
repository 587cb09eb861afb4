"""审批: money is decided collectively; the approval form, its boxes in their order, and the household as it then stood."""
