-- The appendices of a Typst book: Quarto announces them by a heading of its own, which this
-- filter replaces by the switch to appendix numbering (see typst-show.typ).
local switch = {
  Header = function(heading)
    local state = quarto.doc.file_metadata()
    local file = state and state.file
    if file and quarto.doc.is_format("typst") and heading.level == 1
        and file.bookItemType == "appendix" then
      return pandoc.RawBlock("typst", "#show: rapport-appendices")
    end
  end
}

return quarto.utils.combineFilters({ quarto.utils.file_metadata_filter(), switch })
