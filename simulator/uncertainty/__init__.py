"""What is not known for certain: which numbers are drawn, the draws, and what they come to."""
