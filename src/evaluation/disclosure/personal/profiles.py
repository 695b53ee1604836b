"""What people call themselves on a network: addresses of profiles, and names behind an @."""

import re
from collections.abc import Iterator

from evaluation.disclosure.personal.found import Found
from evaluation.language.identifying import any_of

KIND = "profile"
SITES = (
    r"(?:[a-z]{1,3}\.)?(?:facebook\.com|fb\.com|fb\.me|m\.me|instagram\.com|linkedin\.com/(?:in|pub)|"
    r"twitter\.com|x\.com|tiktok\.com|snapchat\.com/add|t\.me|wa\.me|youtube\.com/(?:@|user/|channel/|c/)|"
    r"github\.com|gitlab\.com|reddit\.com/u(?:ser)?|threads\.net|bsky\.app/profile|mastodon\.\w+|"
    r"xing\.com/profile|pinterest\.\w+|twitch\.tv|soundcloud\.com|vk\.com)"
)
# what a site has besides people
PLACES = r"(?:groups|events|pages|watch|explore|p|reel|hashtag|search|help|login|policies|about)\b"
ADDRESS = re.compile(
    rf"(?:https?://)?(?<![\w-])(?:www\.)?{SITES}/?(?<=[/@])(?!{PLACES})[\w@%][\w.@%?=&/+-]*(?<![.])",
    re.IGNORECASE,
)
# what refers to a place of a text, or is called in a spreadsheet, is nobody
HANDLE = re.compile(
    r"(?<![\w@./])@(?!(?:fig|tbl|sec|eq|lst|ref)\b)(?!\w+\()(?=[\w.]*[^\W\d_])[^\W_][\w.]{1,29}(?<!\.)"
)
HEADED = re.compile(
    rf"(?<!\w){any_of('profile')}(?!\w)\s?(?::|\s(?:{any_of('linking')})\s|\s?=)\s?"
    r"(?P<name>@?[^\W_][\w.-]{2,29})(?!\w)",
    re.IGNORECASE,
)
# "snap lonek92": a word with digits behind the name of a network, and the number behind a name
NUMBERED = re.compile(
    rf"(?<!\w){any_of('profile')}\s(?P<name>(?=[a-z_.]*[a-z])[a-z][\w.]*\d[\w.]*|[^\W_][\w.]{{2,29}}#\d{{4}})(?!\w)",
    re.IGNORECASE,
)

# what every form has
HINT = rf"@|\w\.\w+/|(?<!\w){any_of('profile')}(?!\w)"


def find(text: str) -> Iterator[Found]:
    """Profiles on social networks in a plain text."""
    for pattern in (ADDRESS, HANDLE):
        for match in pattern.finditer(text):
            yield Found(KIND, match.start(), match.end())
    for match in NUMBERED.finditer(text):
        yield Found(KIND, match.start("name"), match.end("name"))
    for match in HEADED.finditer(text):
        # a name that no word is: "snapchat er godt"
        if re.search(r"[\d_.@]", match.group("name")) or ":" in match.group():
            yield Found(KIND, match.start("name"), match.end("name"))
