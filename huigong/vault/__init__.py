"""保险箱 Encrypted fields, blind indexes and the keys that live outside the data folder."""
