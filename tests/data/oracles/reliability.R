source("common.R")
suppressPackageStartupMessages(library(psych))
set.seed(23)
bfi <- na.omit(psych::bfi)
scales <- list(
  agreeableness = cbind(7 - bfi$A1, bfi$A2, bfi$A3, bfi$A4, bfi$A5)[1:60, ],
  not_turned = as.matrix(bfi[1:60, c("A1", "A2", "A3", "A4", "A5")]),
  neuroticism = as.matrix(bfi[101:190, c("N1", "N2", "N3", "N4", "N5")]),
  openness = cbind(bfi$O1, 7 - bfi$O2, bfi$O3, bfi$O4, 7 - bfi$O5)[201:250, ],
  three = as.matrix(bfi[301:355, c("C1", "C2", "C3")]),
  two = as.matrix(bfi[401:430, c("E1", "E2")]),
  unequal = { f <- rnorm(70); sapply(c(0.3, 0.6, 0.9, 2), function(l) round(l * f + rnorm(70), 1)) },
  yes_no = { f <- rnorm(80); sapply(1:6, function(i) as.numeric(f + rnorm(80) > 0.2 * i - 0.5)) },
  seven = { f <- rnorm(50); sapply(1:7, function(i) pmin(5, pmax(1, round(3 + f + 0.7 * rnorm(50))))) }
)
for (name in names(scales)) {
  table <- unname(as.matrix(scales[[name]]))
  colnames(table) <- letters[seq_len(ncol(table))]
  found <- suppressWarnings(suppressMessages(psych::alpha(as.data.frame(table), warnings = FALSE)))
  alpha <- found$total$raw_alpha
  feldt <- psych::alpha.ci(alpha, n.obs = nrow(table), n.var = ncol(table))
  case("cronbach_alpha", list(table = unname(table)),
    list(value = alpha, low = feldt$lower.ci[[1]], high = feldt$upper.ci[[1]],
      item_total = found$item.stats$r.drop, alpha_without = if (ncol(table) > 2) found$alpha.drop$raw_alpha else list()),
    "psych::alpha(table); alpha.ci(alpha, n.obs, n.var)")
  if (ncol(table) > 2 && name != "not_turned") {
    factor <- suppressWarnings(fa(cor(table), nfactors = 1, fm = "minres", n.obs = nrow(table)))
    loadings <- abs(as.numeric(factor$loadings)) * sign(as.numeric(factor$loadings)) * sign(sum(factor$loadings))
    sd <- apply(table, 2, sd)
    omega <- sum(loadings * sd)^2 / (sum(loadings * sd)^2 + sum((1 - loadings^2) * sd^2))
    case("mcdonald_omega", list(table = unname(table)), list(value = omega, loadings = loadings),
      "psych::fa(cor(table), nfactors = 1, fm = 'minres'): sum(l s)^2 / (sum(l s)^2 + sum((1 - l^2) s^2))")
  }
}
written("psych")
