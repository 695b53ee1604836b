source("common.R")
taken("CliffDelta.R")
set.seed(21)

groups <- list(
  list(c(1, 2, 3), c(2, 4), c(5, 5, 6)),
  list(c(3, 3, 4), c(3, 4, 5), c(4, 5, 5)),
  list(c(1, 1), c(1, 1, 1), c(1, 1)),
  list(c(2.9, 3.0, 2.5, 2.6), c(3.8, 2.7, 4.0), c(2.8, 3.4, 3.7)),
  list(c(1), c(2), c(3), c(4)),
  list(c(5, 5, 5, 5, 5, 1), c(1, 2)),
  list(c(4, 1), c(3, 3, 2), c(5), c(1, 5)),
  list(c(0, 0, 0, 7), c(0, 0, 1), c(0, 2, 2, 2)),
  list(c(1, 2, 2, 3), c(4, 4, 5, 5), c(2, 3))
)
# every way to divide the values into groups of these sizes: the groups that each value goes to
divided <- function(sizes) orders(rep(seq_along(sizes), sizes))
pairs <- function(values, group) {
  # in how many pairs the later group's is the larger, ties half
  later <- outer(group, group, "<")
  sum((outer(values, values, "<") + outer(values, values, "==") / 2)[later])
}
for (values in groups) {
  flat <- unlist(values)
  sizes <- lengths(values)
  of <- rep(seq_along(sizes), sizes)
  ranks <- rank(flat)
  between <- function(group) sum(tapply(ranks, group, sum)^2 / sizes)
  ways <- divided(sizes)
  if (length(ways) > 60000) stop("too many ways")
  h <- unname(kruskal.test(flat, of)$statistic)
  reached <- vapply(ways, between, 0)
  found <- list(h = if (is.nan(h)) 0 else h, p = mean(reached >= between(of) - 1e-9))
  case("kruskal_wallis", list(groups = lapply(values, I)), found,
    "kruskal.test(values, group)$statistic; every division into groups of these sizes")
  expected <- (sum(sizes)^2 - sum(sizes^2)) / 4
  reached <- vapply(ways, function(group) pairs(flat, group), 0)
  far <- abs(pairs(flat, of) - expected)
  found <- list(statistic = pairs(flat, of), p = mean(abs(reached - expected) >= far - 1e-9))
  case("jonckheere", list(groups = lapply(values, I)), found, "every division into groups of these sizes")
}
two <- list(
  list(x = c(1, 2, 3, 4, 5), y = c(2, 3, 3, 5, 6, 7)),
  list(x = c(5, 5, 4, 5), y = c(1, 2, 2, 3, 1)),
  list(x = c(3, 3, 3), y = c(3, 3, 3, 3)),
  list(x = c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), y = c(1.15, 0.88, 0.90, 0.74, 1.21)),
  list(x = c(1, 2), y = c(1, 3)),
  list(x = c(10.1, 9.4, 12.2, 8.8, 11.3, 7.9, 10.7), y = c(9.9, 8.1, 7.7, 12.9, 6.6, 9.1, 8.5, 7.3)),
  list(x = c(4, 4, 5, 2, 3, 5, 5, 4, 3, 4, 5, 2), y = c(3, 2, 4, 1, 3, 3, 2, 5, 1, 2)),
  list(x = round(rnorm(40, 50, 10), 2), y = round(rnorm(55, 46, 12), 2)),
  list(x = c(1.5, 2.5, 7.25), y = c(0.5, 1.25, 3, 9.75))
)
for (both in two) {
  if (abs(mean(sign(outer(both$x, both$y, "-")))) < 1) {
    found <- cliff.delta(both$x, both$y, use.unbiased = FALSE, return.dm = TRUE)
    case("cliffs_delta", both,
      list(value = unname(found$estimate), low = found$conf.int[[1]], high = found$conf.int[[2]]),
      "effsize 0.8.1, cliff.delta(x, y, use.unbiased = FALSE, return.dm = TRUE)")
  }
  value <- median(outer(both$x, both$y, "-"))
  found <- list(value = value)
  many <- length(both$x) * length(both$y)
  # with so few wilcox.test gives the whole range, with less confidence than was asked for
  if (!anyDuplicated(unlist(both)) && qwilcox(0.025, length(both$x), length(both$y)) > 0) {
    shift <- wilcox.test(both$x, both$y, conf.int = TRUE, exact = TRUE)
    found <- list(value = unname(shift$estimate), low = shift$conf.int[1], high = shift$conf.int[2])
  }
  case("hodges_lehmann", both, found, "wilcox.test(x, y, conf.int = TRUE, exact = TRUE); median of the differences")
}

