"""What notices are about: kinds, each with the words a mail may say."""

from django.db import models

from kaohe_web.foundation.labels import label


class Kind(models.TextChoices):
    """Why somebody is told; a mail names the kind and how many, never what the notice itself says."""

    WAITING = "waiting", label("待您办理", "waiting for you")
    RETURNED = "returned", label("退回给您", "returned to you")
    DECIDED = "decided", label("已有结果", "decided")
    REMINDER = "reminder", label("临期或逾期提醒", "due soon or overdue")
    OPENED = "opened", label("新的填报、征求意见", "opened: figures, consultation")
    ACCOUNT = "account", label("账号与岗位", "account and posts")
