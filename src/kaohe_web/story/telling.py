"""Tells the district's seasons by the same actions that people use, so that every line has its event."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from kaohe_web.accounts import actions as accounts
from kaohe_web.accounts.acting import Choice, act
from kaohe_web.accounts.models import Account, Post
from kaohe_web.assessment import actions as assessment
from kaohe_web.assessment.choices import Origin
from kaohe_web.assessment.engine import read_own_data
from kaohe_web.assessment.jobs import run_rehearsal
from kaohe_web.assessment.models import DataSnapshot
from kaohe_web.collection import queries as figures
from kaohe_web.collection.actions import entering, passing, rounds
from kaohe_web.collection.actions.entering import CellChange
from kaohe_web.collection.models import Sheet
from kaohe_web.foundation.actor import Actor, act_as_platform
from kaohe_web.foundation.clock import now, today
from kaohe_web.foundation.roles import ROLES, Role
from kaohe_web.organisation import actions as organisation
from kaohe_web.organisation.choices import Participation, UnitKind
from kaohe_web.organisation.models import Unit
from kaohe_web.schemes import queries as schemes
from kaohe_web.schemes.actions import adopting, consulting, targets, writing
from kaohe_web.schemes.choices import Answer, Reply
from kaohe_web.schemes.files import read_scheme_file
from kaohe_web.schemes.models import SchemeVersion
from kaohe_web.story.cast import ADMINISTRATORS, PASSWORD, PLAYERS, Player

HERE = Path(__file__).parent
BEGINNING = date(2017, 1, 1)
_KINDS = {"QZ": UnitKind.TOWN}
_OTHERS = {"CG": UnitKind.OTHER}
Say = Callable[[str], None]


def find_district() -> Path:
    """Where the example district stands: inside the wheel, or in the source tree."""
    shipped = HERE / "district"
    return shipped if shipped.is_dir() else HERE.parents[2] / "examples" / "district"


class _Request:
    """Nobody's request: the story acts without a browser."""

    def __init__(self) -> None:
        self.META = {"REMOTE_ADDR": "127.0.0.1"}
        self.session: dict[str, Any] = {}


