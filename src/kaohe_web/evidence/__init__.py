"""Files that prove a figure or a matter: bound by digest, kept apart from every served folder."""
