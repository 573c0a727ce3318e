"""Checks that every link in a folder of pages refers to an existing file and anchor: python3 docs/check_links.py target/book"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Page(HTMLParser):
    """The links and anchors of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], {""}
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors.update(attributes[name] for name in ("id", "name") if attributes.get(name))
        for name in ("href", "src"):
            if tag in ("a", "img", "link", "script") and attributes.get(name):
                self.links.append(attributes[name])


folder = Path(sys.argv[1]).resolve()
# 404.html has absolute links; print.html repeats all chapters.
pages = {path: Page(path) for path in folder.rglob("*.html") if path.name not in ("404.html", "print.html")}
dead, checked = [], 0
for path, page in pages.items():
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        checked += 1
        if not target.exists():
            dead.append(f"{path.relative_to(folder)}: {link}")
        elif target in pages and unquote(parts.fragment) not in pages[target].anchors:
            dead.append(f"{path.relative_to(folder)}: {link} (no such anchor)")
print(f"{checked} links of {len(pages)} pages, {len(dead)} dead")
print("\n".join(dead))
sys.exit(1 if dead or checked < 500 else 0)
