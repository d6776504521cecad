"""What stands in the way of some readers, by axe-core, which tests of accessibility run on."""

from axe_playwright_python.sync_playwright import Axe


def barriers(page):
    """What axe finds wrong with the page as it is shown now, a line each."""
    # Without the long list of all that is right, in half the time.
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]
