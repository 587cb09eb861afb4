"""找: from half a fact to a file, a case, or the office that knows; and the list of files."""
