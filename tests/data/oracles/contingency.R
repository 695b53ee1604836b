source("common.R")
suppressPackageStartupMessages(library(coin))
suppressPackageStartupMessages(library(effectsize))
taken("StatsAndCIs.r", "Utils.R", "DescTools.r", "Tables.r", "Tests.r", "riskscoreci.R", "z2stat.R")
taken("statpsych1.R", "statpsych2.R", "statpsych3.R", "ncc.R")
set.seed(20)

tables <- list(
  tea = rbind(c(3, 1), c(1, 3)),
  job_satisfaction = rbind(c(1, 2, 1, 0), c(3, 3, 6, 1), c(10, 10, 14, 9), c(6, 7, 12, 11)),
  zeros = rbind(c(0, 3, 2), c(4, 0, 0)),
  unbalanced = rbind(c(1, 0), c(9, 14), c(2, 1)),
  five_groups = rbind(c(4, 1), c(3, 3), c(0, 5), c(2, 2), c(1, 4)),
  alike = rbind(c(4, 4), c(4, 4), c(4, 4)),
  apart = rbind(c(5, 0, 0), c(0, 5, 0), c(0, 0, 5)),
  three_answers = rbind(c(7, 2, 1), c(3, 4, 5)),
  eight_places = rbind(c(12, 9), c(15, 6), c(8, 14), c(20, 5), c(11, 11), c(9, 12), c(17, 6), c(13, 8)),
  few = rbind(c(1, 0, 0, 1), c(0, 2, 1, 0), c(1, 0, 1, 0))
)
for (name in names(tables)) {
  table <- tables[[name]]
  case("fisher_freeman_halton", list(table = table),
    list(p = fisher.test(table, workspace = 2e6)$p.value), "fisher.test(table)$p.value")
  chi <- suppressWarnings(chisq.test(table, correct = FALSE))
  ends <- unlist(ncc.ci.sr(unname(sqrt(chi$statistic)), unname(chi$parameter)))
  v <- pmin(1, ends / sqrt(sum(table) * (min(dim(table)) - 1)))
  case("cramers_v", list(table = table),
    list(v = cramers_v(table, adjust = FALSE)[[1]], low = v[1], high = v[2]),
    "effectsize::cramers_v(table, adjust = FALSE); RESI 0.1.2, ncc.ci.sr(sqrt(statistic), df)")
}

trends <- list(
  list(yes = c(48, 38, 5, 1, 1), asked = c(17114, 14502, 793, 127, 38), scores = c(0, 0.5, 1.5, 4, 7)),
  list(yes = c(1, 2, 4), asked = c(5, 5, 5), scores = 1:3),
  list(yes = c(0, 0, 3), asked = c(4, 3, 4), scores = 1:3),
  list(yes = c(3, 3, 3, 3), asked = c(6, 6, 6, 6), scores = 1:4),
  list(yes = c(9, 1), asked = c(10, 8), scores = 1:2),
  list(yes = c(2, 9, 5, 1), asked = c(12, 10, 6, 1), scores = c(1, 2, 4, 8)),
  list(yes = c(12, 15, 8, 20, 16), asked = c(21, 21, 22, 25, 17), scores = 1:5),
  list(yes = c(1, 0, 1, 2, 4), asked = c(2, 1, 3, 3, 4), scores = c(0, 1, 2, 3, 5))
)
for (trend in trends) {
  said <- factor(unlist(mapply(function(k, n) rep(c(1, 0), c(k, n - k)), trend$yes, trend$asked)))
  score <- rep(trend$scores, trend$asked)
  # too many for coin: the statistic alone
  few <- length(said) < 1000
  chi <- suppressWarnings(prop.trend.test(trend$yes, trend$asked, trend$scores))
  rises <- sign(sum(trend$scores * (trend$yes - trend$asked * sum(trend$yes) / sum(trend$asked))))
  found <- list(z = rises * sqrt(unname(chi$statistic)))
  if (few) found$p <- as.numeric(pvalue(independence_test(score ~ said, distribution = "exact")))
  case("cochran_armitage", trend, found,
    "coin::independence_test(score ~ said, distribution = 'exact'); prop.trend.test")
}

