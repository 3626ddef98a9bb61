"""What links asks its peers, in its own words."""
