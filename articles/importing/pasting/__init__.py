"""From a pasted agency text to the form of a record; nothing here saves anything.

    pasted.read(text)           -> a Pasted: the fields of a record, and why each is so
    named.offers(...)           -> which of the countries and people named it is probably about
    near.resembling(...)        -> what the archive holds that is the same, or a version of it

`typography` makes the text plain, `paragraphs` parts it, `around` reads what stands around a story
(credit line, byline, dateline, date), `printed_dates` and `written_in` judge days and languages.
"""
