"""Dividing a whole number of places among organs in proportion to exact claims.

Largest remainder (最大余数法): whole parts first, then one each by the largest remainder; with one more
place to divide, an organ may lose one. Quota method (巴林斯基—杨配额法; M. L. Balinski, H. P. Young, "The
Quota Method of Apportionment", American Mathematical Monthly 82, 1975): place by place, to the largest
claim ÷ (places + 1) among those whose next place stays within their quota rounded up; nobody ever loses
a place when there is one more to divide.

Both are one loop: each place goes to whoever comes first by the method, then by headcount, then by
claim. Organs equal in all of that are ordered by a decision, or the place stays open between them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from kaohe.grading.steps import Shown, Step, show_decimal, tell_step
from kaohe.language import Text
from kaohe.scheme.quotas import ApportionmentMethod, TieRule

METHODS = {
    "largest_remainder": Text("最大余数法", "largest remainder"),
    "quota_method": Text("巴林斯基—杨配额法", "the quota method"),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one organ asks for: `claim` places exactly (share × headcount), `least` to `most` whole ones."""

    code: str
    claim: Fraction
    headcount: int
    most: int
    least: int = 0


@dataclass(frozen=True, slots=True)
class OpenTie:
    """Places that nothing declared gives to one of these organs rather than to another."""

    organs: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Apportionment:
    """Places by organ, without those in `open_ties`, which only a decision can give."""

    places: Mapping[str, int]
    open_ties: tuple[OpenTie, ...]
    steps: tuple[Step, ...]


def apportion_places(
    claims: Sequence[Claim],
    house: int,
    *,
    method: ApportionmentMethod = "largest_remainder",
    tie: TieRule = "larger_headcount",
    tie_order: Sequence[str] = (),
) -> Apportionment:
    """Divide `house` places; fewer are given only when nobody may take more.

    Nobody has more than its `most`, nor less than its `least` unless these alone exceed the house.
    """
    settled = _settle_least(sorted(claims, key=lambda each: each.code), house)
    sharing = _Sharing(settled, house, method=method, tie=tie, tie_order=tie_order)
    steps = sharing.hand_out()
    open_ties = sharing.withdraw_open_places()
    return Apportionment(sharing.held, open_ties, (*steps, *map(_tell_open, open_ties)))


def _settle_least(claims: Sequence[Claim], house: int) -> list[Claim]:
    """Each least within its most; none at all when the house cannot hold them."""
    bounded = [replace(each, least=min(each.least, each.most)) for each in claims]
    if sum(each.least for each in bounded) > house:
        return [replace(each, least=0) for each in bounded]
    return bounded


