"""A form as a browser reads it from a page and sends it back, nothing typed into it."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, page, form_id):
        super().__init__()
        self.form_id, self.within, self.sent = form_id, False, {}
        self.select = self.text = self.written = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.within = self.form_id in (None, attrs.get("id")) and not self.sent
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if not self.within:
            return
        if tag == "select":
            self.select = (name, "multiple" in attrs)
            if "multiple" in attrs:
                self.sent.setdefault(name, [])
        elif tag == "option" and self.select:
            name, several = self.select
            if "selected" in attrs or not (several or name in self.sent):
                value = attrs.get("value", "")
                self.sent[name] = [*self.sent[name], value] if several else value
        elif tag == "textarea":
            self.text, self.written = name, ""
        elif tag == "input" and name:
            if kind in ("submit", "button") or kind in ("checkbox", "radio"):
                if "checked" in attrs:
                    self.sent[name] = attrs.get("value", "on")
            elif name in self.sent:
                self.sent[name] = [*_several(self.sent[name]), attrs.get("value", "")]
            else:
                self.sent[name] = attrs.get("value", "")

    def handle_data(self, data):
        if self.text:
            self.written += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.text:
            # A browser drops the line end after the tag, and sends CRLF for each of the others.
            written = self.written.removeprefix("\r\n").removeprefix("\n")
            self.sent[self.text] = written.replace("\r\n", "\n").replace("\n", "\r\n")
            self.text = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.within = False


def _several(value):
    return value if isinstance(value, list) else [value]


def form_of(answer, form_id=None):
    """What the form of this id, or the first one of a page, sends when nothing is changed."""
    sent = _Form(answer.text, form_id).sent
    return {name: value for name, value in sent.items() if name and "__prefix__" not in name}


def change_form(client, address):
    """What the change form of the desk at this address sends when nothing is changed."""
    answer = client.get(address)
    model = address.strip("/").split("/")[2]
    return form_of(answer, f"{model}_form")


WHY = {"change_kind": "minor", "change_reason": "A better word."}
