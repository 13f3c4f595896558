"""May this firm ask for this measure? Rule by rule, each with the words of the source.

« non » as soon as one rule keeps the firm out. « oui » only when every rule lets it in: what the source does not say,
and what the firm has not said, is « inconnu », never a yes. Hence a fact more may turn « inconnu » into anything, and
never « non » into something else.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from geodata.models.measure import Finding, Measure, Outcome, Reason
from geodata.queries.filters import normalise
from geodata.queries.measures import next_deadline
from geodata.repository import Tables
from state.enquiry import NEEDS, PHASES, Enquiry

SMALLEST_PME, SMALLEST_ETI = 10, 250
"""From 10 people a firm is no longer a TPE (microentreprise), from 250 no longer a PME: décret n° 2008-1354, article 3.
Below, its turnover decides too, which nobody is asked: the rule is then « inconnu »."""
_SIZES = MappingProxyType({"tpe": SMALLEST_PME, "pme": SMALLEST_ETI})
_NOT_FIRMS = frozenset({"collectivites", "formation"})
# Beneficiaries who are asked nothing else; « entreprises innovantes » or « en difficulté » leave a question open.
_PLAIN = re.compile("entreprises industrielles|ecoles de production")
_INDUSTRIAL = frozenset({"industrie", "batteries"})
_SERVICES_WORDS = "services se diversifiant vers la production"
_INSIDE_WORDS = "territoires d"
REBOND_LIMIT = "rebond-50000"  # the claim of the reader's comment


def find(tables: Tables, measures: tuple[Measure, ...], enquiry: Enquiry, day: str) -> tuple[Finding, ...]:
    """What each measure answers to a firm on a day: « oui », then « inconnu », then « non »; catalogue order within."""
    quotes = rule_quotes(tables)
    found = [judge(item, enquiry, day, quotes) for item in measures]
    rank = {"oui": 0, "inconnu": 1, "non": 2}
    return tuple(sorted(found, key=lambda finding: rank[finding.outcome]))


def judge(measure: Measure, enquiry: Enquiry, day: str, quotes: Mapping[str, str] | None = None) -> Finding:
    """One measure, one firm, one day.

    Args:
        quotes: words of the source by ``<measure>.<rule>``; the quote of the measure stands in for a missing one.
    """
    known = quotes or {}
    reasons = []
    for rule in _RULES:
        reason = rule(measure, enquiry, day)
        if reason:
            words = known.get(f"{measure.id}.{reason.rule}", measure.quote) if _is_sourced(reason) else None
            reasons.append(Reason(reason.rule, reason.outcome, reason.case, reason.values, words))
    outcomes = {reason.outcome for reason in reasons}
    outcome: Outcome = "non" if "non" in outcomes else "inconnu" if "inconnu" in outcomes else "oui"
    return Finding(measure, outcome, tuple(reasons))


def rule_quotes(tables: Tables) -> Mapping[str, str]:
    """The words behind the rules that a claim of the ledger quotes more closely than its measure does."""
    claims = tables["chiffres"].set_index("chiffre_id")["citation"]
    wanted = {"M25.effectif": "aap-cvl-effectif-min", "M37.montant": REBOND_LIMIT}
    return MappingProxyType({rule: str(claims[claim]) for rule, claim in wanted.items() if claim in claims.index})


def _is_sourced(reason: Reason) -> bool:
    return not reason.case.endswith("_muet")


def _date(measure: Measure, _: Enquiry, day: str) -> Reason:
    if measure.opens and day < measure.opens:
        return Reason("date", "non", "date_avant", {"day": day, "opens": measure.opens})
    if measure.closes and day > measure.closes:
        return Reason("date", "non", "date_fermee", {"day": day, "closes": measure.closes})
    if not measure.opens and not measure.closes:
        return Reason("date", "inconnu", "date_muet")
    if not measure.opens or not measure.closes:
        return Reason("date", "inconnu", "date_ouverte_depuis", {"opens": measure.opens or ""})
    deadline = next_deadline(measure, day)
    values = {"opens": measure.opens, "closes": measure.closes}
    if deadline:
        return Reason("date", "oui", "date_echeance", values | {"deadline": deadline})
    return Reason("date", "oui", "date_ouverte", values)


def _beneficiary(measure: Measure, enquiry: Enquiry, _: str) -> Reason:
    who = enquiry.qui or "entreprise"
    if not measure.audiences:
        return Reason("beneficiaire", "inconnu", "beneficiaire_muet")
    wanted = {"collectivite": "collectivites", "ecole": "formation"}.get(who)
    is_other = wanted not in measure.audiences if wanted else _NOT_FIRMS.issuperset(measure.audiences)
    if is_other:
        return Reason("beneficiaire", "non", "beneficiaire_autre")
    if _PLAIN.match(normalise(measure.beneficiaries_fr or "")):
        return Reason("beneficiaire", "oui", "beneficiaire_dans")
    return Reason("beneficiaire", "inconnu", "beneficiaire_preciser")


def _region(measure: Measure, enquiry: Enquiry, _: str) -> Reason:
    if measure.region is None:
        return Reason("region", "oui", "region_nationale")
    if not enquiry.my_region:
        return Reason("region", "inconnu", "region_question", {"region": measure.region})
    if enquiry.my_region != measure.region:
        return Reason("region", "non", "region_autre", {"region": measure.region, "mine": enquiry.my_region})
    if measure.level == "local":
        return Reason("region", "inconnu", "region_locale", {"region": measure.region})
    return Reason("region", "oui", "region_dans", {"region": measure.region})


def _headcount(measure: Measure, enquiry: Enquiry, _: str) -> Reason | None:
    if enquiry.qui in ("collectivite", "ecole"):
        return None
    low, high, asked = measure.headcount_min, measure.headcount_max, enquiry.headcount
    if low is None and high is None:
        return _size(measure, asked)
    values: dict[str, float | str] = {"low": low or 0, "high": high or 0}
    if asked is None:
        return Reason("effectif", "inconnu", "effectif_question", values)
    values["n"] = asked
    if low is not None and asked < low:
        return Reason("effectif", "non", "effectif_sous", values)
    if high is not None and asked > high:
        return Reason("effectif", "non", "effectif_sur", values)
    is_whole = low is not None and high is not None
    return Reason(
        "effectif", "oui" if is_whole else "inconnu", "effectif_dans" if is_whole else "effectif_muet", values
    )


def _size(measure: Measure, asked: int | None) -> Reason:
    """A measure for TPE or PME alone states no number: the law does, for half of the rule."""
    limits = [_SIZES[name] for name in measure.audiences if name in _SIZES]
    if not limits or "entreprises" in measure.audiences:
        return Reason("effectif", "inconnu", "effectif_muet")
    values: dict[str, float | str] = {"limit": max(limits), "size": "tpe" if max(limits) == SMALLEST_PME else "pme"}
    if asked is None:
        return Reason("effectif", "inconnu", "effectif_categorie_question", values)
    values["n"] = asked
    if asked >= max(limits):
        return Reason("effectif", "non", "effectif_categorie_sur", values)
    return Reason("effectif", "inconnu", "effectif_categorie_sous", values)


def _sector(measure: Measure, enquiry: Enquiry, _: str) -> Reason:
    if not measure.sectors:
        return Reason("secteur", "inconnu", "secteur_muet")
    values = {"sectors": ",".join(measure.sectors), "mine": enquiry.secteur}
    if not enquiry.secteur:
        return Reason("secteur", "inconnu", "secteur_question", values)
    if enquiry.secteur == "services":
        return _services(measure, enquiry)
    is_industrial = "industrie" in measure.sectors and enquiry.secteur in _INDUSTRIAL
    if is_industrial or enquiry.secteur in measure.sectors:
        return Reason("secteur", "oui", "secteur_dans", values)
    if enquiry.secteur in (
        "ess",
        "industrie",
    ):  # a status, and a family that holds the asked-for sector: neither excludes
        return Reason("secteur", "inconnu", "secteur_preciser", values)
    return Reason("secteur", "non", "secteur_autre", values)


def _services(measure: Measure, enquiry: Enquiry) -> Reason:
    """A service firm is let in by the measures that say so, when it moves to production."""
    values = {"sectors": ",".join(measure.sectors), "mine": "services"}
    if _SERVICES_WORDS not in normalise(measure.beneficiaries_fr or ""):
        return Reason("secteur", "inconnu" if "ess" in measure.sectors else "non", "secteur_autre", values)
    if not enquiry.besoin:
        return Reason("secteur", "inconnu", "secteur_services_question")
    moves = enquiry.besoin == "diversifier"
    return Reason("secteur", "oui" if moves else "non", "secteur_services_oui" if moves else "secteur_services_non")


def _phase(measure: Measure, enquiry: Enquiry, _: str) -> Reason:
    if not measure.phases:
        return Reason("phase", "inconnu", "phase_muet")
    values = {"phases": ",".join(measure.phases), "mine": enquiry.phase}
    if set(measure.phases) == set(PHASES):
        return Reason("phase", "oui", "phase_toutes", values)
    if not enquiry.phase:
        return Reason("phase", "inconnu", "phase_question", values)
    fits = enquiry.phase in measure.phases
    return Reason("phase", "oui" if fits else "non", "phase_dans" if fits else "phase_autre", values)


def _need(measure: Measure, enquiry: Enquiry, _: str) -> Reason | None:
    """Asked only of who states a need: the summary of a measure names those that it serves."""
    if not enquiry.besoin:
        return None
    stems = dict(zip(NEEDS, ("relocalis", "approvisionnement", "diversifi"), strict=True))
    words = normalise(f"{measure.name_fr} {measure.summary_fr}")
    fits = stems[enquiry.besoin] in words
    return Reason("besoin", "oui" if fits else "inconnu", "besoin_nomme" if fits else "besoin_muet")


def _amount(measure: Measure, enquiry: Enquiry, _: str) -> Reason | None:
    asked, low, high = enquiry.amount, measure.ticket_min_eur, measure.ticket_max_eur
    if asked is None:
        return None
    if measure.id == "M37":
        return Reason("montant", "inconnu", "montant_commentaire", {"n": asked})
    if low is None and high is None:
        return Reason("montant", "inconnu", "montant_muet", {"n": asked})
    values: dict[str, float | str] = {"n": asked, "low": low or 0, "high": high or 0}
    if low is not None and asked < low:
        return Reason("montant", "non", "montant_sous", values)
    if high is not None and asked > high:
        return Reason("montant", "non", "montant_sur", values)
    return Reason("montant", "oui", "montant_dans", values)


def _inside(measure: Measure, enquiry: Enquiry, _: str) -> Reason | None:
    """Asked only by the measures that speak of firms of the territoires."""
    if _INSIDE_WORDS not in normalise(measure.beneficiaries_fr or ""):
        return None
    if not enquiry.ti:
        return Reason("territoire", "inconnu", "territoire_question")
    fits = enquiry.ti == "dans"
    return Reason("territoire", "oui" if fits else "non", "territoire_dans" if fits else "territoire_hors")


Rule = Callable[[Measure, Enquiry, str], Reason | None]
_RULES: tuple[Rule, ...] = (_date, _beneficiary, _region, _headcount, _sector, _phase, _need, _amount, _inside)
