"""其他部门: what other departments know of our families, asked without showing them our people, or from lists that they send."""
