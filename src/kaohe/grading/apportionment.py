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

from kaohe.grading.steps import Step, tell_step
from kaohe.language import Text
from kaohe.scheme.quotas import ApportionmentMethod, TieRule


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
                quota=each.claim * self.scale,
                whole=whole[each.code],
            )
            for each in self.claims
        ]

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
        tied = [each.code for each in admitted if self.weights[each.code] == weight]
        others = ", ".join(code for code in tied if code != first.code)
        among = Text(f"（与{others}并列）", f" (tied with {others})") if others else ""
        held = self.held[first.code]
        if self.by_remainder:
            return tell_step(
                "第{number}个：{organ}，应得{quota}，已有{held}，尚差{weight}{among}",
                "place {number}: {organ}, quota {quota}, has {held}, lacks {weight}{among}",
                number=number,
                organ=first.code,
                quota=first.claim * self.scale,
                held=held,
                weight=weight,
                among=among,
            )
        return tell_step(
            "第{number}个：{organ}，{claim} ÷ {next} = {weight}{among}",
            "place {number}: {organ}, {claim} ÷ {next} = {weight}{among}",
            number=number,
            organ=first.code,
            claim=first.claim,
            next=held + 1,
            weight=weight,
            among=among,
        )


def _tell_open(tie: OpenTie) -> Step:
    organs = ", ".join(tie.organs)
    return tell_step(
        "{organs}条件完全相同，{places}个名额须研究决定",
        "{organs} are equal in everything; {places} places need a decision",
        organs=organs,
        places=tie.places,
    )
