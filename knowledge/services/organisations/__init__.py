"""What happens to organisations and their people. Each verb is one transaction.

Changes of the people of one organisation follow one after another: each takes the lock of the
organisation's row first. So two owners who leave at the same moment never leave it without one.
"""
