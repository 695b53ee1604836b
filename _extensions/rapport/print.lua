-- What paper asks of a chapter. Quarto runs this filter before its own, the embedded renderer before
-- styles.lua. The metadata that it reads is written where a PDF is staged:
--
--   elsewhere     what the PDF does not hold, by anchor and by the name of a file: how a reference
--                 calls it (said, or the number bare), where it is, and its address on the site
--   anchors       of the titles of the pages that the PDF holds, by the name of the file
--   site-address  of the published site, where it is known
--   brief         whether it is a summary, which does not say where else something is

if not FORMAT:match("^typst") then return {} end

local elsewhere, anchors, site, brief = {}, {}, "", false

local function read(meta)
  for name, place in pairs(meta.elsewhere or {}) do
    elsewhere[name] = {}
    for key, value in pairs(place) do elsewhere[name][key] = pandoc.utils.stringify(value) end
  end
  for name, anchor in pairs(meta.anchors or {}) do anchors[name] = pandoc.utils.stringify(anchor) end
  brief = meta.brief == true
  site = meta["site-address"] and pandoc.utils.stringify(meta["site-address"]) or ""
end

local function linked(content, address)
  return address == "" and content or pandoc.Inlines({ pandoc.Link(content, address) })
end

local function told(words) return pandoc.Inlines({ pandoc.Space(), pandoc.Str("(" .. words .. ")") }) end

-- A number leads to its entry in the ledger, and back, where something can be clicked.
local function number(span)
  if span.classes:includes("number") then
    return span.content:walk({ Link = function(link) return link.content end })
  end
end

-- So do the numbers of a table, to what they count.
local function unlinked(cells)
  return cells:walk({
    Link = function(link)
      if not link.target:find("://") and not link.target:find("^#ref%-") then return link.content end
    end,
  })
end

-- A reference to a place that the PDF does not hold says where it is.
local function reference(cite)
  local known = false
  for _, citation in ipairs(cite.citations) do known = known or elsewhere[citation.id] end
  if not known then return nil end
  local parts = pandoc.Inlines({})
  for position, citation in ipairs(cite.citations) do
    if position > 1 then parts:extend({ pandoc.Str(","), pandoc.Space() }) end
    local place = elsewhere[citation.id]
    if place then
      local words = pandoc.Inlines(citation.prefix)
      local bare = #words > 0 or citation.mode == "SuppressAuthor"
      words:insert(pandoc.Str((#words > 0 and "\u{a0}" or "") .. (bare and place.bare or place.said)))
      parts:extend(linked(words, place.href))
      if not brief then parts:extend(told(place.where)) end
    else
      parts:insert(pandoc.Cite({ pandoc.Str("@" .. citation.id) }, { citation }))
    end
  end
  return parts
end

-- So does a link; one to a page that the PDF holds leads to it there, and one to a file of the site to
-- the published one, or nowhere.
local function link(it)
  if it.target:find("^%a[%w+.-]*:") or it.target:find("^#") then return nil end
  local path, anchor = it.target:match("^([^#]*)(.*)$")
  local name = path:match("[^/]*$")
  local place = elsewhere[name]
  if anchors[name] then
    it.target = anchor ~= "" and anchor or "#" .. anchors[name]
    return it
  elseif place then
    local content = linked(it.content, place.href == "" and "" or place.href .. anchor)
    local named = pandoc.utils.stringify(it.content) == place.said
    local words = pandoc.List({ named and "" or place.said, brief and "" or place.where })
    words = words:filter(function(part) return part ~= "" end)
    if #words > 0 then content:extend(told(table.concat(words, ", "))) end
    return content
  end
  if not path:find("%.ipynb$") and not path:find("%.qmd$") then
    local file = path:gsub("^[./]+/", "")
    return linked(it.content, site == "" and "" or site .. "/" .. file)
  end
end

return { { Meta = read }, { Table = unlinked, Span = number }, { Cite = reference, Link = link } }
