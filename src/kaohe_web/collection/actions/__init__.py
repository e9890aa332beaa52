"""What happens to rounds, sheets and figures."""
