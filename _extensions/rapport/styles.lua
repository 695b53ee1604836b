-- The looks that authors choose by a class, as functions of typst-show.typ. Quarto runs this filter,
-- and so does the embedded renderer; on the pages, theme.css styles the same classes.
--
--   ::: {.key-findings}   the main findings of a chapter
--   ::: {.voice}          a voice, paraphrased; the last of several paragraphs says whose it is
--   ::: {.objective-status}  a list whose items stand beside one another
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

-- The items of a list beside one another, as on the pages.
local function in_a_row(list)
  local inlines = pandoc.List({})
  for position, item in ipairs(list.content) do
    if position > 1 then inlines:insert(pandoc.RawInline("typst", "#h(1.5em, weak: true)")) end
    inlines:extend(pandoc.utils.blocks_to_inlines(item))
  end
  return pandoc.Para(inlines)
end

local function look(div)
  if div.classes:includes("objective-status") then return div:walk({ BulletList = in_a_row }) end
  if div.classes:includes("key-findings") then return call("rapport-key-findings", div.content) end
  if div.classes:includes("voice") then
    if #div.content == 1 then return call("rapport-voice", div.content) end
    local origin = div.content:remove()
    return call("rapport-voice", div.content, { origin })
  end
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
return { { Div = look, Span = status, Str = sign, Link = page, Table = whole } }
