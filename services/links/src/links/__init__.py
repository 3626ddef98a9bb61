"""Links, their gates and the staff pages about them."""
