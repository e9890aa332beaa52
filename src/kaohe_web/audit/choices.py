"""What an event says about how it went."""

from django.db import models


class Outcome(models.TextChoices):
    """Whether what was asked for was done."""

    DONE = "done", "办理"
    REFUSED = "refused", "拒绝"
