"""A step says its sentence in both languages and keeps its exact figures."""

from fractions import Fraction

from kaohe.grading.steps import Shown, Step, show_decimal, show_percent, tell_step
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


def test_a_share_is_shown_in_percent_and_kept_exactly():
    step = tell_step("比例{share}", "share {share}", share=show_percent(Fraction("0.175")))

    assert step == Step(Text("比例17.5%", "share 17.5%"), (("share", Fraction(7, 40)),))
    assert show_percent(Fraction(1, 3)).words == "33.3333…%"


def test_a_figure_that_never_ends_is_cut_where_it_is_shown():
    assert show_decimal(Fraction(2, 3)) == Shown(Fraction(2, 3), "0.6666…")
    assert show_decimal(Fraction(40250, 1469)).words == "27.3995…"
    assert show_decimal(Fraction(10, 33)).words == "0.3030…"
    assert show_decimal(Fraction(64, 3)).words == "21.3333…"
    assert show_decimal(Fraction(3, 10**6)).words == "0.000003"