pairs <- list(c(7, 34, 1, 34), c(36, 40, 16, 80), c(0, 10, 3, 12), c(3, 12, 0, 10), c(5, 5, 2, 9),
  c(10, 10, 10, 10), c(9, 10, 3, 10), c(56, 70, 48, 80), c(1, 2, 1, 3), c(0, 5, 4, 4))
for (pair in pairs) {
  given <- list(k_x = pair[1], n_x = pair[2], k_y = pair[3], n_y = pair[4])
  d <- BinomDiffCI(pair[1], pair[2], pair[3], pair[4], method = "score")
  case("risk_difference", given, list(value = d[[1]], low = d[[2]], high = d[[3]]),
    "DescTools 0.99.59, BinomDiffCI(method = 'score')")
  if (pair[1] > 0 && pair[3] > 0 && (pair[1] < pair[2] || pair[3] < pair[4])) {
    r <- riskscoreci(pair[1], pair[2], pair[3], pair[4], 0.95)$conf.int
    by <- "PropCIs 0.3-0, riskscoreci"
  } else {
    r <- BinomRatioCI(pair[1], pair[2], pair[3], pair[4], method = "koopman")[1, 2:3]
    by <- "DescTools 0.99.59, BinomRatioCI(method = 'koopman')"
  }
  case("risk_ratio", given, list(low = r[[1]], high = r[[2]]), by)
}

changes <- list(c(10, 5, 4), c(20, 0, 3), c(12, 6, 6), c(9, 0, 0), c(15, 12, 1), c(40, 9, 17), c(5, 5, 0), c(118, 16, 8))
for (change in changes) {
  # f00, f01, f10, f11 of statpsych
  found <- ci.prop.ps(0.05, change[1] - change[2] - change[3], change[3], change[2], 0)
  case("paired_difference", list(b = change[2], c = change[3], n = change[1]),
    list(low = max(found[1, "LL"], -1), high = min(found[1, "UL"], 1)), "statpsych 2.0.0, ci.prop.ps")
}

squares <- list(
  rbind(c(2, 3, 1), c(0, 4, 2), c(0, 0, 5)),
  rbind(c(0, 1, 0), c(2, 0, 3), c(1, 4, 0)),
  rbind(c(5, 2), c(6, 1)),
  rbind(c(3, 2, 2), c(2, 3, 2), c(2, 2, 3)),
  rbind(c(1, 5, 0), c(0, 1, 0), c(0, 0, 1)),
  rbind(c(4, 1, 0, 1), c(0, 3, 1, 0), c(2, 0, 2, 1), c(0, 0, 0, 1)),
  rbind(c(0, 6, 0), c(1, 0, 0), c(0, 0, 2)),
  rbind(c(9, 2, 3), c(0, 7, 1), c(0, 3, 8))
)
changed <- function(table) {
  # every way in which the pairs that changed can have changed
  statistic <- function(table) {
    away <- colSums(table) - rowSums(table)
    moved <- table + t(table)
    diag(moved) <- 0
    spread <- diag(rowSums(moved)) - moved
    s <- svd(spread)
    kept <- s$d > 1e-9
    if (!any(kept)) return(0)
    inverse <- s$v[, kept, drop = FALSE] %*% (t(s$u[, kept, drop = FALSE]) / s$d[kept])
    c(away %*% inverse %*% away)
  }
  upper <- which(upper.tri(table), arr.ind = TRUE)
  both <- table[upper] + t(table)[upper]
  ways <- expand.grid(lapply(both, function(n) 0:n))
  found <- apply(ways, 1, function(to) {
    other <- diag(diag(table))
    other[upper] <- to
    other[upper[, 2:1]] <- both - to
    statistic(other)
  })
  chances <- apply(ways, 1, function(to) prod(dbinom(to, both, 0.5)))
  list(statistic = statistic(table), p = sum(chances[found >= statistic(table) - 1e-9]))
}
for (name in names(tables)) {
  corrected <- cramers_v(tables[[name]], adjust = TRUE)[[1]]
  case("bergsma", list(table = tables[[name]]), list(corrected = corrected),
    "effectsize::cramers_v(table, adjust = TRUE)")
}
for (table in squares) {
  case("marginal_homogeneity", list(table = table), changed(table),
    "every way in which each pair can have changed, base R")
}

