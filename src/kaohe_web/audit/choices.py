"""What an event says about how it went."""

from django.db import models

from kaohe_web.foundation.labels import label


class Outcome(models.TextChoices):
    """Whether what was asked for was done."""

    DONE = "done", label("已办", "done")
    REFUSED = "refused", label("拒绝", "refused")
