"""Files are scored as they are where none of those compared stands in another piece."""

import numpy as np

from kaohe.files.data.whole_pieces import cut_between_families


def cut(families, files, counts, most=100):
    return cut_between_families(
        np.array(families, dtype=np.int16), np.array(files, dtype=np.int32), counts, most
    )


def test_a_piece_ends_where_no_family_goes_on():
    assert cut([0, 0, 1, 1], [0, 0, 1, 1], [2, 2]) == [slice(0, 1), slice(1, 2)]
    assert cut([0, 1, 0, 2], [0, 0, 1, 2], [2, 1, 1]) == [slice(0, 2), slice(2, 3)]
    assert cut([0, 1, 2, 0], [0, 1, 2, 2], [1, 1, 2]) == [slice(0, 3)]


def test_a_file_without_subjects_is_a_piece_of_its_own():
    assert cut([], [], [0]) == [slice(0, 1)]
    assert cut([0], [1], [0, 1]) == [slice(0, 1), slice(1, 2)]


def test_a_piece_of_too_many_rows_has_to_be_parted():
    assert cut([0, 0, 1], [0, 1, 2], [40, 70, 10]) is None
    assert cut([0, 0, 1], [0, 1, 2], [40, 60, 10]) == [slice(0, 2), slice(2, 3)]
