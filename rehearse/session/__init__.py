"""One answer, one question, one interview, step by step."""
