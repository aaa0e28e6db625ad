"""The model that people hold: load it, classify one posting, label a frame."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classifier.errors import InputError
from classifier.features import BLOCKS
from classifier.posting import JobPosting
from classifier.predict import Prediction, classify
from classifier.table import Table, load_table

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Model:
    """A trained model.

    Attributes
    ----------
    table : Table
        Its arrays: terms, coefficients, threshold, vocabulary.
    """

    table: Table

    @property
    def classes_(self) -> tuple[str, ...]:
        """Labels, in the order of the probabilities."""
        return self.table.classes_

    def classify(self, posting: JobPosting | str) -> Prediction:
        """Prediction for a posting, or for its text alone (text or HTML). Never raises.

        >>> load_model().classify("").label is None
        True
        """
        return classify(self.table, posting)

    def label(self, frame: "pd.DataFrame") -> "pd.DataFrame":
        """Copy of a frame of postings with the columns that `classifier label` adds.

        See `classifier.label.label_frame`.
        """
        # Brings pyarrow with it, which one posting does not need.
        from classifier.label import label_frame

        return label_frame(self.table, frame)


def shipped_model() -> Path:
    """Folder of the model that comes with the package."""
    package = Path(__file__).parent
    installed, checkout = package / "roles", package.parent / "models" / "roles"
    return installed if installed.is_dir() else checkout


def load_model(folder: str | Path | None = None) -> Model:
    """Model of a folder that `classifier train` wrote; None is the shipped one.

    Opens arrays and JSON only: a folder from elsewhere cannot run code here.

    Raises
    ------
    InputError
        If there is no model, or it is damaged.
    """
    path = shipped_model() if folder is None else Path(folder)
    if not path.is_dir():
        raise InputError(
            f"no model in {path}: there is no such folder. "
            "Give the folder that `classifier train -o` wrote."
        )
    table = load_table(path)
    if tuple(table.blocks) != BLOCKS:
        raise InputError(
            f"the model in {path} has the blocks {list(table.blocks)!r:.80}; this release reads "
            f"{list(BLOCKS)}. Train it again."
        )
    return Model(table)
