"""Configuration of Sphinx: `make docs` builds the pages into `build/site`.

The source folder is the repository, so that a link from page to page works on a code host,
in an editor and in the built pages alike. Nothing that a page needs is loaded from a network.
"""

from nasfe_cam.core.version import __version__

project = "NASFE Camera"
author = "the contributors to NASFE Camera"
copyright = f"{author}; GPL-2.0-or-later"
version = release = __version__

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "packaging/**.md",
    "tools/**.md",
    "nasfe_cam/assets/**.md",
    "tests/vm/README.md",
    "tests/windows/README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
]
# Not even looked into.
exclude_patterns = [".*", "build", "dist", "runs", "nasfe-demo", "**/__pycache__"]

myst_heading_anchors = 3
# Indented blocks are commands and their output, in no language that could be coloured.
highlight_language = "none"

html_theme = "furo"
html_title = "NASFE Camera"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_use_index = False
# It would turn the -- of options into dashes.
smartquotes = False
# The folder opens on this one, which leads on to the first page in docs/.
html_additional_pages = {"index": "to-first-page.html"}
templates_path = ["templates"]
html_theme_options = {
    # The accents of the window (ui/style/theme.py).
    "light_css_variables": {"color-brand-primary": "#2257c5", "color-brand-content": "#2257c5"},
    "dark_css_variables": {"color-brand-primary": "#8ab4ff", "color-brand-content": "#8ab4ff"},
}
