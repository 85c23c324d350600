"""Accounts: signing in and everything around it."""

from __future__ import annotations

from tests.matrix.roles import (
    EVERYBODY,
    FORM,
    LED_ON,
    NOBODY,
    PROTECTED,
    READ_ONLY,
    SIGNED_IN,
    Row,
    by_role,
)

# Where somebody who is signed in has nothing to do, or a visitor must sign in first.
ONLY_VISITORS = by_role(200, 302)
TOO_EARLY = by_role(302)  # steps that only follow another step lead back to its beginning
NOTHING_TO_SHOW = by_role(302, 404)  # nobody of the samples has a second factor
ACCOUNT_ROUTES = {
    "": (SIGNED_IN, by_role(302, {200, 302})),
    "weiter/": (LED_ON, by_role(302, 405)),  # nothing waits: on to the overview
    "daten/": (PROTECTED, PROTECTED),
    "daten/mitnehmen/": (PROTECTED, PROTECTED),
    "loeschen/": (PROTECTED, PROTECTED),
    "geloescht/": (EVERYBODY, READ_ONLY),
    "login/": (ONLY_VISITORS, ONLY_VISITORS),
    "logout/": (by_role(302, 200), LED_ON),
    "inactive/": (EVERYBODY, None),
    "signup/": (ONLY_VISITORS, ONLY_VISITORS),
    "reauthenticate/": (SIGNED_IN, SIGNED_IN),
    "email/": (SIGNED_IN, by_role(302, {200, 302})),
    "confirm-email/": (EVERYBODY, None),
    "password/change/": (SIGNED_IN, SIGNED_IN),
    "password/set/": (PROTECTED, PROTECTED),
    "password/reset/": (EVERYBODY, EVERYBODY),
    "password/reset/done/": (EVERYBODY, None),
    "password/reset/key/done/": (EVERYBODY, None),
    "zweiter-schritt/": (LED_ON, by_role(302, 405)),
    "login/code/": (ONLY_VISITORS, ONLY_VISITORS),
    "login/code/confirm/": (TOO_EARLY, TOO_EARLY),
    "2fa/": (SIGNED_IN, None),
    "2fa/authenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/reauthenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/totp/activate/": (PROTECTED, PROTECTED),
    "2fa/totp/deactivate/": (NOTHING_TO_SHOW, NOTHING_TO_SHOW),
    "2fa/recovery-codes/": (NOTHING_TO_SHOW, None),
    "2fa/recovery-codes/generate/": (PROTECTED, PROTECTED),
    "2fa/recovery-codes/download/": (NOTHING_TO_SHOW, None),
    "2fa/webauthn/": (SIGNED_IN, None),
    "2fa/webauthn/add/": (PROTECTED, PROTECTED),
    "2fa/webauthn/reauthenticate/": (TOO_EARLY, TOO_EARLY),
    "2fa/webauthn/login/": (LED_ON, LED_ON),
    "sessions/": (SIGNED_IN, FORM),
    "mails/": (SIGNED_IN, LED_ON),
}
ACCOUNT = [
    Row(f"<lang>/konto/{route}", f"/{{lang}}/konto/{route}", get, post)
    for route, (get, post) in ACCOUNT_ROUTES.items()
] + [
    Row(
        r"<lang>/konto/^confirm-email/(?P<key>[-:\w]+)/$",
        "/{lang}/konto/confirm-email/wrong-key/",
        EVERYBODY,
        NOBODY,
    ),
    Row(
        r"<lang>/konto/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/{lang}/konto/password/reset/key/1-wrong/",
        EVERYBODY,
        EVERYBODY,
    ),
    Row(
        "<lang>/konto/2fa/webauthn/keys/<int:pk>/remove/",
        "/{lang}/konto/2fa/webauthn/keys/999999/remove/",
        PROTECTED,
        PROTECTED,
    ),
    Row(
        "<lang>/konto/2fa/webauthn/keys/<int:pk>/edit/",
        "/{lang}/konto/2fa/webauthn/keys/999999/edit/",
        PROTECTED,
        PROTECTED,
    ),
]
