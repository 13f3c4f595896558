"""A presentation as files that need no atlas: PDF, PNG, PPTX, HTML that opens from a disk, CSV, and all at once."""
