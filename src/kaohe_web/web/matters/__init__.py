"""Pages of matters."""
