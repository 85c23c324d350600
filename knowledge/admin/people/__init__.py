"""The people of organisations in the admin: claims, trust, blocks and appeals."""