class _Sharing:
    """Places handed out one by one; `held` is how many each organ has so far.

    `weights` say who is next, `closed` up to which size of house an organ's next place would exceed
    its quota rounded up.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        house: int,
        *,
        method: ApportionmentMethod,
        tie: TieRule,
        tie_order: Sequence[str],
    ) -> None:
        self.house = house
        self.by_remainder = method == "largest_remainder"
        self.sign = 1 if tie == "larger_headcount" else -1
        self.decided = {code: -place for place, code in enumerate(tie_order)}
        self.claims = [each for each in claims if each.claim > 0]
        self.total = sum((each.claim for each in self.claims), Fraction())
        # Claims are quotas as they stand where the house is just their sum rounded down.
        is_rounded_down = floor(self.total) == house or not self.claims
        self.scale = Fraction(1) if is_rounded_down else house / self.total
        self.held = {each.code: each.least for each in claims}
        self.weights: dict[str, Fraction] = {}
        self.closed: dict[str, Fraction] = {}

    def hand_out(self) -> list[Step]:
        """Give places until the house is full or nobody may take more."""
        steps = self._give_whole_parts() if self.by_remainder else []
        for each in self.claims:
            self._set_turn(each)
        for number in range(sum(self.held.values()) + 1, self.house + 1):
            admitted = self._list_admitted(number)
            if not admitted:
                break
            first = max(admitted, key=self._order)
            steps.append(self._tell_place(number, first, admitted))
            self.held[first.code] += 1
            self._set_turn(first)
        return steps

    def _give_whole_parts(self) -> list[Step]:
        whole = {
            each.code: max(min(floor(each.claim * self.scale), each.most), each.least)
            for each in self.claims
        }
        if sum((self.held | whole).values()) > self.house:
            return []
        self.held |= whole
        return [
            tell_step(
                "{organ}：应得{quota}，先得{whole}",
                "{organ}: quota {quota}, first {whole}",
                organ=each.code,
                quota=self._reckon_quota(each),
                whole=whole[each.code],
            )
            for each in self.claims
        ]

    def _reckon_quota(self, claim: Claim) -> Text | Shown:
        if self.scale == 1:
            return show_decimal(claim.claim)
        return tell_step(
            "{house} × {claim} ÷ {total} = {quota}",
            "{house} × {claim} ÷ {total} = {quota}",
            house=self.house,
            claim=show_decimal(claim.claim),
            total=show_decimal(self.total),
            quota=show_decimal(claim.claim * self.scale),
        ).text

    def _set_turn(self, claim: Claim) -> None:
        held = self.held[claim.code]
        if self.by_remainder:
            self.weights[claim.code] = claim.claim * self.scale - held
            self.closed[claim.code] = Fraction()
        else:
            self.weights[claim.code] = claim.claim / (held + 1)
            self.closed[claim.code] = held * self.total / claim.claim

    def _list_admitted(self, number: int) -> list[Claim]:
        below = [each for each in self.claims if self.held[each.code] < each.most]
        return [each for each in below if self.closed[each.code] < number] or below

    def _order(self, claim: Claim) -> tuple[Fraction, int, Fraction, int]:
        decided = self.decided.get(claim.code, 0)
        return self.weights[claim.code], self.sign * claim.headcount, claim.claim, decided

    def withdraw_open_places(self) -> tuple[OpenTie, ...]:
        """Take back what organs equal in everything got unequally, unless a decision orders them all."""
        equals: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for each in self.claims:
            equals[each.claim, each.headcount, each.most, each.least].append(each.code)
        return tuple(
            self._withdraw(codes)
            for codes in equals.values()
            if len({self.held[code] for code in codes}) > 1 and not set(codes) <= set(self.decided)
        )

    def _withdraw(self, codes: Sequence[str]) -> OpenTie:
        sure = min(self.held[code] for code in codes)
        places = sum(self.held[code] - sure for code in codes)
        self.held.update(dict.fromkeys(codes, sure))
        return OpenTie(tuple(codes), places)

    def _tell_place(self, number: int, first: Claim, admitted: Sequence[Claim]) -> Step:
        weight = self.weights[first.code]
        among = self._tell_among(first, admitted)
        held = self.held[first.code]
        if self.by_remainder:
            return tell_step(
                "第{number}个：{organ}，应得{quota}，已有{held}，尚差{weight}{among}",
                "place {number}: {organ}, quota {quota}, has {held}, lacks {weight}{among}",
                number=number,
                organ=first.code,
                quota=show_decimal(first.claim * self.scale),
                held=held,
                weight=show_decimal(weight),
                among=among,
            )
        return tell_step(
            "第{number}个：{organ}，{claim} ÷ {next} = {weight}{among}",
            "place {number}: {organ}, {claim} ÷ {next} = {weight}{among}",
            number=number,
            organ=first.code,
            claim=show_decimal(first.claim),
            next=held + 1,
            weight=show_decimal(weight),
            among=among,
        )

    def _tell_among(self, first: Claim, admitted: Sequence[Claim]) -> Text:
        """Who else was as near, and what decided; who was nearer, and may not have more."""
        weight = self.weights[first.code]
        tied = [
            each for each in admitted if self.weights[each.code] == weight and each is not first
        ]
        passed = [
            each.code
            for each in self.claims
            if self._order(each) > self._order(first)
            and self.held[each.code] < each.most
            and each not in admitted
        ]
        told = [*([self._tell_tied(first, tied)] if tied else [])]
        if passed:
            told.append(
                Text(
                    f"（{'、'.join(passed)}再得一个即超过应得数进整，不计）",
                    f" ({', '.join(passed)} would exceed the quota rounded up)",
                )
            )
        return Text("".join(each.zh for each in told), "".join(each.en for each in told))

    def _tell_tied(self, first: Claim, tied: Sequence[Claim]) -> Text:
        codes = [each.code for each in tied]
        why = self._find_reason(first, max(tied, key=self._order))
        return Text(
            f"（与{'、'.join(codes)}并列，{why.zh}）", f" (tied with {', '.join(codes)}; {why.en})"
        )

    def _find_reason(self, first: Claim, next_best: Claim) -> Text:
        if first.headcount != next_best.headcount:
            return _LARGER_FIRST if self.sign == 1 else _SMALLER_FIRST
        if first.claim != next_best.claim:
            return Text("人数相同，理论名额多者先得", "equal headcounts, the larger claim first")
        if {first.code, next_best.code} <= set(self.decided):
            return Text("条件相同，按研究决定的先后", "equal in everything, in the order decided")
        return Text("条件相同", "equal in everything")


_LARGER_FIRST = Text("人数多者先得", "the larger headcount first")
_SMALLER_FIRST = Text("人数少者先得", "the smaller headcount first")


def _tell_open(tie: OpenTie) -> Step:
    organs = Text("、".join(tie.organs), ", ".join(tie.organs))
    return tell_step(
        "{organs}条件完全相同，{places}个名额须研究决定",
        "{organs} are equal in everything; {places} places need a decision",
        organs=organs,
        places=tie.places,
    )
