"""What every Orderlink service needs and no service owns."""
