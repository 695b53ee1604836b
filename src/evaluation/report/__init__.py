"""Numbers with their origins, in words, tables, figures and chapters of any survey; imports from
survey, project and below."""
