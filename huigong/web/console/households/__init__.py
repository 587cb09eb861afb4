"""The pages of household files (档案): one file with its sections, who looked, its life, its plan, its relatives."""
