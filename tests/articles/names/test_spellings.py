"""Spellings of one name: which words are clearly one, and which are left alone."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.names.fold import fold
from articles.names.spellings import Spelling, runs


def of(*names, kind="transliteration"):
    own, *others = names
    return runs([Spelling(own, ""), *(Spelling(name, kind) for name in others)])


# Each line is one word, in spellings of one name; beside it, the rest of the name.
SAME = [
    ("Abbas", ["Araghchi", "Araqchi", "Araghtschi", "Araghci"]),
    ("Ilham", ["Aliyev", "Aliev", "Alijew"]),
    ("Bayram", ["Jeyhun", "Ceyhun", "Jeyhoun", "Djeyhun"]),
    ("Muammar", ["Gaddafi", "Qaddafi", "Gadhafi", "Kadafi", "Khadafy"]),
    ("Yasser", ["Khomeini", "Khomeyni", "Homeini"]),
    ("Volodymyr", ["Zelensky", "Zelenskyy", "Zelenskiy", "Selenskyj"]),
    ("Recep", ["Erdoğan", "Erdogan", "Erdoghan"]),
    ("Elmar", ["Mammadyarov", "Mamedyarov", "Məmmədyarov", "Mammadjarow"]),
    ("Hassan", ["Rouhani", "Rowhani", "Ruhani"]),
    ("Vladimir", ["Shcherbakov", "Schtscherbakow", "Scherbakov"]),
]
# A name in two scripts: all of its words are one, each in its place.
ACROSS = [
    ("Abbas Araghchi", "عباس عراقچی"),
    ("Jeyhun Bayramov", "Джейхун Байрамов"),
    ("Jeyhun Bayramov", "جیحون بایراموف"),
    ("Ilham Aliyev", "Ильхам Алиев"),
    ("Heydar Aliyev", "Гейдар Алиев"),
    ("Sergey Lavrov", "Сергей Лавров"),
    ("Recep Tayyip Erdoğan", "رجب طيب أردوغان"),
    ("Recep Tayyip Erdoğan", "Реджеп Тайип Эрдоган"),
    ("Alexis Tsipras", "Αλέξης Τσίπρας"),
    ("Nikol Pashinyan", "Նիկոլ Փաշինյան"),
    ("Mikheil Saakashvili", "მიხეილ სააკაშვილი"),
    ("Benjamin Netanyahu", "בנימין נתניהו"),
    ("Ehud Barak", "אהוד ברק"),
    ("Isaias Afwerki", "ኢሳይያስ ኣፍወርቂ"),
    ("Zulfikar Ali Bhutto", "ذوالفقار علی بھٹو"),
    ("Jamal Khashoggi", "جمال خاشقجي"),
    ("Yasser Arafat", "ياسر عرفات"),
    ("Masoud Pezeshkian", "مسعود پزشکیان"),
    ("Zoran Zaev", "Зоран Заев"),
    ("Hassan Rouhani", "حسن روحانی"),
    ("Viktor Orbán", "Виктор Орбан"),
    ("Vaira Vīķe-Freiberga", "Вайра Вике-Фрейберга"),
]
# Words that another spelling writes as fewer, or as more.
TOGETHER = [
    ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian", "amir abdollahian", "amirabdollahian"),
    ("Hossein Amir-Abdollahian", "حسین امیرعبداللهیان", "amir abdollahian", "اميرعبداللهيان"),
    ("Abdelaziz Bouteflika", "عبد العزيز بوتفليقة", "abdelaziz", "عبد العزيز"),
    ("Mohammad Javad Zarif", "محمدجواد ظریف", "mohammad javad", "محمدجواد"),
    ("Adel al-Jubeir", "عادل الجبير", "jubeir", "الجبير"),
    ("Mao Zedong", "Mao Tse-tung", "zedong", "tse tung"),
    ("Deng Xiaoping", "Teng Hsiao-ping", "xiaoping", "hsiao ping"),
    ("Ali Akbar Velayati", "علی‌اکبر ولایتی", "ali akbar", "علياكبر"),
]
APART = [
    ("Bill Clinton", "William Clinton", "bill"),
    ("Jimmy Carter", "James Earl Carter", "jimmy"),
    ("Hussein of Jordan", "Hussein bin Talal", "jordan"),
    ("Pope Francis", "Jorge Mario Bergoglio", "francis"),
    ("Lee Tong-won", "Tong Won Lee", "lee"),
    ("Kim Jong-un", "김정은", "kim"),
    ("Hu Jintao", "胡锦涛", "jintao"),
    ("Ali Hassan", "Hussein Ali", "hassan"),
    ("Ibarahim Mahlab", "Prime Mahlab", "ibarahim"),
    ("Federal Office", "Office of Patrol", "federal"),
    ("Alexander Dubček", "Dubcek", "alexander"),
]
# Different people whose names are like one another: [their spellings], [theirs] ...
DIFFERENT = [
    (["Ilham Aliyev", "Ильхам Алиев"], ["Heydar Aliyev", "Гейдар Алиев"]),
    (["Kim Jong-il", "김정일"], ["Kim Jong-un", "김정은"], ["Kim Il-sung", "김일성"]),
    (["Li Peng", "李鹏"], ["Lee Teng-hui", "李登輝"]),
    (["George Bush", "Джордж Буш"], ["George W. Bush", "Джордж Уокер Буш"]),
    (["Gamal Abdel Nasser", "جمال عبد الناصر"], ["Hossein Nasr", "حسین نصر"]),
    (["Ali Khamenei", "علی خامنه‌ای"], ["Ruhollah Khomeini", "روح‌الله خمینی"]),
    (["Mohammad Khatami", "محمد خاتمی"], ["Mohammed Hatta", "محمد حتا"]),
    (["Bashar al-Assad", "بشار الأسد"], ["Hafez al-Assad", "حافظ الأسد"]),
    (["Sergey Lavrov", "Сергей Лавров"], ["Sergei Ivanov", "Сергей Иванов"]),
    (["Hassan Rouhani", "حسن روحانی"], ["Hassan Nasrallah", "حسن نصر الله"]),
    (["Ali Larijani", "علی لاریجانی"], ["Mammad Aliyev", "محمد علییف"]),
]


@pytest.mark.parametrize(("beside", "words"), SAME)
def test_spellings_of_one_word_are_one(beside, words):
    found = of(*(f"{beside} {word}" for word in words))
    for one, other in combinations(dict.fromkeys(map(fold, words)), 2):
        assert other in found[one]
        assert one in found[other]


@pytest.mark.parametrize(("name", "other"), ACROSS)
def test_of_two_scripts_every_word_is_the_one_in_its_place(name, other):
    found = of(name, other, kind="native")
    for word, its_other in zip(fold(name).split(), fold(other).split(), strict=True):
        assert its_other in found[word]
        assert word in found[its_other]


@pytest.mark.parametrize(("name", "other", "run", "its_other"), TOGETHER)
def test_words_are_found_that_are_written_as_one(name, other, run, its_other):
    found = of(name, other)
    assert its_other in found[run]
    assert run in found[its_other]


@pytest.mark.parametrize(("name", "other", "word"), APART)
def test_words_that_are_not_clearly_one_stay_apart(name, other, word):
    assert of(name, other, kind="full")[word] == []


@pytest.mark.parametrize("people", DIFFERENT)
def test_no_whole_name_is_a_spelling_of_another_persons(people):
    found = [of(*spellings) for spellings in people]
    whole = [{fold(name) for name in spellings} for spellings in people]
    for number, mine in enumerate(found):
        for name in whole[number]:
            assert whole[number] - {name} <= set(mine[name])
        for other in whole[:number] + whole[number + 1 :]:
            assert not other & {run for runs in mine.values() for run in runs}


@pytest.mark.parametrize("kind", ["short", "former"])
def test_short_forms_and_former_names_are_other_spellings_of_the_whole_name_alone(kind):
    found = of("Benjamin Netanyahu", "Benyamin Netaniahu", kind=kind)
    assert found["benjamin netanyahu"] == ["benyamin netaniahu"]
    assert found["benjamin"] == found["netanyahu"] == []


def test_a_letter_is_another_spelling_of_nothing():
    found = of("George W. Bush", "W", "Джордж Буш", kind="short")
    assert "w" not in found["george w bush"] or found["w"] == []
    assert found["w"] == []


@pytest.mark.parametrize(
    "names",
    [["", "---"], ["a"], ["a " * 50, "b " * 50], ["\u0301" * 100, "x"], ["\u202e", "ali"],
     ["ﷺ" * 50] * 3],
)  # fmt: skip
def test_what_is_hardly_a_name_is_borne(names):
    assert isinstance(of(*names), dict)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_texts_are_compared_and_each_has_its_others_in_turn(names):
    found = of(*names)
    for run, others in found.items():
        assert run not in others
        assert len(set(others)) == len(others)
        assert all(run in found[other] for other in others)
