"""The pages of organisations and their people in the members' area. Foreign ids answer 404."""
