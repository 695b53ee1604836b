# What the scripts of this folder share. Each writes the cases of one subject:
#   Rscript contingency.R contingency.json
# `sources` is a folder with R files of packages that are not installed: DescTools 0.99.59 (StatsAndCIs.r,
# Tests.r, Utils.R, DescTools.r, Tables.r), effsize 0.8.1 (CliffDelta.R), PropCIs 0.3-0 (riskscoreci.R,
# z2stat.R), statpsych 2.0.0 (statpsych1.R to statpsych3.R), RESI 0.1.2 (nccd.R as ncc.R)
suppressPackageStartupMessages(library(jsonlite))
sources <- Sys.getenv("R_SOURCES")
cases <- list()

taken <- function(...) {
  for (file in c(...)) {
    for (statement in parse(text = gsub("[A-Za-z]+::", "", readLines(file.path(sources, file))))) {
      try(eval(statement, globalenv()), silent = TRUE)
    }
  }
}

case <- function(of, given, found, by) {
  cases[[length(cases) + 1]] <<- list(of = of, given = given, found = found, by = by)
}

written <- function(...) {
  packages <- vapply(as.character(c(...)), function(name) paste(name, packageVersion(name)), "")
  told <- list(made_by = c(R.version.string, unname(packages)), cases = cases)
  json <- toJSON(told, auto_unbox = TRUE, digits = 15, matrix = "rowmajor", na = "string")
  lines <- gsub('},{"of"', '},\n{"of"', json, fixed = TRUE)
  writeLines(lines, commandArgs(TRUE)[1])
}

# every different order of a short list
orders <- function(values) {
  if (length(values) <= 1) return(list(values))
  found <- list()
  for (first in unique(values)) {
    rest <- values[-match(first, values)]
    found <- c(found, lapply(orders(rest), function(order) c(first, order)))
  }
  found
}
