"""Into the archive: file -> format -> record -> validation -> load."""
