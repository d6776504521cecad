"""Names of people and places: how they are compared, written and found in texts. No database here.

fold.py         one folding, for what is indexed and what is asked
detect.py       the countries and people that a text names; begin here. It walks along
                tokens.py, finds countries by places.py (with hints, seats, us_states) and
                people by persons.py (with handles, fitting, holders, offices, sounds, walking),
                by what gazetteer.py knows and the word lists in data/ (listed.py)
spellings.py    how else a name is written
near.py         which names are nearly the same, for an editor to look at
written.py      what none may hold
"""
