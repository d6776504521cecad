"""PLOVER event types, modes, contexts and scores, with Goldstein scores of CAMEO codes.

The table is the archive's own reading of the printed codebook; where that contradicts itself the
choice is said on the about page: base ACCUSE is -3 (printed +3, although all its modes are
negative), SANCTION belongs to quad class 4 only (printed in two), PROTEST/vandalize takes the base
score (none is printed), CAMEO 20 is ASSAULT/unconventional.
"""

CODEBOOK = "plover-archive-1"

QUAD_CLASSES = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}

# type: (quad class, score, {mode: score})
TYPES = {
    "AGREE": (1, 2.5, {}),
    "CONSULT": (1, 2.5, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": (1, 5, {}),
    "CONCEDE": (1, 4.5, {}),
    "COOPERATE": (2, 9.5, {}),
    "AID": (2, 10, {}),
    "RETREAT": (
        2,
        6.5,
        {
            "withdraw": 8,
            "release": 6.5,
            "disarm": 10,
            "ceasefire": 7.5,
            "access": 6.5,
            "resign": 4.5,
        },
    ),
    "REQUEST": (3, 0, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": (3, -3, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (3, -2, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": (
        3,
        -3.5,
        {
            "restrict": -3,
            "arrest": -3.5,
            "relations": -3.5,
            "expel": -3.5,
            "territory": -4,
            "violence": -3.5,
        },
    ),
    "PROTEST": (
        4,
        -5,
        {
            "demo": -5,
            "riot": -7,
            "strike": -5,
            "hunger": -4.5,
            "boycott": -4.5,
            "obstruct": -4.5,
            "vandalize": -5,
        },
    ),
    "SANCTION": (4, -6, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": (4, -5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": (
        4,
        -7,
        {
            "seize": -7,
            "restrict": -7,
            "censor": -6.5,
            "curfew": -6.5,
            "martial-law": -7.5,
            "arrest": -7,
            "deport": -7,
            "withhold": -7,
            "misinformation": -6.5,
            "cyber": -7,
        },
    ),
    "ASSAULT": (
        4,
        -9,
        {
            "abduct": -8.5,
            "beat": -7.5,
            "torture": -8.5,
            "sexual": -8.5,
            "targeted": -9.5,
            "destroy": -8.5,
            "primitive": -8,
            "firearms": -9,
            "explosives": -9,
            "suicide-attack": -9.5,
            "aerial": -9.5,
            "drone": -9.5,
            "heavy-weapons": -9.5,
            "crowd-control": -7.5,
            "unconventional": -10,
        },
    ),
}

MODES = sorted({mode for _, _, modes in TYPES.values() for mode in modes})

CONTEXTS = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]

# Sectors of a party; GOV is a state's government in the widest sense.
SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "LEG": "legislature",
    "JUD": "judiciary",
    "SPY": "intelligence service",
    "COP": "police",
    "OPP": "opposition",
    "REB": "armed opposition",
    "CVL": "civilians",
    "BUS": "business",
    "MED": "media",
    "IGO": "intergovernmental organisation",
    "NGO": "non-governmental organisation",
}

# Goldstein scores of the diplomatic range of CAMEO; a prefix stands for its whole family.
_GOLDSTEIN = {
    "036": 4.0, "037": 5.0, "038": 7.0, "039": 5.0, "040": 1.0, "041": 1.0, "042": 1.9, "043": 2.8,
    "044": 2.5, "045": 5.0, "046": 7.0, "050": 3.5, "051": 3.4, "052": 3.5, "053": 3.8, "054": 6.0,
    "055": 7.0, "056": 7.0, "057": 8.0, "061": 6.4, "062": 7.4, "11": -2.0, "12": -4.0, "125": -5.0,
    "126": -5.0, "127": -5.0, "128": -5.0, "129": -5.0, "130": -4.4, "160": -4.0, "161": -4.0,
    "162": -5.6, "163": -8.0, "164": -7.0, "165": -6.5, "166": -7.0,
}  # fmt: skip


def quad_class(event_type):
    """1 to 4, a key of QUAD_CLASSES."""
    return TYPES[event_type][0]


def score(event_type, mode=""):
    """The PLOVER score, -10 (conflict) to 10 (cooperation), of a type and mode."""
    _, base, modes = TYPES[event_type]
    return float(modes[mode] if mode else base)


def goldstein(cameo):
    """The Goldstein score of a CAMEO code, or None where the archive's table has none."""
    return _GOLDSTEIN.get(cameo, _GOLDSTEIN.get(cameo[:2]))
