"""跨部门比对: exchanges with other departments, step by step, with what each side learns in plain words."""
