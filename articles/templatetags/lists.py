"""What the search box of a list takes along."""

from django import template

from articles.views import filter_form

register = template.Library()

register.filter("kept", filter_form.kept)
