"""Search: collect evidence for passages and situation cards, weigh it, and rank."""