rows <- list(
  rbind(c(1, 1, 0), c(1, 0, 0), c(1, 1, 1), c(1, 1, 0), c(0, 0, 0), c(1, 0, 0)),
  rbind(c(1, 0), c(1, 0), c(0, 1), c(1, 1), c(1, 0), c(1, 0)),
  rbind(c(1, 1, 1, 0), c(1, 0, 1, 0), c(0, 0, 1, 0), c(1, 1, 1, 1), c(0, 1, 0, 0)),
  rbind(c(0, 1, 0), c(1, 0, 0), c(0, 0, 1)),
  rbind(c(1, 0, 0), c(1, 0, 0), c(1, 0, 0), c(1, 0, 0)),
  rbind(c(1, 1, 0), c(1, 1, 0), c(0, 1, 1), c(1, 0, 1), c(1, 1, 0), c(1, 1, 1), c(0, 0, 0)),
  rbind(c(1, 1, 1, 0, 0), c(1, 0, 1, 0, 0), c(1, 1, 0, 1, 0)),
  rbind(c(0, 0, 1), c(0, 1, 1), c(0, 1, 1), c(0, 0, 1), c(1, 1, 1), c(0, 1, 1), c(1, 0, 0), c(0, 0, 1))
)
scales <- list(
  rbind(c(1, 2, 3), c(1, 3, 2), c(2, 1, 3), c(1, 2, 3)),
  rbind(c(4, 4, 5), c(3, 4, 4), c(2, 2, 2), c(3, 5, 4), c(1, 2, 3)),
  rbind(c(7, 8), c(5, 6), c(4, 4), c(6, 5), c(3, 5)),
  rbind(c(1, 2, 3, 4), c(4, 3, 2, 1), c(1, 2, 4, 3)),
  rbind(c(5, 5, 1), c(5, 5, 1), c(5, 5, 1), c(5, 4, 1)),
  rbind(c(1, 1, 2), c(1, 2, 2), c(2, 1, 1), c(1, 2, 3), c(3, 3, 3), c(2, 3, 3)),
  rbind(c(3, 1, 2, 2), c(4, 2, 2, 3), c(5, 1, 3, 3), c(4, 4, 4, 4)),
  rbind(c(2, 3, 1), c(2, 3, 1), c(3, 2, 1), c(1, 3, 2), c(2, 2, 1))
)
within <- function(scores) {
  # every order of the scores within each row
  reached <- list(rep(0, ncol(scores)))
  times <- 1
  for (row in seq_len(nrow(scores))) {
    ways <- orders(scores[row, ])
    sums <- unlist(lapply(reached, function(sum) lapply(ways, function(way) sum + way)), recursive = FALSE)
    keys <- vapply(sums, paste, "", collapse = " ")
    weights <- rep(times, each = length(ways)) / length(ways)
    reached <- sums[!duplicated(keys)]
    times <- as.numeric(tapply(weights, factor(keys, unique(keys)), sum))
  }
  squares <- vapply(reached, function(sum) sum(sum^2), 0)
  sum(times[squares >= sum(colSums(scores)^2) - 1e-9])
}
for (answers in rows) {
  case("cochran_q", list(rows = answers),
    list(statistic = unname(friedman.test(answers)$statistic), p = within(answers)),
    "friedman.test(rows)$statistic, which is Q of answers of 0 and 1; every order within each row")
}
for (answers in scales) {
  ranks <- t(apply(answers, 1, rank))
  case("friedman", list(rows = answers),
    list(statistic = unname(friedman.test(answers)$statistic), p = within(ranks)),
    "friedman.test(rows)$statistic; every order of the ranks within each row")
}
written("coin", "effectsize")