moved <- list(
  c(6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75),
  c(0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01),
  c(1, 2, 3, 4, 5, 6),
  c(-3, 1, 2, 5, -4, 7.5, 8.25, -0.5),
  c(1.5, -2.25, 3.125),
  c(0, 1, 1, -1, 2, 0, 3),
  round(rnorm(45, 3, 9), 3),
  c(-5, -6, -7, -8, -9.5, -10, -11.25)
)
for (differences in moved) {
  n <- length(differences)
  walsh <- outer(differences, differences, "+") / 2
  found <- list(value = median(walsh[upper.tri(walsh, TRUE)]))
  if (!anyDuplicated(abs(differences)) && all(differences != 0) && qsignrank(0.025, n) > 0) {
    shift <- wilcox.test(differences, conf.int = TRUE, exact = TRUE)
    found <- list(value = unname(shift$estimate), low = shift$conf.int[1], high = shift$conf.int[2])
  }
  case("hodges_lehmann_pairs", list(differences = differences), found,
    "wilcox.test(differences, conf.int = TRUE, exact = TRUE); median of the Walsh averages")
}

together <- list(
  list(x = c(1, 2, 3, 4, 5, 5, 2), y = c(2, 1, 3, 4, 4, 5, 2)),
  list(x = c(1, 1, 1, 2, 2, 2, 3, 3, 3), y = c(1, 2, 1, 2, 3, 2, 3, 3, 1)),
  list(x = 1:8, y = c(3, 1, 4, 2, 6, 8, 7, 5)),
  list(x = c(0, 0, 0, 1, 1, 1, 1), y = c(1, 2, 1, 3, 2, 3, 1)),
  list(x = c(1, 2, 3, 1, 2, 3), y = c(3, 2, 1, 2, 3, 1)),
  list(x = rep(1:4, c(6, 9, 12, 3)), y = sample(1:5, 30, TRUE)),
  list(x = round(rnorm(25), 3), y = round(rnorm(25), 3)),
  list(x = c(5, 5, 5, 5, 4, 1), y = c(2, 2, 2, 1, 2, 2))
)
tau <- function(x, y, weights) {
  product <- outer(weights, weights)
  a <- sign(outer(x, x, "-"))
  b <- sign(outer(y, y, "-"))
  sum(product * a * b) / sqrt(sum(product * a^2) * sum(product * b^2))
}
for (both in together) {
  # linearised: what a little more weight of each respondent does, as DescTools's own formula treats
  # both questions differently
  n <- length(both$x)
  slope <- vapply(seq_len(n), function(at) {
    step <- 1e-6 * (seq_len(n) == at)
    (tau(both$x, both$y, 1 / n + step) - tau(both$x, both$y, 1 / n - step)) / 2e-6
  }, 0)
  value <- cor(both$x, both$y, method = "kendall")
  half <- qt(0.975, n - 2) * sqrt(mean((slope - mean(slope))^2) / n) / (1 - value^2)
  case("tau_b_interval", both, list(value = value, low = tanh(atanh(value) - half), high = tanh(atanh(value) + half)),
    "cor(x, y, method = 'kendall'); its change with the weight of each respondent")
}
written()
