"""A step says its sentence in both languages and keeps its exact figures."""

from fractions import Fraction

from kaohe.grading.steps import Step, tell_step
from kaohe.language import Text


def test_a_step_puts_its_parts_into_both_sentences():
    step = tell_step(
        "{who}（{how}）{share} × {base}",
        "{who} ({how}) {share} × {base}",
        who="{甲}",
        how=Text("单列", "listed apart"),
        share=Fraction("0.3"),
        base=12,
    )

    assert step == Step(
        Text("{甲}（单列）0.3 × 12", "{甲} (listed apart) 0.3 × 12"),
        (("share", Fraction(3, 10)), ("base", Fraction(12))),
    )
