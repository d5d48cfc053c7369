package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// write has TestReference write the page instead of comparing it:
//
//	go test ./cmd/preau -run TestReference -write
var write = flag.Bool("write", false, "write docs/reference/cli.md")

// TestReference holds the reference of the command line against the verbs
// themselves.
func TestReference(t *testing.T) {
	const page = "../../docs/reference/cli.md"
	for _, name := range []string{"PREAU_DATA", "PREAU_LISTEN", "PREAU_MODULES", "PREAU_LANG", "PREAU_SDK", "PREAU_SECURE", "PREAU_CONFINEMENT"} {
		t.Setenv(name, "") // defaults, not those of who runs the test
	}
	t.Setenv("LC_ALL", "C")
	root := (&app{out: io.Discard, err: io.Discard}).root()
	want := reference(root)
	if *write {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil || string(got) != want {
		t.Errorf("%s is stale (%v): go test ./cmd/preau -run TestReference -write", page, err)
	}
	if n := strings.Count(want, "\n| `"); n < 40 {
		t.Errorf("%d rows", n)
	}
}

// reference is the page: one table of verbs, one of the flags that all have.
func reference(root *cobra.Command) string {
	var b bytes.Buffer
	fmt.Fprint(&b, "# The command line\n\nEvery verb works whether or not the server runs on the data folder. `preau VERB --help` says the same.\n\n"+
		"Written by `go test ./cmd/preau -run TestReference -write` from the verbs themselves; do not edit.\n\n"+
		"| verb | what | flags |\n|---|---|---|\n")
	verbs(root, func(c *cobra.Command) {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", use(c), cell(c.Short), flags(c.NonInheritedFlags()))
	})
	fmt.Fprint(&b, "\n## Flags of every verb\n\n| flag | default | what |\n|---|---|---|\n")
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		fmt.Fprintf(&b, "| `--%s` | %s | %s |\n", f.Name, standard(f), cell(f.Usage))
	})
	return b.String()
}

// use is the whole line: "preau plugin new NAME".
func use(c *cobra.Command) string {
	above := ""
	if c.HasParent() {
		above = c.Parent().CommandPath() + " "
	}
	return cell(strings.TrimSuffix(above+c.Use, " [flags]"))
}

// verbs visits what does something, in the order of the help.
func verbs(c *cobra.Command, visit func(*cobra.Command)) {
	for _, sub := range c.Commands() {
		switch {
		case sub.Hidden || sub.Name() == "help" || sub.Name() == "completion":
		case sub.HasSubCommands():
			verbs(sub, visit)
		default:
			visit(sub)
		}
	}
}

func flags(set *pflag.FlagSet) string {
	var list []string
	set.VisitAll(func(f *pflag.Flag) {
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if value != "" {
			name += " " + value
		}
		one := "`" + name + "` " + cell(usage)
		if d := standard(f); d != "" {
			one += " (" + d + ")"
		}
		list = append(list, one)
	})
	return strings.Join(list, "<br>")
}

// standard is the default, where it says something.
func standard(f *pflag.Flag) string {
	switch d := strings.Trim(f.DefValue, "[]"); d {
	case "", "false", "0":
		return ""
	default:
		return "`" + d + "`"
	}
}

func cell(s string) string { return strings.NewReplacer("|", "\\|", "<", "&lt;").Replace(s) }
