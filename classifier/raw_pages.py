"""Pages as they came, in a folder under names of its own, with an index of what was asked."""

import hashlib
import json
from pathlib import Path

from classifier.collected import known_json
from classifier.errors import InputError
from classifier.replay import INDEX
from classifier.sources.wire import Page


class RawPages:
    """Folder of pages, under names of its own, with an index of what was asked for them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.index = folder, folder / INDEX
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lines = self.index.read_text("utf-8").splitlines() if self.index.exists() else []
            entries = [json.loads(line) for line in lines]
            self.known = {(entry["url"], entry["body"], entry["sha256"]) for entry in entries}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(f"cannot keep pages in {folder}: {error}") from error
        self.n_pages = len(entries)

    def keep(self, source: str, site: str, page: Page) -> None:
        """Write a page and its entry, unless it is there already."""
        digest = hashlib.sha256(page.content).hexdigest()
        if (page.url, page.request.body, digest) in self.known:
            return
        self.known.add((page.url, page.request.body, digest))
        self.n_pages += 1
        name = f"{source}/{self.n_pages:06d}"
        known = known_json(page.request.known)
        entry = {
            "file": name,
            "source": source,
            "site": site,
            "url": page.url,
            "body": page.request.body,
            "known": json.loads(known) if known else None,
            "encoding": page.encoding,
            "fetched": page.fetched.isoformat() if page.fetched else None,
            "sha256": digest,
        }
        try:
            (self.folder / source).mkdir(exist_ok=True)
            (self.folder / name).write_bytes(page.content)
            with self.index.open("a", encoding="utf-8") as index:
                index.write(json.dumps(entry, ensure_ascii=False) + "\n")
        except OSError as error:
            raise InputError(f"cannot keep pages in {self.folder}: {error}") from error
