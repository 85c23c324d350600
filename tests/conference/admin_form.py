"""Sends the forms of the editors' admin as a browser without scripts would."""

from bs4 import BeautifulSoup


def read_form(client, url):
    """Open a page of the admin and return the values its edit form would send."""
    response = client.get(url)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.find("form", attrs={"data-edit-form": True}) or soup.find(id="page-edit-form")
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or "__prefix__" in name or field.get("type") in {"submit", "button", "file"}:
            continue
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        data.setdefault(name, []).extend(_values(field))
    # Stream fields make their inputs by script; both pages have one, empty.
    data["body-count"] = ["0"]
    return data


def _values(field):
    if field.name == "select":
        chosen = [option for option in field.find_all("option") if option.has_attr("selected")]
        if not chosen and not field.has_attr("multiple"):
            chosen = field.find_all("option")[:1]
        return [option.get("value", option.text) for option in chosen]
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    return [field.get("value", "on" if field.get("type") == "checkbox" else "")]


def row_template(client, url, relation):
    """The hidden uid that a new row gets from the page's template."""
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    text = soup.find(id=f"id_{relation}-EMPTY_FORM_TEMPLATE")
    inner = BeautifulSoup(text.decode_contents(), "html.parser")
    return inner.find("input", attrs={"name": f"{relation}-__prefix__-uid"})["value"]


def add_row(data, relation, uid, **values):
    """Add a row to what the form sends, as the button does. Returns the prefix of the row."""
    number = int(data[f"{relation}-TOTAL_FORMS"][0])
    data[f"{relation}-TOTAL_FORMS"] = [str(number + 1)]
    prefix = f"{relation}-{number}"
    data[f"{prefix}-id"] = [""]
    data[f"{prefix}-ORDER"] = [str(number + 1)]
    data[f"{prefix}-DELETE"] = [""]
    data[f"{prefix}-uid"] = [str(uid)]
    for name, value in values.items():
        data[f"{prefix}-{name}"] = [value]
    return prefix
