"""Labels job postings research-engineer or software-engineer by the work they describe.

Modules in reading order:

posting      the record and its schema.org names
columns      which heading of a file is which field of the record
files        CSV, JSON Lines and Parquet, in and out (lines, read_csv, read_jsonl, batches,
             write_files)
read_posting one posting from a file, standard input, or the text itself
clean        HTML or text to clean text
sections     which part of a text is boilerplate (headings)
duplicates   exact and near-copies
terms        the tokenizer
vocabulary   roles, skills, aliases; skills named in a text (skills)
features     a posting to the terms of each block
table        the saved model as arrays
salary       pay in a text (currency_signs, amounts, ranges, purpose, pay_words, places)
bands        yearly pay to bands
predict      one posting to a Prediction
label        files and frames to labelled ones
model        load_model, Model
labelled     postings to learn from: labels, weights, groups
pipeline     the scikit-learn Pipeline
metrics      scores, calibration, risk and coverage
fitting      copies, topics and pseudo-labels to a regression
validation   cross-validation, calibration, baselines
training     labelled postings to a model
card         the saved folder and the card for people
evaluate     a model against labelled postings
show         what the terminal shows
cli          the commands
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classifier.errors import InputError
    from classifier.model import Model, load_model
    from classifier.posting import BaseSalary, JobPosting
    from classifier.predict import Prediction
    from classifier.training import train

__all__ = [
    "BaseSalary",
    "InputError",
    "JobPosting",
    "Model",
    "Prediction",
    "load_model",
    "train",
]
__version__ = "0.1.0"

_HOMES = {
    "BaseSalary": "posting",
    "InputError": "errors",
    "JobPosting": "posting",
    "Model": "model",
    "Prediction": "predict",
    "load_model": "model",
    "train": "training",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `train` brings scikit-learn with it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'classifier' has no attribute {name!r}")
    return getattr(import_module(f"classifier.{_HOMES[name]}"), name)