class Story:
    """The district while it is being told."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.units: dict[str, Unit] = {}

    def actor(self, username: str) -> Actor:
        """Somebody of the cast, in their post."""
        account = Account.objects.select_related("person").get(username=username)
        post = Post.objects.select_related("unit", "person").filter(person=account.person).first()
        if post is None:
            raise LookupError(username)
        return act(_Request(), account, Choice(f"post:{post.pk}", post))  # type: ignore[arg-type]

    def tell(self) -> None:
        """Everything, in order."""
        self.found()
        for player in PLAYERS[1:]:
            self.enter(player)
        self.say("2018: 方案审定,数据存档 · adopted, its data kept")
        earlier = self.adopt("2018", waiver="首个年度,没有往年数据可供试算")
        self.keep_data(earlier, "2018")
        self.say("2019: 征求意见、试算、审定 · consulted on, rehearsed, adopted")
        version = self.adopt("2019", rehearse=True)
        self.say(
            "一轮填报: 一半已报、一份退回、数据封存 · a round: half reported, one returned, sealed"
        )
        self.collect(version)
        self.say("年中调整: 疫情防控纳入,征求意见中 · amended in mid-year, in consultation")
        self.amend(version)

    def found(self) -> None:
        """The host unit, the three administrators, the office, and every unit of the year."""
        host = organisation.create_host_unit(
            code="DQ01", name="区委办公室", by=act_as_platform("story")
        )
        self.units["DQ01"] = host
        accounts.bootstrap_administrators(unit=host, names=ADMINISTRATORS)
        for role in ADMINISTRATORS:
            choose_password(str(role))
        self.enter(PLAYERS[0])
        office = self.actor("office1")
        sheets = read_scheme_file(find_district() / "2019" / "annual.yaml")
        heads, *rows = sheets["单位"]
        for row in rows:
            self.create(dict(zip(heads, row, strict=False)), office)

    def create(self, row: dict[str, str], office: Actor) -> None:
        """One unit as the scheme lists it, and its group of the year."""
        code, name, group = row["代码"], row["名称"], row["考核类别"]
        if code not in self.units:
            kind = _KINDS.get(group) or _OTHERS.get(group) or UnitKind.DEPARTMENT
            self.units[code] = organisation.create_unit(
                code=code,
                kind=kind,
                name=name,
                short_name=name,
                since=BEGINNING,
                document="汀委发〔2017〕1号",
                by=office,
                is_vertical=group == "CG",
            )
        kept = organisation.set_group(year=2019, code=group, name=group, position=0, by=office)
        apart = row.get("不参与排名的理由", "")
        organisation.set_participation(
            unit=self.units[code],
            year=2019,
            group=kept,
            participation=Participation.LISTED_APART if apart else Participation.RANKED,
            reason=apart,
            by=office,
        )

    def enter(self, player: Player) -> None:
        """One person with account and post, by the administrators."""
        system, security = self.actor("system_admin"), self.actor("security_admin")
        person = organisation.add_person(number=player.account.upper(), name=player.name, by=system)
        accounts.open_account(person=person, username=player.account, by=system)
        choose_password(player.account)
        accounts.grant_post(
            person=person,
            unit=self.units[player.unit],
            role=player.role,
            since=today(),
            by=security,
        )

    def adopt(self, year: str, *, waiver: str = "", rehearse: bool = False) -> SchemeVersion:
        """A year's scheme from its file to its adoption."""
        sheets = read_scheme_file(find_district() / year / "annual.yaml")
        version = writing.import_scheme(sheets=sheets, by=self.actor("office1"))
        self.consult(version)
        if rehearse:
            self.rehearse(version)
        version = SchemeVersion.objects.get(pk=version.pk)
        return adopting.adopt(
            version=version,
            shown_digest=schemes.digest_sheets(version),
            body="区综合考核工作领导小组",
            meeting=f"{year}年第一次全体会议",
            minutes_number=f"汀考〔{year}〕1号",
            adopted_on=today(),
            by=self.actor("office2"),
            is_rehearsed=rehearse,
            rehearsal_waived=waiver,
        )

    def consult(self, version: SchemeVersion) -> None:
        """One town agrees; the other objects to one indicator, and is answered."""
        office = self.actor("office1")
        consultation = consulting.open_consultation(
            version=version,
            units=[self.units["QZ03"], self.units["QZ06"]],
            closes_at=now() + timedelta(days=7),
            by=office,
        )
        consulting.answer(
            consultation=consultation, indicator="", answer=Answer.AGREE, by=self.actor("town3-3")
        )
        objection = consulting.answer(
            consultation=consultation,
            indicator="A1103",
            answer=Answer.OBJECT,
            reason="两个在建项目年底前竣工,目标8%偏高,建议按7%",
            by=self.actor("town6-3"),
        )
        consulting.reply(
            answer=objection,
            reply=Reply.KEPT,
            reason="目标与区政府工作报告一致,维持",
            revision=objection.revision,
            by=office,
        )
        consulting.close_consultation(consultation=consultation, by=office)

    def keep_data(self, version: SchemeVersion, year: str) -> None:
        """A year's data as a snapshot under its scheme."""
        path = find_district() / year / "data.xlsx"
        content, digest = read_own_data(path, version.document)
        assessment.keep_snapshot(
            version=version,
            name=f"{year}年度核定数据",
            origin=Origin.IMPORTED,
            content=content,
            digest=digest,
            by=self.actor("office1"),
        )

    def rehearse(self, version: SchemeVersion) -> None:
        """The draft on last year's data."""
        version = SchemeVersion.objects.get(pk=version.pk)
        snapshot = DataSnapshot.objects.get()
        asked = assessment.ask_rehearsal(
            version=version,
            snapshot=snapshot,
            shown_revision=version.revision,
            by=self.actor("office1"),
        )
        run_rehearsal(asked.pk)

    def collect(self, version: SchemeVersion) -> None:
        """A round still open: one owner signed off, one sheet returned, the others due."""
        rounds.open_round(
            versions=[version],
            period="2019-11",
            opens_at=now() - timedelta(hours=1),
            closes_at=now() + timedelta(days=5),
            by=self.actor("office1"),
        )
        self.report("JJ04", "finance", signed=True)
        self.report("JJ11", "stats", signed=False)
        targets.set_target(
            scheme=version.scheme,
            unit=self.units["QZ06"],
            indicator="A1103",
            value="8",
            reason="区政府工作报告",
            by=self.actor("office1"),
        )

    def report(self, unit: str, people: str, *, signed: bool) -> None:
        """One owner's sheet: typed and submitted, then signed off or given back."""
        for sheet in Sheet.objects.filter(unit=self.units[unit]).select_related("version"):
            reporter, reviewer = self.actor(f"{people}1"), self.actor(f"{people}2")
            rows = list(figures.list_figures(sheet))
            changes = [
                CellChange(row.pk, row.revision, str(3 + (place * 7) % 11))
                for place, row in enumerate(rows)
            ]
            entering.save_figures(sheet=sheet, changes=changes, arrived=now(), by=reporter)
            entering.submit(
                sheet=sheet,
                shown_digest=digest_of(sheet),
                once=f"story-{sheet.pk}",
                arrived=now(),
                by=reporter,
            )
            if signed:
                passing.review(sheet=sheet, shown_digest=digest_of(sheet), by=reviewer)
                head = self.actor(f"{people}3")
                passing.sign_off(sheet=sheet, shown_digest=digest_of(sheet), by=head)
            else:
                passing.send_back(
                    sheet=sheet,
                    observations=[row.pk for row in rows[:2]],
                    shown_digest=digest_of(sheet),
                    reason="与快报不符,请核对计量单位",
                    by=reviewer,
                )

    def amend(self, version: SchemeVersion) -> None:
        """A new version in consultation, with an objection that waits for its reply."""
        office = self.actor("office1")
        made = adopting.amend(
            version=version,
            reason="疫情防控纳入年度考核",
            effective_from=today() + timedelta(days=30),
            by=office,
        )
        consultation = consulting.open_consultation(
            version=made,
            units=[self.units["QZ03"], self.units["QZ06"]],
            closes_at=now() + timedelta(days=7),
            by=office,
        )
        consulting.answer(
            consultation=consultation,
            indicator="A1101",
            answer=Answer.OBJECT,
            reason="年中调整分值,建议自下年度起执行",
            by=self.actor("town3-3"),
        )


def digest_of(sheet: Sheet) -> str:
    """The digest of a sheet as it stands."""
    return figures.digest_figures(figures.list_figures(sheet))


@cache
def _hash_once() -> str:
    """The one password's hash: everybody's, so that the demonstration starts soon."""
    return make_password(PASSWORD)


def choose_password(username: str) -> None:
    """The demonstration's one password, chosen in place of the first one."""
    account = Account.objects.get(username=username)
    account.password = _hash_once()
    account.must_change_password, account.password_changed_at = False, now()
    account.save()


def list_accounts() -> list[tuple[str, str]]:
    """One account per role, with what it is."""
    seen: dict[Role, str] = {role: str(role) for role in ADMINISTRATORS}
    for player in PLAYERS:
        seen.setdefault(player.role, player.account)
    return [(account, ROLES[role].name.zh) for role, account in seen.items()]
