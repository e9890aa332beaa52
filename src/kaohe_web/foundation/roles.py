"""Roles as code: each says whose it is, what it comes for and what it must never do."""

from dataclasses import dataclass
from enum import StrEnum

from kaohe.language import Text


class Role(StrEnum):
    """One way of acting on the platform; a person may hold several posts, and acts in one at a time."""

    OFFICE = "office"
    OWNER_REPORTER = "owner_reporter"
    OWNER_REVIEWER = "owner_reviewer"
    OWNER_HEAD = "owner_head"
    UNIT_REPORTER = "unit_reporter"
    UNIT_REVIEWER = "unit_reviewer"
    UNIT_HEAD = "unit_head"
    LEAD_UNIT = "lead_unit"
    ASSESSMENT_TEAM = "assessment_team"
    LEADER = "leader"
    SUPERVISION = "supervision"
    INSPECTION = "inspection"
    DISCIPLINE = "discipline"
    PERSONNEL = "personnel"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


@dataclass(frozen=True, slots=True)
class RoleDescription:
    """How a role is shown, what it comes for, and what it must never do."""

    name: Text
    comes_for: Text
    never: Text
    needs_second_factor: bool = False


_ENTERS_OWN = Text("不得审核、签发本人填报的内容", "review or sign off what they entered")
_OTHERS = Text("不得在公开前查看其他单位的数据", "see other units' figures before disclosure")
_SCORES = Text(
    "不得填报、审核、计分,不得查看未公布的得分", "enter, verify, score or read unpublished scores"
)
_OWN_CASES = Text("不得审核本单位的事项", "check matters of their own unit")

ROLES: dict[Role, RoleDescription] = {
    Role.OFFICE: RoleDescription(
        Text("考核办", "assessment office"),
        Text("编制方案、开启填报、核定锁定、处理异议", "schemes, rounds, approval, objections"),
        Text(
            "不得更改非本办提供的数据,不得核定本人录入的内容",
            "change a figure it does not own, or approve its own entry",
        ),
        needs_second_factor=True,
    ),
    Role.OWNER_REPORTER: RoleDescription(
        Text("数据来源单位填报员", "data owner's reporter"),
        Text("一次填报全部单位的数据", "one sheet for all units, once"),
        _ENTERS_OWN,
    ),
    Role.OWNER_REVIEWER: RoleDescription(
        Text("数据来源单位审核人", "data owner's reviewer"),
        Text("审核本单位填报的数据和事项", "review the owner's figures and matters"),
        _ENTERS_OWN,
        needs_second_factor=True,
    ),
    Role.OWNER_HEAD: RoleDescription(
        Text("数据来源单位负责人", "data owner's head"),
        Text("签发本单位提供的数据", "sign off the owner's figures"),
        _ENTERS_OWN,
        needs_second_factor=True,
    ),
    Role.UNIT_REPORTER: RoleDescription(
        Text("考核对象填报员", "unit's reporter"),
        Text("填报自报指标和事项,核对本单位数据", "report the unit's own figures and matters"),
        _OTHERS,
    ),
    Role.UNIT_REVIEWER: RoleDescription(
        Text("考核对象审核人", "unit's reviewer"),
        Text("审核本单位自报的内容", "review what the unit reports"),
        _OTHERS,
        needs_second_factor=True,
    ),
    Role.UNIT_HEAD: RoleDescription(
        Text("考核对象负责人", "unit's head"),
        Text("签发、核对、征求意见答复", "sign off, check figures, reply in consultation"),
        _OTHERS,
        needs_second_factor=True,
    ),
    Role.LEAD_UNIT: RoleDescription(
        Text("牵头单位", "lead unit"),
        Text("审核牵头指标的事项和自报数据", "check matters and self-reported figures it leads"),
        _OWN_CASES,
        needs_second_factor=True,
    ),
    Role.ASSESSMENT_TEAM: RoleDescription(
        Text("考核组", "assessment team"),
        Text("抽查并记录结果", "spot checks with recorded findings"),
        _OWN_CASES,
        needs_second_factor=True,
    ),
    Role.LEADER: RoleDescription(
        Text("领导小组成员", "leader"),
        Text("看全局,按会议记录决定", "the whole picture; decisions recorded by meeting"),
        Text("不得更改数据和得分", "change a figure or a score"),
    ),
    Role.SUPERVISION: RoleDescription(
        Text("督查室", "supervision office"),
        Text("台账、督办、销号", "ledgers, letters, closing"),
        Text("不得自办自销", "close their own task"),
    ),
    Role.INSPECTION: RoleDescription(
        Text("巡察办", "inspection office"),
        Text("巡察整改台账", "inspection ledgers"),
        Text("不得查看督查室、纪检的限制事项", "see the others' restricted cases"),
    ),
    Role.DISCIPLINE: RoleDescription(
        Text("纪检机关", "discipline inspection"),
        Text("限制类事实", "restricted facts"),
        Text("不得查看督查室、巡察办的限制事项", "see the others' restricted cases"),
    ),
    Role.PERSONNEL: RoleDescription(
        Text("组织人事部门", "personnel"),
        Text("核定编制人数,办理名额", "certified headcounts and quotas"),
        Text("不得让等次没有决定人", "let a grade arise without a named decider"),
        needs_second_factor=True,
    ),
    Role.SYSTEM_ADMIN: RoleDescription(
        Text("系统管理员", "system administrator"),
        Text("账号开停、运行维护", "accounts and operation"),
        _SCORES,
        needs_second_factor=True,
    ),
    Role.SECURITY_ADMIN: RoleDescription(
        Text("安全管理员", "security administrator"),
        Text("授予和收回岗位", "grants and revokes posts"),
        _SCORES,
        needs_second_factor=True,
    ),
    Role.AUDIT_ADMIN: RoleDescription(
        Text("审计管理员", "audit administrator"),
        Text("查阅审计记录、核验链条", "reads and verifies the audit log"),
        _SCORES,
        needs_second_factor=True,
    ),
}
"""Every role, as pages show it."""

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
"""The three administrators: three persons, none of whom takes part in an assessment."""

OWNER_SIDE = frozenset({Role.OWNER_REPORTER, Role.OWNER_REVIEWER, Role.OWNER_HEAD})
"""Those who act for the department that supplies a figure."""

UNIT_SIDE = frozenset({Role.UNIT_REPORTER, Role.UNIT_REVIEWER, Role.UNIT_HEAD})
"""Those who act for a unit that is assessed."""

EVERYBODY = frozenset(Role)
"""Every role of somebody who has signed in."""
