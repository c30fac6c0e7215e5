"""What is asked: question packs in Markdown, the names of principles, and the choice."""
