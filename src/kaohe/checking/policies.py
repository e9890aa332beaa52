"""Findings about policies for all: who may see what, and gaps that pay."""

from collections.abc import Iterator

from kaohe.checking.inspected import Inspected
from kaohe.checking.kinds import Example, Fault, Kind
from kaohe.errors import Severity
from kaohe.language import Text

EARLY = frozenset({"trial", "first_result", "feedback"})
"""Stages at which results may still change."""

OUTSIDE = frozenset({"own_unit", "same_group", "all_units", "public"})
PEERS = frozenset({"peer_scores", "peer_ranks", "peer_figures"})


def _find_undisclosed(inspected: Inspected) -> Iterator[Fault]:
    if not inspected.model.disclosure:
        yield Fault(("disclosure",), Text("没有公开表", "there is no disclosure table"))


NO_DISCLOSURE = Kind(
    code="no-disclosure",
    severity=Severity.NOTICE,
    title=Text("没有公开表", "No disclosure table"),
    explanation=Text(
        "公开表写明各阶段谁能看到什么；没有它，看板和反馈都不知道能给谁看。",
        "The table says who may see what at which stage; without it nobody knows what a board may show to whom.",
    ),
    remedy=Text(
        "请写 disclosure，如 - {stage: feedback, audience: own_unit, shows: [own_score]}",
        "write disclosure, such as - {stage: feedback, audience: own_unit, shows: [own_score]}",
    ),
    example=Example(
        "disclosure:\n"
        "  - {stage: feedback, audience: own_unit, shows: [own_score, own_figures]}\n"
        "  - {stage: published, audience: all_units, shows: [own_score, own_rank, peer_scores, peer_figures, grades]}\n",
        "",
        "disclosure",
        "kaohe: 1",
    ),
    find=_find_undisclosed,
)


def _find_early(inspected: Inspected) -> Iterator[Fault]:
    for place, row in enumerate(inspected.model.disclosure):
        shown = [item for item in row.shows if item in PEERS]
        if row.stage in EARLY and row.audience in OUTSIDE and shown:
            yield Fault(
                ("disclosure", place, "shows"),
                Text(
                    f"{row.stage} 阶段就让 {row.audience} 看到其他单位的 {'、'.join(shown)}",
                    f"{row.audience} would see {', '.join(shown)} of others at the stage {row.stage}",
                ),
            )


EARLY_DISCLOSURE = Kind(
    code="early-disclosure",
    severity=Severity.WARNING,
    title=Text("结果未定就公开他人数据", "Others' results shown too early"),
    explanation=Text(
        "试算、初步结果和反馈阶段结果还会变，让单位或公众看到其他单位的数据、得分、位次会引起争议。",
        "At trial, first result and feedback results still change; showing units or the public what others have invites "
        "disputes about figures that are not final.",
    ),
    remedy=Text(
        "请移到 decided 及以后的阶段，或只给本单位看自己的",
        "move it to a later stage, or show units their own only",
    ),
    example=Example(
        "shows: [own_score, own_figures]}",
        "shows: [own_score, peer_figures]}",
        "disclosure[0].shows",
        "- {stage: feedback",
    ),
    find=_find_early,
)


def _find_disclosure_clashes(inspected: Inspected) -> Iterator[Fault]:
    shown = any(
        "peer_figures" in row.shows and row.audience in OUTSIDE
        for row in inspected.model.disclosure
    )
    for leaf, path in inspected.leaves:
        if shown and leaf.disclosure == "own":
            yield Fault(
                (*path, "disclosure"),
                Text(
                    f"“{leaf.name}”只许本单位看，公开表却公开各单位数据",
                    f"{leaf.code} may be seen by the unit itself only, yet the table shows all figures",
                ),
            )


DISCLOSURE_CLASH = Kind(
    code="disclosure-clash",
    severity=Severity.WARNING,
    title=Text("指标公开范围与公开表矛盾", "An indicator's disclosure against the table's"),
    explanation=Text(
        "指标写明只许本单位看（disclosure: own），公开表却把各单位数据（peer_figures）给其他单位或公众看。",
        "The indicator may be seen by the unit itself only, while the table shows all units' figures to others.",
    ),
    remedy=Text(
        "请改正指标的 disclosure，或从公开表删去 peer_figures",
        "mend the indicator's disclosure, or take peer_figures out of the table",
    ),
    example=Example(
        "        points: 4\n",
        "        points: 4\n        disclosure: own\n",
        "indicators[0].children[1].disclosure",
        "disclosure: own",
    ),
    find=_find_disclosure_clashes,
)


def _find_paying_gaps(inspected: Inspected) -> Iterator[Fault]:
    if inspected.model.missing.empty == "leave_out":
        yield Fault(
            ("missing", "empty"),
            Text("各指标未报的都不计并折算", "whatever is not reported is left out everywhere"),
        )
    for leaf, path in inspected.leaves:
        if leaf.missing.empty == "leave_out":
            yield Fault(
                (*path, "missing", "empty"),
                Text(
                    f"“{leaf.name}”未报就不计并折算，不报比报差数有利",
                    f"{leaf.code}: what is not reported is left out, so that silence pays better than a poor figure",
                ),
            )


SILENCE_PAYS = Kind(
    code="silence-pays",
    severity=Severity.WARNING,
    title=Text("不报比报差数有利", "Silence pays"),
    explanation=Text(
        "未报（empty）按 leave_out 处理，分值折算到其他指标，数据差的单位不报反而得利；全都不报就没有得分。",
        "A figure not reported is left out and its points are spread over the others: a unit with a poor one gains by "
        "not reporting it.",
    ),
    remedy=Text(
        "未报请用 provisional（待定）、zero 或 group_mean",
        "use provisional, zero or group_mean for empty",
    ),
    example=Example(
        "        points: 4\n",
        "        points: 4\n        missing: {empty: leave_out}\n",
        "indicators[0].children[1].missing.empty",
        "missing: {empty: leave_out}",
    ),
    find=_find_paying_gaps,
)

KINDS = (NO_DISCLOSURE, EARLY_DISCLOSURE, DISCLOSURE_CLASH, SILENCE_PAYS)
