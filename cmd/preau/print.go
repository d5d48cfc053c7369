package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/preau-ent/preau/core/control"
)

// printJSON prints one value, indented, letters as they are.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// printTable prints rows in columns under a header of translation keys.
func (a *app) printTable(header []string, rows [][]string) error {
	w := tabwriter.NewWriter(a.out, 0, 4, 2, ' ', 0)
	for i, key := range header {
		header[i] = a.say.T("preau.col." + key)
	}
	for _, row := range append([][]string{header}, rows...) {
		fmt.Fprintln(w, strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	return w.Flush()
}

// note tells the operator something beside the result.
func (a *app) note(key string, args ...any) { fmt.Fprintln(a.err, a.say.T(key, args...)) }

// bar returns what to tell progress to: a bar when a person watches the
// terminal, nothing otherwise. end wipes it.
func (a *app) bar(key string) (tell control.Tell, end func()) {
	f, ok := a.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(0, progressbar.OptionSetWriter(f), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetDescription(a.say.T(key)), progressbar.OptionShowCount())
	return func(p control.Progress) {
		if p.Step != "" {
			bar.Describe(a.say.T(key + "." + p.Step))
		}
		bar.ChangeMax(p.Total)
		_ = bar.Set(p.Done) // a terminal that went away is no reason to stop
	}, func() { _ = bar.Finish() }
}
