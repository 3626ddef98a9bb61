"""What NEXT ENGINE accepts: slips, the order CSV, and what its codes mean for us."""
