"""How reports, comparisons and trajectories show themselves, and are written and read."""

import os
from abc import abstractmethod
from typing import Self

from ssl_theory.report.interchange import dumped, loaded
from ssl_theory.report.sheet import Sheet
from ssl_theory.report.text import plain
from ssl_theory.report.writing import write_whole

__all__ = ["Shown"]


class Shown:
    """A frozen value that says by a sheet what is printed of it, and by a page what is drawn."""

    SCHEMA = ""  # each has its own

    @property
    @abstractmethod
    def sheet(self) -> Sheet:
        """What is shown of it, wherever that is."""

    @abstractmethod
    def _page(self) -> str:
        """The whole document."""

    def __str__(self) -> str:
        return plain(self.sheet)

    def __rich__(self) -> object:
        from ssl_theory.report.terminal import Coloured

        return Coloured(self.sheet)

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str:
        """One page that needs nothing else, also written to ``path`` if given."""
        text = self._page()
        if path is not None:
            write_whole({path: text})
        return text

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """As JSON, also written to ``path`` if given. ``report/schema.json`` says how."""
        text = dumped(self, self.SCHEMA)
        if path is not None:
            write_whole({path: text + "\n"})
        return text

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of :meth:`to_json`."""
        return loaded(cls, text, cls.SCHEMA)
