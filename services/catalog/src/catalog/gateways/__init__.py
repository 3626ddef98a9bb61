"""What catalog asks its peers, in its own words."""
