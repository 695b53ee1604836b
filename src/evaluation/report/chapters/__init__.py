"""What a chapter shows of a subject: tables and figures in the words of one language."""
