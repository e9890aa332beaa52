# What type checkers and editors see of the names that __init__.py loads when they are first used.
from kaohe.errors import BadInput as BadInput
from kaohe.notebook.indexes import analyse as analyse
from kaohe.notebook.methods import aggregate as aggregate
from kaohe.notebook.methods import impute as impute
from kaohe.notebook.methods import normalise as normalise
from kaohe.notebook.methods import treat as treat
from kaohe.notebook.methods import weigh as weigh
from kaohe.notebook.robustness import study_robustness as study_robustness
from kaohe.notebook.schemes import read_scheme as read_scheme
from kaohe.notebook.schemes import score as score
from kaohe.notebook.schemes import score_table as score_table

__version__: str
_NAMES: dict[str, str]
