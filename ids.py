"""Every component id, grouped by zone of the page: ``zone-thing``; also the hooks of style sheets and tests."""


class Page:
    """The address, the page that it shows, and what is said about the address."""

    url = "page-url"
    content = "page-content"
    notice = "page-notice"


class State:
    """What the browser splits the URL into, so that a callback runs only when its own part of it changes."""

    filters = "state-filters"
    selected = "state-selected"
    list = "state-list"


class Shell:
    """What stands on every page."""

    header = "shell-header"
    nav = "shell-nav"
    language = "shell-language"
    main = "shell-main"


class Facets:
    """The filters."""

    panel = "facets-panel"
    search = "facets-search"
    active = "facets-active"
    groups = "facets-groups"
    toggle = "facets-toggle"


class Carte:
    """The Carte page."""

    figures = "carte-figures"
    view_switch = "carte-view-switch"
    stage = "carte-stage"
    map = "carte-map"
    list = "carte-list"
    charts = "carte-charts"
    drawer = "carte-drawer"
    downloads = "carte-downloads"


class Charts:
    """The regional charts; each also has ``-finding``, ``-table`` and ``-source``."""

    figures = "chart-figures"
    by_mesure = "chart-mesure"
    by_filiere = "chart-filiere"
    by_mois = "chart-mois"
    sites = "chart-sites"
    barometre = "chart-barometre"

    all = (by_mesure, by_filiere, by_mois, sites, barometre)


class Sources:
    """The Sources page."""

    page = "sources-page"
