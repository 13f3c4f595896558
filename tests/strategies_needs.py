"""Needs for property tests: any that an address can give, and those that name codes of the atlas."""

from hypothesis import strategies as st

import contract
from state.needs import CHOICES, LIMITS, SORTS, VIEWS, Needs
from state.needs_presets import CRITERIA, PRESETS
from tests.strategies import CODES, WORDS

_REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94", "01", "04", "99")


@st.composite
def any_needs(draw: st.DrawFn) -> Needs:
    """Every part free, made the way a visitor makes it: from an address."""
    parts = {
        "lang": draw(st.sampled_from(contract.LANGUAGES)),
        "profil": draw(st.sampled_from(["", *PRESETS])),
        "q": draw(st.one_of(st.just(""), WORDS)).translate(str.maketrans("&#+;%", "     ")),
        "filiere": draw(st.sampled_from(["", *contract.codes("filiere")])),
        "rayon": draw(st.sampled_from(["25", "50"])),
        "projets": str(draw(st.integers(0, 600))),
        "inconnus": draw(st.sampled_from(["", "non"])),
        "tri": draw(st.sampled_from(SORTS)),
        "vue": draw(st.sampled_from(VIEWS)),
        "page": str(draw(st.integers(0, 2000))),
        "liste": ",".join(draw(st.lists(CODES, max_size=3))),
        "sites": ",".join(draw(st.lists(CODES, max_size=5))),
    }
    for name, choice in CHOICES.items():
        values = st.sampled_from(choice.values) if choice.values else st.one_of(CODES, st.sampled_from(_REGIONS))
        parts[name] = ",".join(draw(st.lists(values, max_size=2)))
    for name, limit in LIMITS.items():
        parts[name] = draw(st.one_of(st.just(""), st.floats(0, limit.largest * 2).map("{:.2f}".format)))
    weights = draw(st.dictionaries(st.sampled_from(CRITERIA), st.integers(0, 6), max_size=6))
    parts["poids"] = ",".join(f"{name}:{weight}" for name, weight in weights.items())
    return Needs.from_query("&".join(f"{name}={value}" for name, value in parts.items()))


@st.composite
def asked_needs(draw: st.DrawFn) -> Needs:
    """A few filters that mean something, any weights."""
    query = [f"poids={','.join(f'{name}:{draw(st.integers(0, 5))}' for name in CRITERIA)}"]
    limits = draw(st.dictionaries(st.sampled_from(tuple(LIMITS)), st.integers(1, 120), max_size=3))
    query += [f"{name}={2024 + value // 20 if name == 'disponible' else value}" for name, value in limits.items()]
    if draw(st.booleans()):
        query.append(f"region={','.join(draw(st.lists(st.sampled_from(_REGIONS), min_size=1, max_size=4)))}")
    for name in draw(st.lists(st.sampled_from(("vague", "ti", "nomme", "bati", "confiance")), max_size=2, unique=True)):
        query.append(f"{name}={draw(st.sampled_from(CHOICES[name].values))}")
    query.append(draw(st.sampled_from(["", "inconnus=non"])))
    query.append(draw(st.sampled_from(["", "projets=3&rayon=50", "filiere=sante&projets=2", "q=port"])))
    return Needs.from_query("&".join(query))
