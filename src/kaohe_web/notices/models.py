"""Notices, each to one person about one thing, and the mails that told of them."""

from django.db import models
from django.db.models import Q

from kaohe_web.notices.choices import Kind
from kaohe_web.organisation.models import Person


class Notice(models.Model):
    """One thing one person should know; while it is unread, news about the same thing replaces its words.

    `text` holds one key for each language; `link` is an address here, which shows its reader what they
    may see.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=120)
    text = models.JSONField()
    link = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(
        "MailDigest", null=True, on_delete=models.PROTECT, related_name="notices"
    )

    class Meta:
        ordering = ("-told_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "about"),
                condition=Q(read_at=None),
                name="one_unread_notice_a_thing",
            ),
        )
        indexes = (models.Index(fields=("person", "read_at")),)

    def __str__(self) -> str:
        """What it is about."""
        return self.about


class MailDigest(models.Model):
    """The one mail a person may get on a day; it stands before the mail goes out, so that none goes twice."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="digests")
    day = models.DateField()
    count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    failed = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "day"), name="one_mail_a_day"),)

    def __str__(self) -> str:
        """Whose, and of which day."""
        return f"{self.person_id}/{self.day}"
