"""How tests look at the tables and pages of agreement."""

from __future__ import annotations


def shown(window, page):
    """A page of a window, brought to the front."""
    window.tabs.setCurrentWidget(page)
    return page


def titles(table):
    return [column.title for column in table.figures.columns]


def cells(table, title):
    """The words of the column with a title, as they stand from the top."""
    column = titles(table).index(title)
    return [table.figures.words(row, column) for row in range(table.figures.rowCount())]


def go_to(table, row, column=0):
    """Put the keyboard on a cell."""
    table.setCurrentIndex(table.figures.index(row, column))


def every_page(window):
    """Each page of a window in turn, as a person leafs through it."""
    for place in range(window.tabs.count()):
        window.tabs.setCurrentIndex(place)
        yield window.tabs.currentWidget()
