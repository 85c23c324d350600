"""The editors' side of the floor: roles, dashboard, look. Rooms above add their own parts."""
