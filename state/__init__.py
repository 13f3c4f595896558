"""What a visitor is looking at, to and from the query string: one frozen class a grammar."""

from state.selection import DEFAULT_LAYERS as DEFAULT_LAYERS
from state.selection import FACETS as FACETS
from state.selection import KINDS as KINDS
from state.selection import LAYERS as LAYERS
from state.selection import MAX_TEXT as MAX_TEXT
from state.selection import MAX_VALUES as MAX_VALUES
from state.selection import NO_LAYER as NO_LAYER
from state.selection import NOT_STATED as NOT_STATED
from state.selection import SELECTABLE as SELECTABLE
from state.selection import TABS as TABS
from state.selection import VIEWS as VIEWS
from state.selection import Facet as Facet
from state.selection import Filters as Filters
from state.selection import ObjectKind as ObjectKind
from state.selection import Selection as Selection
from state.selection import facet as facet
