"""交表: forms that come in as files or are filled in here, read, mended, taken, given back."""
