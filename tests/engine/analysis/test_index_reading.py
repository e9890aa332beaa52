"""Index files: what may be written, and findings with their lines."""

import json

import pytest
from tests.engine.analysis.indexes import INDEX, change, read

from kaohe.analysis.index_model import IndexModel
from kaohe.errors import BadInput
from kaohe.scheme.json_schema import write_json_schema


def test_an_index_is_read_as_it_is_written():
    index = read(INDEX)

    assert (index.index, index.name, index.normalisation.method) == ("vigour", "Vigour", "min_max")
    assert [(node.code, node.weight, node.direction) for node in index.iterate_nodes()] == [
        ("growth", 2, "higher"),
        ("A1", 1, "higher"),
        ("A2", 3, "lower"),
        ("B1", 1, "higher"),
    ]
    assert [leaf.code for leaf in index.list_leaves()] == ["A1", "A2", "B1"]


def test_methods_can_be_written_in_full():
    index = change(
        "aggregation: arithmetic\n",
        "aggregation: {method: power, power: -1/2, availability: {weight: 60%}}\n",
    )

    assert (index.aggregation.method, index.aggregation.power) == ("power", -0.5)
    assert index.aggregation.availability.weight == 0.6


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("index: vigour\n", "", 'line 1 · index: "index" (code of the index) is missing'),
        ("index: vigour\n", "kaohe: 1\n", "line 1 · kaohe: this is a scheme, not an index"),
        ("aggregation: arithmetic", "aggregation:", "line 4 · aggregation: not as expected: nothing"),
        ("name: Vigour\n", "nome: Vigour\n", 'line 2 · nome: there is no key "nome" → did you mean name'),
        ("normalisation: min_max", "normalisation: minmax",
         'line 3 · normalisation: "minmax" is none of the choices → write one of: min_max, z_score'),
        ("aggregation: arithmetic", "aggregation: power",
         'line 4 · aggregation.power: "power" (power) is missing'),
        ("aggregation: arithmetic", "aggregation: {method: geometric, power: 2}",
         'line 4 · aggregation.power: "power" is for `method: power` only'),
        ("normalisation: min_max", "normalisation: distance_to_reference",
         'line 3 · normalisation.reference: "reference" (the subject of reference) is missing'),
        ("normalisation: min_max", "normalisation: {method: z_score, to: [0, 1]}",
         'line 3 · normalisation.to: "to" is for min_max and percentile_rank and distance_to_best'),
        ("normalisation: min_max", "normalisation: {method: rank, cap: true}",
         '"cap" is for distance_to_reference and distance_to_target only'),
        ("normalisation: min_max", "normalisation: {method: min_max, to: [100, 1]}",
         "line 3 · normalisation.to: the low end of the scale is not below the high one"),
        ("normalisation: min_max", "normalisation: goalposts",
         'line 9 · indicators[0].children[0].goalposts: "goalposts" (goalposts) is missing'),
        ("normalisation: min_max", "normalisation: distance_to_target",
         'line 11 · indicators[1].target: "target" (target) is missing'),
        ("name: Vigour\n", "ranking: {on: rounded}\n", '"decimals" (decimals) is missing → write decimals: …, or rank on unrounded'),
        ("  - code: B1\n", "  - code: A2\n", 'line 11 · indicators[1].code: the code "A2" stands twice'),
        ("  - code: B1\n", "  - code: vigour\n", 'the code "vigour" stands twice'),
        ("weight: 3", "weight: -3", "line 10 · indicators[0].children[1].weight: out of range: -3.0"),
        ("weight: 3", "weight: .inf", '".inf" is not a number'),
        ("weight: 3", "weight: 1e3", "1e3"),
        ("    weight: 2\n", "    target: 2\n", 'line 7 · indicators[0].target: "target" is for indicators only'),
        ("  - code: B1\n", "  - {code: B1, aggregation: harmonic}\n",
         'line 11 · indicators[1].aggregation: "aggregation" is for branches only'),
        ("  - code: B1\n", "  - {code: B1, goalposts: {low: 3, high: 3}}\n",
         "line 11 · indicators[1].goalposts: B1 has a high goalpost not above the low one"),
        ("  - code: B1\n", "  - {code: B1, transform: logarithm, goalposts: {low: 0, high: 3}}\n",
         "B1 is taken as a logarithm: its low goalpost is positive"),
        ("      - {code: A1, name: Output}\n      - {code: A2, weight: 3, direction: lower}\n",
         "      - {code: A1, weight: 0}\n", "all weights under growth are zero"),
        ("    weight: 2\n    children:\n      - {code: A1, name: Output}\n      - {code: A2, weight: 3, direction: lower}\n  - code: B1\n",
         "    weight: 0\n", "line 5 · indicators: all weights under vigour are zero"),
        ("normalisation: min_max", "normalisation: {method: min_max, to: [1]}",
         "line 3 · normalisation.to: a scale has two ends → write two numbers upwards, such as [1, 100]"),
        ("normalisation: min_max", "normalisation: {method: min_max, to: [low, 9]}",
         'line 3 · normalisation.to[0]: "low" is not a number'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_its_line(old, new, said):
    with pytest.raises(BadInput) as refused:
        change(old, new)

    assert said in refused.value.say("en")


def test_all_faults_are_said_at_once_in_both_languages():
    with pytest.raises(BadInput) as refused:
        read(INDEX.replace("weight: 2", "weight: -2").replace("lower", "down"))

    assert refused.value.say("zh").splitlines() == [
        "vigour.yaml · 第7行 · indicators[0].weight: 数值越界：-2.0 → 不得小于 0.0",
        "vigour.yaml · 第10行 · indicators[0].children[1].direction: “down”不在可选值之内"
        " → 可写：higher（正向）、lower（逆向）",
    ]


def test_editors_know_short_forms_numbers_and_choices():
    schema = json.loads(write_json_schema(IndexModel))

    forms = schema["$defs"]
    assert schema["properties"]["aggregation"]["anyOf"] == [
        {"type": "string"},
        {"$ref": "#/$defs/AggregationChoice"},
    ]
    assert forms["IndexNode"]["properties"]["weight"]["anyOf"] == [
        {"type": "number"},
        {"type": "string"},
    ]
    assert forms["IndexNode"]["properties"]["direction"]["enum"] == ["higher", "lower"]
    assert schema["required"] == ["index", "indicators"]
