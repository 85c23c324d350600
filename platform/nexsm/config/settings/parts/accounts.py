"""Accounts: one login for everybody (django-allauth), rate limited, with a second factor."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# New people may create an account themselves.
SIGNUP_OPEN = True

ACCOUNT_ADAPTER = "nexsm.accounts.adapter.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the adapter writes the name of the site
# One address per account; changing it keeps the old one until the new one is confirmed.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # programs that look at mails follow links
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
# In the browser in which somebody signed up: no second login on the way to what she wanted to do.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# Nobody can find out by trying who has an account, and strangers get no mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
# A mail about every change of address, password or second factor.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this browser stays; the session hash ends all others
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "30/h/ip",  # a whole course may sign up behind one address
    "reset_password": "10/10m/ip,20/h/ip,3/h/key",
    "reset_password_from_key": "10/m/ip",
    "reauthenticate": "10/m/user,30/h/user",
    # Each is a mail to somebody who may not have asked for it.
    "request_login_code": "20/h/ip,3/10m/key,6/h/key",
    "confirm_login_code": "10/m/ip",
}
# Signing in with a code by e-mail instead of the password; a second factor is asked for as well.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail can be slow
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
_FORMS = "nexsm.accounts.entrance_forms."
ACCOUNT_FORMS = {
    "login": _FORMS + "LoginForm",
    "signup": _FORMS + "SignupForm",
    "add_email": _FORMS + "AddEmailForm",
    "change_password": _FORMS + "ChangePasswordForm",
    "set_password": _FORMS + "SetPasswordForm",
    "reset_password": _FORMS + "ResetPasswordForm",
    "reset_password_from_key": _FORMS + "ResetPasswordKeyForm",
    "reauthenticate": _FORMS + "ReauthenticateForm",
    "request_login_code": _FORMS + "RequestLoginCodeForm",
    "confirm_login_code": _FORMS + "ConfirmLoginCodeForm",
}
# How many proxies stand in front: whose X-Forwarded-For can be believed. Production sets it.
ALLAUTH_TRUSTED_PROXY_COUNT = 0

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": _FORMS + "AuthenticateForm",
    "reauthenticate": _FORMS + "ReauthenticateCodeForm",
    "activate_totp": _FORMS + "ActivateTOTPForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "NexSM"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ by some seconds

# The admin's own ways to set a password and an address pass neither limits nor confirmation.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# An account made by an administrator: the person sets the password with "Forgotten your password?".
WAGTAILUSERS_PASSWORD_REQUIRED = False
# All readers and editors live in one time zone; a choice of 600 would only be a way to get it wrong.
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]
