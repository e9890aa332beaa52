"""The formulas of a band: how many places it has, who waits, who is in, what is left."""

from collections.abc import Iterator
from fractions import Fraction

from kaohe.files.results import words as told
from kaohe.files.results.live import grade_columns as at
from kaohe.files.results.live.grade_columns import Contest, GradeLayout, write_count
from kaohe.files.results.live.grade_state import (
    FAILED,
    NOTHING,
    PASSED,
    TAKEN,
    UNDECIDED,
    BandState,
)
from kaohe.files.results.live.names import cell, fixed
from kaohe.files.results.live.parameters import own_grades
from kaohe.files.results.live.plan import Plan
from kaohe.files.results.live.words import quote
from kaohe.grading.proposals import list_labels
from kaohe.language import Text
from kaohe.renderings.workbook.formula_text import write_literal
from kaohe.scheme.grades import Band

Written = Iterator[tuple[int, str, Fraction | int | str | None]]

OUTCOMES = {
    TAKEN: Text("进", "in"),
    UNDECIDED: Text("待定", "undecided"),
    PASSED: Text("越过", "passed over"),
    FAILED: Text("不合格", "fails"),
}


class BandFormulas:
    """Writes one group's bands; whoever a sheet calls a unit is its line in order of place."""

    def __init__(self, plan: Plan, layout: GradeLayout, group: str, base: int) -> None:
        self._plan = plan
        self._layout = layout
        self._group = group
        self._base = base
        self._rule = layout.rule
        self._words = {key: plan.say.quoted(text) for key, text in OUTCOMES.items()}

    def write_band(self, number: int, state: BandState) -> Written:
        """The numbers of a band, from its base to its cut line."""
        layout, band = self._layout, self._rule.bands[number]
        line = layout.first_band + number
        above = line - 1 if number else None
        yield at.BASE, str(self._base), self._base
        free, places = cell(at.FREE, line), cell(at.PLACES, line)
        if state.places is None:
            yield at.HELD, "0", 0
            yield at.FREE, str(layout.count), layout.count
        else:
            yield at.PLACES, self._write_places(band, number, line, above), state.places
            waiting = cell(at.STILL_HELD, above) if above else "0"
            yield at.HELD, f"MIN({waiting},{places})", state.held
            yield at.FREE, f"{places}-{cell(at.HELD, line)}", state.free
        yield at.OPEN, self._write_open(number, free), state.open
        yield at.USED, self._write_used(number, line, above), state.used
        yield at.STILL_HELD, self._write_still_held(number, line, above, state), state.still_held
        outcomes = layout.span(layout.band_column(number, at.OUTCOME))
        taken = self._words[TAKEN]
        totals = layout.span(at.TOTAL)
        lowest = f"LOOKUP(2,1/({outcomes}={taken}),{totals})"
        yield at.LINE, f'IF(COUNTIF({outcomes},{taken})=0,"",{lowest})', state.line

    def _write_places(self, band: Band, number: int, line: int, above: int | None) -> str:
        find, code, level = self._plan.parameters.find, own_grades(self._rule), str(number + 1)
        base, used = cell(at.BASE, line), cell(at.USED, above) if above else "0"
        tilts = [each for each in self._rule.tilts if each.grade == band.label]
        gained = [each for each in tilts if each.group == self._group]
        more = sum(each.places or 0 for each in gained)
        less = sum(
            each.taken_from.get(self._group, 0) for each in tilts if each.group != self._group
        )
        if band.number is not None:
            count = find(code, "number", level) or str(band.number)
        elif band.up_to is not None:
            share = find(code, "up_to", level)
            count = f"MAX(MIN({write_count(f'{share}*{base}', 'floor')},{base})-{used},0)"
        else:
            share = find(code, "share", level) or "0"
            points = "".join(f"+{write_literal(each.points_share)}" for each in gained if each.points_share)  # fmt: skip
            share = f"({share}{points})" if points else share
            least = find(code, "at_least", level)
            whole = write_count(f"{share}*{base}", self._rule.share_rounding)
            count = f"MIN(MAX({whole},{least}),{base})"
        return f"{count}{f'+{more}' if more else ''}{f'-{less}' if less else ''}"

    def _write_open(self, number: int, free: str) -> str:
        """The places left to units that stand level at the line, where only a decision helps."""
        if self._rule.cut_tie != "tie_break":
            return "0"
        split = self._write_split(number, free)
        ahead = self._layout.span(self._layout.band_column(number, at.AHEAD))
        first = f"SUMPRODUCT({split}*{ahead})/SUMPRODUCT({split}*1)"
        return f"IF(SUMPRODUCT({split}*1)=0,0,{free}-{first})"

    def _write_split(self, number: int, free: str) -> str:
        """1 for every unit on a line that falls between units that nothing separates."""
        layout = self._layout
        ahead, level = (
            layout.span(layout.band_column(number, column)) for column in (at.AHEAD, at.LEVEL)
        )
        return f"{self._write_able_span(number)}*({ahead}<{free})*({ahead}+{level}>{free})"

    def _write_able_span(self, number: int) -> str:
        waiting = self._layout.span(self._layout.band_column(number, at.WAITING))
        least = self._find_least(number)
        if least is None:
            return waiting
        return f"{waiting}*({self._layout.span(at.TOTAL)}>={least})"

    def _find_least(self, number: int) -> str | None:
        return self._plan.parameters.find(own_grades(self._rule), "minimum_score", str(number + 1))

    def _write_used(self, number: int, line: int, above: int | None) -> str:
        layout = self._layout
        outcomes = layout.span(layout.band_column(number, at.OUTCOME))
        before = f"{cell(at.USED, above)}+" if above else ""
        counted = f"COUNTIF({outcomes},{self._words[TAKEN]})"
        if self._rule.vetoed == "vacant":
            counted += f"+{self._write_vacant(number, cell(at.FREE, line), outcomes)}"
        return f"{before}{cell(at.HELD, line)}+{counted}+{cell(at.OPEN, line)}"

    def _write_vacant(self, number: int, free: str, outcomes: str) -> str:
        """The places of units kept out, which stay empty."""
        words = (self._words[PASSED], self._words[FAILED])
        if self._rule.cut_tie == "all_in":
            return "+".join(f"COUNTIF({outcomes},{word})" for word in words)
        layout = self._layout
        ahead, level = (
            layout.span(layout.band_column(number, column)) for column in (at.AHEAD, at.LEVEL)
        )
        gone = "+".join(f"({outcomes}={word})" for word in words)
        return f"SUMPRODUCT(({gone})*({ahead}+{level}<={free}))"

    def _write_still_held(self, number: int, line: int, above: int | None, state: BandState) -> str:
        layout = self._layout
        outcomes = layout.span(layout.band_column(number, at.OUTCOME))
        tied = f"COUNTIF({outcomes},{self._words[UNDECIDED]})"
        more = f"MAX({tied}-{cell(at.OPEN, line)},0)"
        if state.places is None or above is None:
            return more
        return f"{cell(at.STILL_HELD, above)}-{cell(at.HELD, line)}+{more}"

    def write_unit(self, number: int, row: int, state: BandState) -> Written:
        """A unit's columns under one band."""
        layout = self._layout
        line = layout.first + row
        place = {which: layout.band_column(number, which) for which in range(at.BAND_COLUMNS)}
        contest = Contest(layout, place[at.CLAIM])
        is_placed = f'{cell(at.TIER, line)}=""'
        yield place[at.WAITING], self._write_waiting(number, line), state.waiting[row]
        yield place[at.KEPT_OUT], self._write_kept_out(number, line), state.kept_out[row]
        yield place[at.CLAIM], self._write_claim(number, line), state.claims[row]
        yield place[at.AHEAD], f"IF({is_placed},0,{contest.ahead(line)})", state.ahead[row]
        yield place[at.LEVEL], f"IF({is_placed},0,{contest.level(line)})", state.level[row]
        outcome = state.outcomes[row]
        shown = self._plan.say(OUTCOMES[outcome]) if outcome != NOTHING else ""
        yield place[at.OUTCOME], self._write_outcome(number, line), shown
        for way in layout.ways_of(number):
            claims, has = layout.way_columns(number, way)
            yield claims, self._write_way_claim(number, way, line), state.ways[way][0][row]
            yield has, self._write_way(way, claims, line), state.ways[way][1][row]

    def _write_waiting(self, number: int, line: int) -> str:
        if number == 0:
            total, least = (
                cell(at.TOTAL, line),
                self._plan.parameters.find(own_grades(self._rule), "pass_line"),
            )
            passes = f"IF({total}>={least},1,0)" if least else "1"
            return f"IF(ISNUMBER({total}),{passes},0)"
        before = number - 1
        waiting, outcome = (
            cell(self._layout.band_column(before, which), line)
            for which in (at.WAITING, at.OUTCOME)
        )
        free = f'OR({outcome}="",{outcome}={self._words[PASSED]})'
        promoted = [
            f"{cell(self._layout.way_columns(before, way)[1], line)}=0"
            for way in self._layout.ways_of(before)
        ]
        return f"IF(AND({waiting}=1,{','.join([free, *promoted])}),1,0)"

    def _write_kept_out(self, number: int, line: int) -> str:
        fails = f"{cell(at.FAILS, line)}>0"
        is_last = self._rule.bands[number].label == list_labels(self._rule)[-1]
        if is_last:
            return f"IF({fails},1,0)"
        outcomes = [
            f"({cell(self._layout.band_column(before, at.OUTCOME), line)}={self._words[PASSED]})"
            for before in range(number)
        ]
        spent = "".join(f"-{outcome}" for outcome in outcomes)
        down = f"{cell(at.DOWNS, line)}{spent}>0"
        top = [f"{cell(at.NO_TOP, line)}>0"] if number == 0 else []
        return f"IF(OR({','.join([fails, down, *top])}),1,0)"

    def _write_claim(self, number: int, line: int) -> str:
        waiting, out = (
            cell(self._layout.band_column(number, which), line)
            for which in (at.WAITING, at.KEPT_OUT)
        )
        tests = [f"{waiting}=1"]
        if least := self._find_least(number):
            tests.append(f"{cell(at.TOTAL, line)}>={least}")
        if self._rule.vetoed != "vacant":
            tests.append(f"{out}=0")
        return f"IF({tests[0]},1,0)" if len(tests) == 1 else f"IF(AND({','.join(tests)}),1,0)"

    def _write_outcome(self, number: int, line: int) -> str:
        layout, words = self._layout, self._words
        waiting, out, ahead, level = (
            cell(layout.band_column(number, which), line)
            for which in (at.WAITING, at.KEPT_OUT, at.AHEAD, at.LEVEL)
        )
        free = fixed(at.FREE, layout.first_band + number)
        missed = [f"{waiting}=0", f"{ahead}>={free}"]
        if least := self._find_least(number):
            missed.append(f"{cell(at.TOTAL, line)}<{least}")
        if self._rule.cut_tie == "none_in":
            missed.append(f"{ahead}+{level}>{free}")
        inside = words[TAKEN]
        if self._rule.cut_tie == "tie_break":
            inside = f"IF({ahead}+{level}<={free},{inside},{words[UNDECIDED]})"
        kept = f"IF({cell(at.FAILS, line)}>0,{words[FAILED]},{words[PASSED]})"
        return f'IF(OR({",".join(missed)}),"",IF({out}=1,{kept},{inside}))'

    def _write_way_claim(self, number: int, way: int, line: int) -> str:
        """Whether a unit that is not in by rank claims a promotion: no veto, and none has it already."""
        layout = self._layout
        waiting, outcome = (
            cell(layout.band_column(number, which), line) for which in (at.WAITING, at.OUTCOME)
        )
        tests = [
            f"{waiting}=1",
            f"{cell(at.FIRST_WAY + way, line)}=1",
            f"{cell(at.BARRED, line)}=0",
            f'OR({outcome}="",{outcome}={self._words[PASSED]})',
        ]
        for earlier in layout.ways_of(number):
            if earlier < way:
                tests.append(f"{cell(layout.way_columns(number, earlier)[1], line)}=0")
        return f"IF(AND({','.join(tests)}),1,0)"

    def _write_way(self, way: int, claims: int, line: int) -> str:
        limit = self._rule.promotions[way].limit
        if limit is None:
            return cell(claims, line)
        contest = Contest(self._layout, claims)
        tests = [f"{cell(claims, line)}=1", f"{contest.ahead(line)}<{limit}"]
        if self._rule.cut_tie != "all_in":
            tests.append(f"{contest.ahead(line)}+{contest.level(line)}<={limit}")
        return f"IF(AND({','.join(tests)}),1,0)"

    def write_grade(self, row: int) -> str:
        """The grade proposed: the first band that takes, promotes or leaves open; else the failing one."""
        line = self._layout.first + row
        grade = quote(self._rule.fail)
        undecided = self._plan.say.quoted(told.UNDECIDED)
        for number in range(len(self._rule.bands) - 1, -1, -1):
            label = quote(self._rule.bands[number].label)
            outcome = cell(self._layout.band_column(number, at.OUTCOME), line)
            for way in self._layout.ways_of(number):
                has = cell(self._layout.way_columns(number, way)[1], line)
                grade = f"IF({has}=1,{label},{grade})"
            failed = quote(self._rule.fail)
            grade = f"IF({outcome}={self._words[FAILED]},{failed},{grade})"
            grade = f"IF({outcome}={self._words[UNDECIDED]},{undecided},{grade})"
            grade = f"IF({outcome}={self._words[TAKEN]},{label},{grade})"
        return f'IF({cell(at.TOTAL, line)}="","",{grade})'
