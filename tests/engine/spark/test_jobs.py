"""What Spark says over pages is told in one sentence."""

from kaohe.spark.jobs import explain_fault

FAULT = """An error occurred while calling z:org.apache.spark.api.python.PythonRDD.collectAndServe.
: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times
Traceback (most recent call last):
  File "worker.py", line 1, in main
{last}

\tat org.apache.spark.api.python.BasePythonRunner
"""


def test_a_module_that_executors_lack_is_named():
    said = FAULT.format(last="ModuleNotFoundError: No module named 'pyarrow'")

    finding = explain_fault(RuntimeError(said))

    assert (finding.kind, finding.wrong.en) == (
        "executor-lacks-module",
        "the Python of the executors lacks pyarrow",
    )


def test_of_any_other_fault_the_error_itself_is_told():
    finding = explain_fault(RuntimeError(FAULT.format(last="MemoryError: 7.45 GiB for an array")))

    assert (finding.kind, finding.wrong.en) == (
        "job-failed",
        "the Spark job failed: 7.45 GiB for an array",
    )


def test_of_a_fault_without_a_traceback_the_first_line_is_told():
    finding = explain_fault(RuntimeError("Job 3 cancelled\nmore"))

    assert finding.wrong.en == "the Spark job failed: Job 3 cancelled"
