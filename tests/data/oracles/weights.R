source("common.R")
suppressPackageStartupMessages(library(survey))
set.seed(24)
made <- function(n, answers, weights, strata = NULL, population = NULL) {
  given <- list(values = answers, weights = weights)
  if (!is.null(strata)) given$strata <- strata
  if (!is.null(population)) given$population <- as.list(population)
  given
}
lists <- list(
  made(6, c(3, 5, 4, 1, 2, 5), c(1, 2, 1, 3, 1, 2)),
  made(9, c(1, 0, 1, 1, 0, 1, 0, 1, 1), c(1, 1, 4, 2, 2, 1, 3, 1, 1)),
  made(10, c(1, 0, 1, 1, 0, 1, 0, 1, 1, 0), rep(1, 10), NULL, 40),
  made(8, c(7, 9, 8, 10, 6, 8, 9, 4), c(2, 2, 2, 2, 5, 5, 5, 5), rep(c("a", "b"), each = 4)),
  made(8, c(1, 0, 0, 1, 1, 1, 0, 1), c(2, 2, 2, 2, 5, 5, 5, 5), rep(c("a", "b"), each = 4), list(a = 8, b = 20)),
  made(40, round(rnorm(40, 50, 9), 1), round(rexp(40) + 0.2, 2)),
  made(60, rbinom(60, 1, 0.7), round(runif(60, 0.5, 3), 2), rep(c("x", "y", "z"), c(10, 20, 30)), list(x = 10, y = 50, z = 300)),
  made(12, rep(c(1, 0), c(11, 1)), c(rep(1, 11), 6), NULL, 30),
  made(25, sample(1:5, 25, TRUE), sample(1:4, 25, TRUE), rep(1:5, 5), list("1" = 9, "2" = 9, "3" = 9, "4" = 9, "5" = 5))
)
for (given in lists) {
  frame <- data.frame(y = given$values, w = given$weights)
  frame$s <- if (is.null(given$strata)) 1 else given$strata
  sizes <- given$population
  frame$n <- if (is.null(sizes)) NA else if (is.null(given$strata)) sizes[[1]] else unlist(sizes)[as.character(frame$s)]
  strata <- if (is.null(given$strata)) NULL else ~s
  design <- if (is.null(sizes)) svydesign(~1, strata = strata, weights = ~w, data = frame)
    else svydesign(~1, strata = strata, weights = ~w, fpc = ~n, data = frame)
  found <- svymean(~y, design)
  ends <- confint(found, df = degf(design))
  result <- list(value = coef(found)[[1]], standard_error = SE(found)[[1]], low = ends[1], high = ends[2])
  if (is.null(given$strata) && !is.null(sizes)) given$population <- sizes[[1]]
  case("weighted_mean", given, result,
    "survey: svymean(~y, svydesign(~1, strata, weights, fpc)); confint(df = degf(design))")
  if (all(given$values %in% 0:1)) {
    ends <- confint(svyciprop(~y, design, method = "logit"))
    names(given)[1] <- "said"
    case("weighted_share", given, c(result[1:2], list(low = ends[1], high = ends[2])),
      "survey: svyciprop(~y, design, method = 'logit')")
  }
}

people <- function(n, ...) data.frame(lapply(list(...), function(of) sample(names(of), n, TRUE, of)), stringsAsFactors = FALSE)
raked <- list(
  list(table = data.frame(sex = c("f", "f", "f", "m"), age = c("o", "y", "y", "o")),
    margins = list(sex = list(f = 50, m = 50), age = list(o = 60, y = 40))),
  list(table = people(30, sex = c(f = 0.7, m = 0.3), age = c(a = 0.5, b = 0.3, c = 0.2)),
    margins = list(sex = list(f = 105, m = 95), age = list(a = 60, b = 80, c = 60))),
  list(table = people(50, place = c(n = 0.2, s = 0.5, w = 0.3)), margins = list(place = list(n = 0.4, s = 0.4, w = 0.2))),
  list(table = people(80, a = c(p = 0.5, q = 0.5), b = c(r = 0.3, s = 0.7), c = c(t = 0.6, u = 0.2, v = 0.2)),
    margins = list(a = list(p = 600, q = 400), b = list(r = 500, s = 500), c = list(t = 300, u = 400, v = 300))),
  list(table = people(40, a = c(p = 0.9, q = 0.1) + 0.05, b = c(r = 0.5, s = 0.5)),
    margins = list(a = list(p = 20, q = 20), b = list(r = 25, s = 15))),
  list(table = people(25, a = c(p = 0.5, q = 0.5)), margins = list(a = list(p = 0.5, q = 0.5)), weights = sample(1:5, 25, TRUE)),
  list(table = people(60, a = c(p = 0.4, q = 0.6), b = c(r = 0.4, s = 0.6)),
    margins = list(a = list(p = 300, q = 300), b = list(r = 200, s = 400)), weights = round(runif(60, 1, 4), 1)),
  list(table = people(100, a = c(p = 0.25, q = 0.25, r = 0.25, s = 0.25), b = c(x = 0.5, y = 0.5)),
    margins = list(a = list(p = 10, q = 20, r = 30, s = 40), b = list(x = 55, y = 45)))
)
for (given in raked) {
  table <- given$table
  table$w <- if (is.null(given$weights)) 1 else given$weights
  design <- svydesign(~1, weights = ~w, data = table)
  columns <- names(given$margins)
  total <- sum(unlist(given$margins[[1]]))
  size <- if (abs(total - 1) < 1e-9) nrow(table) else total
  population <- lapply(columns, function(column) {
    wanted <- unlist(given$margins[[column]])
    setNames(data.frame(names(wanted), wanted / total * size), c(column, "Freq"))
  })
  found <- rake(design, lapply(columns, reformulate), population, control = list(maxit = 1000, epsilon = 1e-9, verbose = FALSE))
  given$table <- as.list(given$table)
  case("rake", given, list(weights = unname(weights(found))), "survey::rake(design, formulas, population)")
}
written("survey")
