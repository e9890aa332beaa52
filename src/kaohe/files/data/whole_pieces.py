"""Files that already keep together whoever is compared: read and scored as they are, a few at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt

from kaohe.errors import BadInput, Finding
from kaohe.files.data.population_tables import read_files
from kaohe.files.tables.column_files import ColumnFile
from kaohe.population.families import Families
from kaohe.population.subjects import Population
from kaohe.scheme.draft import Scheme


def cut_between_families(
    families: Families, file_of: npt.NDArray[np.int32], counts: Sequence[int], most_rows: int
) -> list[slice] | None:
    """Consecutive files, in pieces between which no family is torn; None where one has too many rows.

    `families` and `file_of` say of each subject whom it is compared with and in which file it stands.
    """
    known = int(families.max(initial=-1)) + 1
    first, last = np.full(known, len(counts)), np.full(known, -1)
    np.minimum.at(first, families, file_of)
    np.maximum.at(last, families, file_of)
    reach = np.arange(len(counts))
    is_there = last >= 0
    np.maximum.at(reach, first[is_there], last[is_there])
    is_end = np.maximum.accumulate(reach) == np.arange(len(counts))
    ends = (np.flatnonzero(is_end) + 1).tolist()
    pieces = [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    return pieces if all(sum(counts[piece]) <= most_rows for piece in pieces) else None


def read_pieces(
    files: Sequence[ColumnFile], pieces: Sequence[slice], scheme: Scheme
) -> Iterator[Population]:
    """The populations of the pieces in turn, the next being read while one is looked at.

    That no code stands twice in all of them is known.

    Raises BadInput with what is wrong in any of them, once all before the first wrong one were given.
    """
    read = partial(read_files, scheme=scheme, are_distinct=True)
    with ThreadPoolExecutor(1) as worker:
        coming = [worker.submit(read, files[piece]) for piece in pieces[:1]]
        for number in range(len(pieces)):
            ready = coming.pop()
            try:
                population = ready.result()
            except BadInput as fault:
                rest = (_find_faults(files[piece], scheme) for piece in pieces[number + 1 :])
                raise BadInput([*fault.findings, *chain.from_iterable(rest)]) from fault
            coming += [
                worker.submit(read, files[piece]) for piece in pieces[number + 1 : number + 2]
            ]
            del ready  # what was read is given away, so that its memory is free once it was used
            yield population
            del population


def _find_faults(files: Sequence[ColumnFile], scheme: Scheme) -> Sequence[Finding]:
    try:
        read_files(files, scheme)
    except BadInput as fault:
        return fault.findings
    return ()
