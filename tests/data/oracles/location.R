source("common.R")
suppressPackageStartupMessages(library(boot))
suppressPackageStartupMessages(library(survey))
set.seed(22)
lists <- list(
  list(values = c(7, 9, 8, 10, 6, 8, 9), population = 21),
  list(values = c(1, 2, 2, 3, 3, 3, 4, 4, 5), population = 12),
  list(values = c(0, 0, 0, 0, 120), population = 6),
  list(values = round(rlnorm(30, 3, 1), 1), population = 100),
  list(values = c(3, 5), population = 9),
  list(values = rep(c(4, 5), c(11, 3)), population = 16),
  list(values = round(rnorm(60, 50, 12)), population = 61),
  list(values = sample(0:10, 25, TRUE), population = 40),
  list(values = c(-2.5, 0, 1.25, 8, 3.5, 2, 2, 2), population = 1000)
)
for (given in lists) {
  values <- given$values
  n <- length(values)
  test <- t.test(values)
  case("mean", list(values = values),
    list(value = mean(values), low = test$conf.int[1], high = test$conf.int[2]), "t.test(values)")
  design <- svydesign(~1, data = data.frame(values), fpc = rep(given$population, n), weights = rep(1, n))
  found <- svymean(~values, design)
  ends <- confint(found, df = degf(design))
  case("mean", given, list(value = mean(values), low = ends[1], high = ends[2]),
    "survey: confint(svymean(~values, svydesign(~1, fpc = population)), df = degf(design))")
  case("standard_deviation", list(values = values), list(value = sd(values)), "sd(values)")
  for (share in c(0.25, 0.5, 0.9)) {
    # the outermost answers that are left where each end is cut off with at most 2.5 %
    ordered <- sort(values)
    tried <- seq_len(n)
    low <- tried[pbinom(tried - 1, n, share) <= 0.025]
    high <- tried[pbinom(tried - 1, n, share, lower.tail = FALSE) <= 0.025]
    case("quantile", list(values = values, share = share),
      list(value = quantile(values, share, names = FALSE),
        low = if (length(low)) ordered[max(low)] else "-Inf", high = if (length(high)) ordered[min(high)] else "Inf"),
      "quantile(values, share); pbinom of the place of each answer")
    place <- (given$population - 1) * share
    below <- floor(place + 1e-9) + 1
    above <- ceiling(place - 1e-9)
    low <- tried[phyper(tried - 1, below, given$population - below, n) <= 0.025]
    high <- tried[phyper(tried - 1, above, given$population - above, n, lower.tail = FALSE) <= 0.025]
    case("quantile", c(given, list(share = share)),
      list(value = quantile(values, share, names = FALSE),
        low = if (length(low)) ordered[max(low)] else "-Inf", high = if (length(high)) ordered[min(high)] else "Inf"),
      "quantile(values, share); phyper of the place of each answer")
  }
}
# without ties: boot counts draws equal to the value as none below it, and not as half
for (values in list(
  rnorm(12, 5, 2), rexp(15), rlnorm(20, 2, 1), runif(9), rnorm(40, 0, 10)^2, rt(30, 3), rnorm(100), c(rnorm(10), 9)
)) {
  values <- round(values, 5)
  drawn <- boot(values, function(x, at) mean(x[at]), R = 99999)
  ends <- boot.ci(drawn, type = "bca")$bca
  case("mean_bootstrap", list(values = values), list(low = ends[4], high = ends[5], error = sd(values) / sqrt(length(values))),
    "boot: boot.ci(boot(values, mean, R = 99999), type = 'bca')")
}
scores <- list(
  c(10, 9, 9, 8, 7, 10, 6, 5, 9, 10),
  c(0, 3, 6, 7, 8),
  c(10, 10, 10),
  c(6),
  rep(c(9, 7, 2), c(40, 33, 27)),
  rep(c(10, 8, 6, 0), c(5, 90, 4, 1)),
  c(7, 8, 7, 8),
  sample(0:10, 200, TRUE)
)
for (values in scores) {
  n <- length(values)
  kind <- cut(values, c(-1, 6, 8, 10), labels = FALSE)
  for (population in c(NA, 2 * n + 10)) {
    counts <- tabulate(kind, 3) + c(0.75, 1.5, 0.75)
    p <- counts / sum(counts)
    middle <- p[3] - p[1]
    shrunk <- if (is.na(population)) 1 else (population - n) / (population - 1)
    half <- qnorm(0.975) * sqrt((p[3] * (1 - middle)^2 + p[2] * middle^2 + p[1] * (1 + middle)^2) * shrunk / sum(counts))
    given <- if (is.na(population)) list(values = I(values)) else list(values = I(values), population = population)
    case("net_promoter_score", given,
      list(value = 100 * mean((kind == 3) - (kind == 1)), low = 100 * max(-1, middle - half), high = 100 * min(1, middle + half)),
      "the variance of NPS 1.1 (nps.var) of the counts with 0.75, 1.5 and 0.75 added, base R")
  }
}
written("boot", "survey")
