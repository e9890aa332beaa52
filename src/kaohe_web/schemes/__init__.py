"""What is assessed and how: drafts, findings, consultation, adoption, amendment, targets."""
