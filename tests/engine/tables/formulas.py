"""Random custom formulas that use the whole language."""

from random import Random

from kaohe.expressions.functions import FUNCTIONS

POOL = tuple(
    f"{whose}_{what}" for whose in ("pool", "others") for what in ("min", "max", "mean", "sum", "count")
) + ("pool_rank",)  # fmt: skip
PLAIN = ("min", "max", "clamp", "abs", "floor", "ceil", "round", "bands", "curve")
FACETS = ("x", "t", "prev", "gdp", "税收", "完成值")
OWN_FACETS = {"gdp": "生产总值", "tax": "税收"}
_NUMBERS = ("0", "1", "2", "0.5", "0.1", "3", "10", "60", "0.00005", "12.5", "90%", "100")
_EDGES = ("-20", "0", "0.5", "1", "5", "10", "60", "100")
_SIZES = ("0.5", "1", "0.1", "3", "10", "t")
_CHINESE = dict(zip([*FUNCTIONS][::2], [*FUNCTIONS][1::2], strict=True))


def write_formula(random: Random) -> str:
    """One to four steps, the last of them the score; each step is used."""
    return _Writer(random).write()


class _Writer:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._steps: list[str] = []
        self._plain: list[str] = []
        self._compares = False
        self._unused: list[str] = []

    def write(self) -> str:
        lines = [self._write_step(f"s{number}") for number in range(self._random.randint(0, 3))]
        score = " + ".join([self._choice(3), *self._unused])
        lines.append(f"{self._random.choice(['score = ', '得分 = ', ''])}{score}")
        return self._random.choice(["; ", "\n"]).join(lines)

    def _write_step(self, name: str) -> str:
        self._compares = False
        line = f"{name} = {self._choice(2)}"
        self._steps.append(name)
        self._unused.append(name)
        if not self._compares:
            self._plain.append(name)
        return line

    def _choice(self, depth: int) -> str:
        if depth > 0 and self._random.random() < 0.2:
            return self._branches(depth - 1)
        return self._sum(depth)

    def _branches(self, depth: int) -> str:
        words = self._random.choice([("if", "then", "else", "and"), ("如果", "则", "否则", "且")])
        conditions = f" {words[3]} ".join(
            self._condition(depth) for _ in range(self._random.choice([1, 1, 2]))
        )
        then, otherwise = self._choice(depth), self._choice(depth)
        return f"{words[0]} {conditions} {words[1]} {then} {words[2]} {otherwise}"

    def _condition(self, depth: int) -> str:
        figures = [self._sum(min(depth, 1)) for _ in range(self._random.choice([2, 2, 3]))]
        signs = [self._random.choice(["<", "<=", ">", ">=", "==", "!="]) for _ in figures[1:]]
        return figures[0] + "".join(
            f" {sign} {figure}" for sign, figure in zip(signs, figures[1:], strict=True)
        )

    def _sum(self, depth: int) -> str:
        parts = [self._product(depth) for _ in range(self._random.choice([1, 1, 2, 3]))]
        return parts[0] + "".join(f" {self._random.choice('+-')} {part}" for part in parts[1:])

    def _product(self, depth: int) -> str:
        parts = [self._operand(depth) for _ in range(self._random.choice([1, 1, 1, 2, 3]))]
        text = parts[0]
        for part in parts[1:]:
            sign = self._random.choice("**/")
            text += f" {'*' if part in ('0', '-0') else sign} {part}"
        return text

    def _operand(self, depth: int) -> str:
        shape = self._random.random()
        if depth > 0 and shape < 0.35:
            return self._call(depth - 1)
        if depth > 0 and shape < 0.45:
            return f"({self._choice(depth - 1)})"
        if shape < 0.6:
            return self._random.choice(["", "", "-"]) + self._random.choice(_NUMBERS)
        return self._name()

    def _name(self) -> str:
        name = self._random.choice([*FACETS, "w", "分值", "a", "n", *self._steps * 2])
        self._compares |= name in ("a", "n") or name in self._steps and name not in self._plain
        if name in self._unused:
            self._unused.remove(name)
        return name

    def _call(self, depth: int) -> str:
        name = self._random.choice((*POOL, *PLAIN))
        spoken = _CHINESE[name] if self._random.random() < 0.2 else name
        return f"{spoken}({', '.join(self._arguments(name, depth))})"

    def _arguments(self, name: str, depth: int) -> list[str]:
        if name in POOL:
            self._compares = True
            asked = self._random.choice([*FACETS, *self._plain * 2])
            if asked in self._unused:
                self._unused.remove(asked)
            return [asked]
        first = self._choice(depth)
        if name in ("bands", "curve"):
            return [first, *self._table(name)]
        if name in ("min", "max"):
            return [first, *(self._sum(0) for _ in range(self._random.choice([1, 2])))]
        if name == "clamp":
            return [first, self._sum(0), self._sum(0)]
        if name in ("floor", "ceil"):
            return [first, *self._random.choice([[], [self._random.choice(_SIZES)]])]
        if name == "round":
            return [first, *self._random.choice([[], ["0"], ["1"], ["4"]])]
        return [first]

    def _table(self, name: str) -> list[str]:
        places = sorted(self._random.sample(range(len(_EDGES)), self._random.randint(2, 5)))
        pairs = [(_EDGES[place], self._random.choice(_NUMBERS)) for place in places]
        below = [self._random.choice(_NUMBERS)] if name == "bands" else []
        return [*below, *(text for pair in pairs for text in pair)]
