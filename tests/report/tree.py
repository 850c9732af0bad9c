"""HTML as the tests look at it."""

import html.parser


class Tree(html.parser.HTMLParser):
    """Elements as ``(tag, attributes, words inside)``, in order; every tag closes in turn."""

    VOID = frozenset({"meta"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attributes):
        assert len(dict(attributes)) == len(attributes), f"an attribute twice in {tag}"
        one = (tag, dict(attributes), [])
        self.elements.append(one)
        if tag not in self.VOID:
            self._open.append(one)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), []))

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for one in self._open:
            one[2].append(data)

    def named(self, *tags):
        return [(a, " ".join("".join(words).split())) for t, a, words in self.elements if t in tags]
