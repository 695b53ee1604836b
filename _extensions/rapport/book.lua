-- What a Typst book needs beyond Quarto's own filters.

-- how many appendices another PDF of the book has already
local before = 0

local function read(meta)
  before = tonumber(pandoc.utils.stringify(meta["appendices-before"] or "0"))
end

-- Quarto announces the appendices by a heading of its own: it becomes the switch to appendix
-- numbering (see typst-show.typ).
local function appendices(heading)
  local state = quarto.doc.file_metadata()
  local file = state and state.file
  if file and quarto.doc.is_format("typst") and heading.level == 1
      and file.bookItemType == "appendix" then
    local following = before > 0 and ".with(before: " .. before .. ")" or ""
    return pandoc.RawBlock("typst", "#show: rapport-appendices" .. following)
  end
end

-- A link to a place in another chapter is a link within the one document.
local function within(link)
  local anchor = link.target:match("^[^:]*%.ipynb(#.+)$")
  if anchor and quarto.doc.is_format("typst") then
    link.target = anchor
    return link
  end
end

return {
  { Meta = read },
  quarto.utils.combineFilters({
    quarto.utils.file_metadata_filter(),
    { Header = appendices, Link = within },
  }),
}
