"""What files and web pages say about themselves: title, authors, language, licence and so on.

``child`` looks at what strangers made, in a process of its own (``nexsm.base.confined``). It and the
modules it needs (``facts``, ``texts``, ``pages``, ``meta_tags``, ``structured``, ``csl``, ``pdf``) know
nothing of Django. ``reading`` starts it, ``suggestions`` turns what was found into values of our
vocabularies. Nothing is guessed: what is not there stays empty, and a person confirms the rest.
"""
