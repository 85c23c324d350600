"""Asks for calendars as a calendar program does and reads them with a library."""

from icalendar import Calendar


def fetch(client, page, name, **headers):
    """The answer at an address below a page."""
    return client.get(page.get_url() + name, headers=headers)


def read(client, page, name="programm.ics"):
    """The calendar at an address below a page."""
    response = fetch(client, page, name)
    assert response.status_code == 200
    return Calendar.from_ical(response.content)


def events(client, page, name="programm.ics"):
    """The entries by UID."""
    return {str(event["uid"]): event for event in read(client, page, name).events}


def lines(content):
    """The lines as they are sent, folded ones not joined."""
    return content.split(b"\r\n")
