"""Members describe a resource page by page, and send it for review.

``values`` says what a draft holds and how it becomes a resource, ``writing`` keeps what is typed,
``sending`` makes a version of it and hands it over, ``comparing`` finds what others changed meanwhile.
"""
