"""Analysts' methods in binary floats: for studying a scheme, never for deciding a score, rank or grade."""
