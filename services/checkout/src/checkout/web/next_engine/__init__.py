"""NEXT ENGINE for staff: how it stands, connecting by their sign-in, disconnecting."""
