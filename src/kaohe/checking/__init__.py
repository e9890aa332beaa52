"""Findings about schemes and data before anything is scored."""

from kaohe.checking.admission import admit, check_draft

__all__ = ["admit", "check_draft"]
