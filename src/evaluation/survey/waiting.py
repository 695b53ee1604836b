"""A survey that nobody has answered yet: what is missing, and the command that puts it in."""

from evaluation.base.errors import InputError


def no_answers(file: str) -> InputError:
    """What a check tells, and a build refuses.

    file: with the rows of the survey.
    """
    return InputError(
        file,
        "a survey has answers, and these have not been put in yet",
        "put the file of the answers into one folder with that of the questions (or take the file "
        "that has both), and run: evaluation add-wave FOLDER --from IT",
    )
