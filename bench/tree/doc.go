// Package tree builds the page that the benchmarks carry, for the module that
// serves it and for the baseline in the benchmark's own process.
package tree
