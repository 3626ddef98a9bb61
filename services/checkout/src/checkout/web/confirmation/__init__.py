"""The order confirmation as a PDF, in the buyer's language, from the frozen order alone."""
