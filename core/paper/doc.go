// Package paper draws weeks as PDF, for families without a screen: one A4 sheet
// each, however full the week is. A sheet is of one person; [Write] puts many
// into one document, as the school office prints them for a class.
package paper
