"""The door for files that somebody sends: read in a process apart, refused where they are marked as classified."""
