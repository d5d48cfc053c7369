package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/manifest"
)

// consent is what an operator says on the command line of what a package asks.
type consent struct {
	yes   bool
	grant []string // nil: not said
}

// given returns what is granted of what is asked. Nothing said, it asks the
// person at the terminal; where nobody sits, or JSON is wanted, it refuses.
func (a *app) given(c consent, asks []manifest.Capability) ([]manifest.Capability, error) {
	switch {
	case c.grant != nil:
		out := []manifest.Capability{}
		for _, g := range c.grant {
			if g != "" {
				out = append(out, manifest.Capability(g))
			}
		}
		return out, nil
	case c.yes || len(asks) == 0:
		return asks, nil
	case !a.watched():
		return nil, errors.New(errors.Denied, "preau.consent.needed", "asks", joined(asks))
	}
	fmt.Fprintln(a.err, a.say.T("preau.consent.asks"))
	for _, c := range asks {
		fmt.Fprintln(a.err, "  •", a.capability(c))
	}
	if !a.agrees("preau.consent.question") {
		return nil, errors.New(errors.Denied, "preau.consent.refused")
	}
	return asks, nil
}

// capability puts a capability in words, and its name after it.
func (a *app) capability(c manifest.Capability) string {
	key, args := "preau.capability."+string(c), []any{}
	if event, ok := c.Event(); ok {
		key, args = "preau.capability.events.publish", []any{"event", event}
	}
	if host, ok := c.Host(); ok {
		key, args = "preau.capability.net.connect", []any{"host", host}
		if setting, named := strings.CutPrefix(host, "@"); named {
			key, args = "preau.capability.net.setting", []any{"setting", setting}
		}
	}
	return a.say.T(key, args...) + " (" + string(c) + ")"
}

// watched reports whether a person can be asked.
func (a *app) watched() bool { return !a.json && term.IsTerminal(int(os.Stdin.Fd())) }

// agrees asks a question that only a clear yes answers.
func (a *app) agrees(key string, args ...any) bool {
	fmt.Fprint(a.err, a.say.T(key, args...), " ")
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n') // no answer is no yes
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "o", "oui", "y", "yes":
		return true
	}
	return false
}
