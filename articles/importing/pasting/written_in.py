"""In which language a text is written: by its letters, and by the small words of each language.

Concluded only where it is plain; else it is left open, for an editor to say.
"""

import re

_LEAST_SHARE = 0.08  # of all words that are small words of the language
_MARGIN = 2  # times as many as of any other
_MOST_READ = 20_000  # characters

_BY_LETTERS = [
    ("hy", re.compile("[\u0531-\u058a]")),
    ("ka", re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
]
_HAN = re.compile("[\u4e00-\u9fff]")
_SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in that is was for on with as by at from his their has have had were"
        " are be which this it an its not said over after between they he she will",
        "de": "der die das und den von zu mit ist im für auf dem des nicht ein eine einen sich auch"
        " als an nach bei aus wird wurde haben sagte über",
        "fr": "le la les des et du en un une est que dans pour qui sur par au avec son ses aux ce"
        " cette ne pas été sont a d l",
        "es": "el la los las de y en que del un una por con para su se al es lo como fue entre sus"
        " ha este sobre",
        "it": "il di e la che in per del della un una con è dei delle le gli si ha al alla sono da"
        " nel non anche",
        "pt": "o a os as de e do da em que dos das um uma para com por no na se ao foi é não mais"
        " entre",
        "tr": "ve bir bu ile için da de olarak olan daha çok kadar sonra gibi dedi etti ise"
        " olduğunu arasında değil",
        "az": "və bir bu ilə üçün da də olan daha edib olub ki həm sonra görə etdi etmək isə kimi"
        " arasında deyil",
        "ru": "и в на с что по не к из о за для от его как это был при он было между",
        "uk": "і в на з що та до не за про для від його як це був у він також між",
        "fa": "و در به از که این را با است برای آن بر شد می تا های خود یک کرد",
        "ar": "في من على إلى أن عن مع التي الذي هذا هذه بين كان قد ما بعد وقال و",
    }.items()
}


def language_of(text):
    """The BCP 47 tag of the language that a text is written in, `""` where it is not plain."""
    text = text[:_MOST_READ]
    letters = sum(map(str.isalpha, text))
    for language, of_it in _BY_LETTERS:
        if len(of_it.findall(text)) * 2 > letters:
            return language
    if len(_HAN.findall(text)) * 2 > letters:
        return "ja" if _BY_LETTERS[-1][1].search(text) else "zh"
    words = re.findall(r"[^\W\d_]+", text.lower())
    found = {tag: sum(word in small for word in words) for tag, small in _SMALL_WORDS.items()}
    first, second = sorted(found, key=found.get, reverse=True)[:2]
    is_plain = found[first] >= max(_LEAST_SHARE * len(words), _MARGIN * found[second], 2)
    return first if is_plain else ""
