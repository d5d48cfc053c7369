// Package label keeps what schools call things: the words that a school put in
// place of those of an allow-listed set of labels (locale.CoreLabels and the
// names of modules), by language.
package label
