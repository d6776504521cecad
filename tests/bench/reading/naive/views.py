"""The pages as a tutorial has them: ListView, FilterSet, Paginator, facets by annotate(Count)."""

import django_filters
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.views.generic import DetailView
from django_filters.views import FilterView

from .models import Article, Country, Person, Source

FACETS = {
    "countries": "countries__name",
    "people": "people__name",
    "sources": "source__name",
    "topics": "topics__name",
    "languages": "language",
    "years": "year",
}


class ArticleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words")
    country = django_filters.ModelMultipleChoiceFilter(
        field_name="countries__slug",
        to_field_name="slug",
        queryset=Country.objects.all(),
        conjoined=True,
    )
    person = django_filters.ModelChoiceFilter(
        field_name="people", to_field_name="slug", queryset=Person.objects.all()
    )
    source = django_filters.ModelChoiceFilter(to_field_name="slug", queryset=Source.objects.all())
    order = django_filters.ChoiceFilter(
        method="in_order", choices=[("newest", "newest"), ("relevance", "relevance")]
    )

    class Meta:
        model = Article
        fields = ["language"]

    def with_words(self, queryset, name, text):
        return queryset.search(text)

    def in_order(self, queryset, name, order):
        text = self.data.get("q")
        return queryset.by_relevance(text) if text and order == "relevance" else queryset


class ArticleList(FilterView):
    filterset_class = ArticleFilter
    queryset = Article.objects.select_related("source").prefetch_related("countries", "people")
    template_name = "naive/article_list.html"
    paginate_by = 25

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.request.GET.get("facets"):
            context["facets"] = facets(self.object_list)
        return context


def facets(articles, most=20):
    """{name: [{value, n}]}, the most frequent values first."""
    counted, found = Article.objects.order_by(), {}
    if articles.query.where:  # asked anew, else a country that is filtered by is counted alone
        counted = counted.filter(pk__in=articles.order_by().values("pk"))
    for name, path in FACETS.items():
        queryset = counted
        if name == "years":
            queryset = queryset.annotate(year=ExtractYear("published_latest"))
        values = queryset.values(path).annotate(n=Count("pk")).order_by("-n")[:most]
        found[name] = [{"value": row[path], "n": row["n"]} for row in values]
    return found


class ArticleDetail(DetailView):
    queryset = Article.objects.select_related("source").prefetch_related(
        "countries", "people", "topics"
    )
    template_name = "naive/article_detail.html"
