"""Units with their dated names and places in the tree, persons, and who takes part in which year."""

from django.db import models
from django.db.models import F, Q

from kaohe_web.organisation.choices import ChangeKind, Participation, StaffCategory, UnitKind


class Unit(models.Model):
    """An organisation, known for ever by its code; what it is called and whose it is has dates."""

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    is_office_host = models.BooleanField(default=False)
    is_vertical = models.BooleanField(default=False)

    def __str__(self) -> str:
        """The code, as the audit log names it."""
        return self.code


class UnitVersion(models.Model):
    """What a unit is called and where it stands, from one day until the day before the next version."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=30)
    sort_key = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("since",)
        constraints = (
            models.UniqueConstraint(fields=("unit", "since"), name="one_version_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="version_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name


class Person(models.Model):
    """Somebody who acts on the platform or counts as staff; no more is kept than is needed."""

    name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=30, unique=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        """The name."""
        return self.name


class Group(models.Model):
    """Those who are ranked together in one year."""

    year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("year", "position")
        constraints = (models.UniqueConstraint(fields=("year", "code"), name="one_group_a_code"),)

    def __str__(self) -> str:
        """The name."""
        return self.name


class UnitYear(models.Model):
    """How one unit takes part in one year, in which group, and why if it is not simply ranked."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="members")
    participation = models.CharField(max_length=20, choices=Participation.choices)
    reason = models.CharField(max_length=300, blank=True)
    joined = models.DateField(null=True)
    left = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "year"), name="one_participation_a_year"),
            models.CheckConstraint(
                condition=Q(participation=Participation.RANKED) | ~Q(reason=""),
                name="participation_has_its_reason",
            ),
        )


class UnitChange(models.Model):
    """A decision that made, ended, renamed or moved units, with its document; history is never rewritten."""

    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    on = models.DateField()
    document = models.CharField(max_length=100)
    decided_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")


class Succession(models.Model):
    """One unit coming after another through a change, with the part of it that it took over."""

    change = models.ForeignKey(UnitChange, on_delete=models.PROTECT, related_name="successions")
    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    share = models.CharField(max_length=20, default="1")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("change", "predecessor", "successor"), name="one_succession_a_pair"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="nobody_succeeds_itself"
            ),
        )


class Headcount(models.Model):
    """How many staff of one category a unit has on a day; counts once certified by personnel."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="headcounts")
    category = models.CharField(max_length=10, choices=StaffCategory.choices)
    on = models.DateField()
    count = models.PositiveIntegerField()
    entered_by = models.BigIntegerField()
    entered_at = models.DateTimeField()
    certified_by = models.BigIntegerField(null=True)
    certified_at = models.DateTimeField(null=True)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("unit__code", "category", "-on")
        constraints = (
            models.CheckConstraint(
                condition=Q(certified_by=None) | ~Q(certified_by=F("entered_by")),
                name="headcount_certified_by_another",
            ),
            models.UniqueConstraint(
                fields=("unit", "category", "on"),
                condition=Q(corrects=None),
                name="one_headcount_a_day",
            ),
        )


class CalendarDay(models.Model):
    """A day the office declared a working day or a day off, over what the state's calendar says."""

    day = models.DateField(unique=True)
    is_workday = models.BooleanField()
    name = models.CharField(max_length=60)
    set_by = models.BigIntegerField()

    class Meta:
        ordering = ("day",)
