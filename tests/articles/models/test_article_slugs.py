"""The address of an article: made from its headline, its own for good, and never anybody else's."""

import re

import pytest
from django.core.exceptions import ValidationError

from articles.models import FormerSlug
from articles.models.addresses import free_slugs
from tests.make import make_article, make_source

pytestmark = pytest.mark.django_db

# Headlines in which nothing is left for an address.
EMPTY = ["…", "?!", "— —", "\u200b", "*** ///"]


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Ministers meet in Baku", "ministers-meet-in-baku"),
        ("Azerbaijan's  FM: “Peace”, at last?", "azerbaijans-fm-peace-at-last"),
        ("Əliyev və Ərdoğan görüşdü", "eliyev-ve-erdogan-gorusdu"),
        ("Şuşa, Ağdam & Füzuli", "susa-agdam-fuzuli"),
        ("Визит в Баку", "vizit-v-baku"),
        ("Straße – Ørsted – Łódź", "strasse-orsted-lodz"),
        ("G20_summit -- day 2", "g20-summit-day-2"),
        ("--- Ceasefire ---", "ceasefire"),
        ("  100 %  ", "100"),
        ("北京", "beijing"),
    ],
)
def test_an_address_is_the_headline_in_plain_latin_letters(headline, slug):
    assert make_article(headline).slug == slug


def test_a_headline_of_exactly_120_letters_is_kept_whole():
    headline = " ".join(["twelve letter"] * 8) + " ninety"
    assert len(headline) == 118
    assert make_article(headline + "10").slug == headline.replace(" ", "-") + "10"


def test_a_longer_headline_is_cut_at_a_word():
    headline = " ".join(["negotiations"] * 20)
    slug = make_article(headline).slug
    assert slug == "-".join(["negotiations"] * 9)
    assert len(slug) <= 120 < len(slug) + len("-negotiations")


def test_a_word_that_ends_at_the_120th_letter_is_not_lost():
    whole = "a" * 59 + "-" + "b" * 60
    assert make_article(whole + " and more").slug == whole


def test_a_single_endless_word_is_cut_where_it_must_be():
    assert make_article("x" * 400).slug == "x" * 120


def test_the_same_headline_again_gets_a_number():
    slugs = [make_article("Talks resume", import_ref=f"n-{n}").slug for n in range(4)]
    assert slugs == ["talks-resume", "talks-resume-2", "talks-resume-3", "talks-resume-4"]


def test_headlines_that_differ_only_beyond_their_120th_letter_get_a_number_too():
    long = " ".join(["negotiations"] * 20)
    assert make_article(long).slug + "-2" == make_article(f"{long} on peace").slug


def test_a_number_that_a_headline_itself_brought_is_passed_over():
    make_article("Talks 2")
    assert [make_article("Talks", import_ref=f"n-{n}").slug for n in range(2)] == [
        "talks",
        "talks-3",
    ]


def test_free_addresses_for_several_headlines_are_free_in_the_archive_and_among_themselves():
    make_article("Talks 2")
    slugs = free_slugs(["Talks", "…", "Talks", "talks!", "…"])
    assert slugs == ["talks", "", "talks-3", "talks-4", ""]


@pytest.mark.parametrize("headline", EMPTY, ids=ascii)
def test_a_headline_that_leaves_nothing_is_addressed_by_its_id(headline):
    article = make_article(headline)
    article.refresh_from_db()
    assert article.slug == f"article-{article.pk}"


@pytest.mark.parametrize(
    "reference", ["AA/2023/07 №5", "خبر", "Ref_1", "https://apa.az/?id=1", "-"]
)
def test_whatever_the_reference_is_a_headline_that_leaves_nothing_gets_its_address(reference):
    article = make_article("…", import_ref=reference)
    assert article.slug == f"article-{article.pk}"


def test_two_headlines_that_leave_nothing_do_not_stand_in_each_others_way():
    first, second = make_article("…"), make_article("…", source=make_source("APA"))
    assert first.slug != second.slug


def test_an_address_that_looks_like_an_id_does_not_stand_in_the_way_of_that_id():
    first = make_article("…", import_ref="n-1")
    make_article(f"Article {first.pk + 2}", import_ref="n-2")
    third = make_article("…", import_ref="n-3")
    assert re.fullmatch(rf"article-{third.pk}(-\d+)?", third.slug)


# Former addresses


def test_a_new_headline_leaves_the_address_as_it_is():
    article = make_article("Talks resume")
    article.headline = "Talks resume at last"
    article.save()
    assert article.slug == "talks-resume"
    assert not FormerSlug.objects.exists()


def test_a_changed_address_is_remembered_and_leads_to_the_article():
    article = make_article("Talks resume")
    for slug in ("talks-resumed", "talks-resumed-in-baku"):
        article.slug = slug
        article.save()
    former = FormerSlug.objects.order_by("pk")
    assert [(old.slug, old.article) for old in former] == [
        ("talks-resume", article),
        ("talks-resumed", article),
    ]


def test_an_address_taken_back_is_no_former_one_any_more():
    article = make_article("Talks resume")
    for slug in ("talks-resumed", "talks-resume"):
        article.slug = slug
        article.save()
    assert [former.slug for former in article.former_slugs.all()] == ["talks-resumed"]


def test_saving_without_a_change_remembers_nothing():
    article = make_article("Talks resume")
    article.save()
    assert not FormerSlug.objects.exists()


def test_a_former_address_is_not_given_to_another_article():
    article = make_article("Talks resume", import_ref="n-1")
    article.slug = "talks-in-baku"
    article.save()
    assert make_article("Talks resume", import_ref="n-2").slug == "talks-resume-2"


def test_an_emptied_address_is_made_anew_and_the_old_one_still_leads_here():
    article = make_article("Talks resume")
    article.headline, article.slug = "Talks in Baku", ""
    article.save()
    assert article.slug == "talks-in-baku"
    assert [former.slug for former in article.former_slugs.all()] == ["talks-resume"]


def test_an_emptied_address_with_the_same_headline_stays_what_it_was():
    article = make_article("Talks resume")
    article.slug = ""
    article.save()
    assert article.slug == "talks-resume"


def test_an_emptied_address_of_a_headline_that_leaves_nothing_is_its_id():
    article = make_article("Talks resume")
    article.headline, article.slug = "…", ""
    article.save()
    assert article.slug == f"article-{article.pk}"


def test_an_address_that_no_reader_knew_is_not_kept():
    article = make_article("Talks resume", status="draft")
    article.slug = "talks-in-baku"
    article.save()
    assert not FormerSlug.objects.exists()


@pytest.mark.parametrize("slug", ["Talks", "talks--resume", "-talks", "талкс", "a b", "talks\n"])
def test_a_form_refuses_an_address_of_another_form(slug):
    article = make_article("Talks resume")
    article.slug = slug
    with pytest.raises(ValidationError) as caught:
        article.full_clean()
    assert "slug" in caught.value.message_dict


def test_of_many_addresses_alike_the_first_free_one_is_found():
    for number in [1, *range(2, 40), *range(41, 60)]:
        make_article("Talks", slug="talks" if number == 1 else f"talks-{number}")
    assert free_slugs(["Talks", "Talks", "Talks 61", "Talks"]) == [
        "talks-40",
        "talks-60",
        "talks-61",
        "talks-62",
    ]


def test_addresses_are_chosen_by_few_questions_however_many_there_are(
    django_assert_max_num_queries,
):
    for _ in range(100):
        make_article("Talks")
    with django_assert_max_num_queries(10):
        free_slugs([f"Day {number}" for number in range(100)] + ["Talks"] * 20)
