"""The editors' queue: what members have sent, one page for each, decisions about many."""
