-- The looks that authors choose by a class, as functions of typst-show.typ. Quarto runs this filter,
-- and so does the embedded renderer; on the pages, theme.css styles the same classes.
--
--   ::: {.key-findings}   the main findings of a chapter
--   ::: {.in-brief}       what a reader wants to know first, a term and a line each
--   ::: {.voice}          a voice, paraphrased; the last of several paragraphs says whose it is
--   [Nået]{.status .status-achieved}

local function call(name, ...)
  local blocks = pandoc.List({ pandoc.RawBlock("typst", "#" .. name .. "[") })
  for position, part in ipairs({ ... }) do
    if position > 1 then blocks:insert(pandoc.RawBlock("typst", "][")) end
    blocks:extend(part)
  end
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

-- Terms and lines in turn.
local function in_brief(list)
  local blocks = pandoc.List({ pandoc.RawBlock("typst", "#rapport-in-brief(") })
  for _, item in ipairs(list.content) do
    blocks:insert(pandoc.RawBlock("typst", "["))
    blocks:insert(pandoc.Plain(item[1]))
    blocks:insert(pandoc.RawBlock("typst", "],["))
    for _, definition in ipairs(item[2]) do blocks:extend(definition) end
    blocks:insert(pandoc.RawBlock("typst", "],"))
  end
  blocks:insert(pandoc.RawBlock("typst", ")"))
  return blocks
end

local function look(div)
  if div.classes:includes("key-findings") then return call("rapport-key-findings", div.content) end
  if div.classes:includes("in-brief") then
    return div:walk({ DefinitionList = in_brief }).content
  end
  if div.classes:includes("voice") then
    if #div.content == 1 then return call("rapport-voice", div.content) end
    local origin = div.content:remove()
    return call("rapport-voice", div.content, { origin })
  end
end

local function units(span)
  if not span.classes:includes("units") then return nil end
  local inlines = pandoc.List({ pandoc.RawInline("typst", "#rapport-units[") })
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline("typst", "]"))
  return inlines
end

local function status(span)
  if not span.classes:includes("status") then return nil end
  local kind
  for _, class in ipairs(span.classes) do kind = kind or class:match("^status%-([%w_]+)$") end
  if kind == nil then return nil end
  local inlines = pandoc.List({ pandoc.RawInline("typst", '#rapport-status("' .. kind .. '")[') })
  inlines:extend(span.content)
  inlines:insert(pandoc.RawInline("typst", "]"))
  return inlines
end

-- Signs that begin a heading or a list in Typst, and those it makes dashes and dots of, are text
-- here. Pandoc takes care of the former where a paragraph begins, but not in cells and captions.
local function sign(str)
  local text = str.text
  if text:match("^[=+%-/]+$") or text:match("^%d+%.$") or text:find("%.%.%.") or text:find("%-%-") then
    return pandoc.RawInline("typst", '#"' .. text:gsub('[\\"]', "\\%0") .. '";')
  end
end

-- A link within the report tells the page that it leads to; a reference has a number to find it by.
local function page(link)
  local anchor = link.target:match("^#(.+)$")
  if anchor and #link.classes == 0 and not anchor:find("^ref%-") then
    local inlines = pandoc.List({ pandoc.RawInline("typst", "#rapport-link(<" .. anchor .. ">)[") })
    inlines:extend(link.content)
    inlines:insert(pandoc.RawInline("typst", "]"))
    return inlines
  end
end

local function whole(table)
  return { pandoc.RawBlock("typst", "#rapport-table["), table, pandoc.RawBlock("typst", "]") }
end

if not FORMAT:match("^typst") then return {} end
return { { Div = look, Span = function(it) return units(it) or status(it) end, Str = sign, Link = page, Table = whole } }
