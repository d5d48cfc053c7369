package main

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// wrong is one thing that a module must not be able to do, by name. How it is
// asked for is the one function it has.
type wrong struct {
	Name   string `json:"name"`
	Family string `json:"family"`
	Tries  string `json:"tries"` // what it does, in one sentence

	start  func()                                       // before the handshake, when <data>/fault holds the name
	widget func() *ui.Node                              // the widget of this name
	call   func(r *sdk.Request)                         // GET /faute/<name>; a page follows, if it returns
	answer func(w http.ResponseWriter, r *http.Request) // GET /reponse/<name>
	attack func(a *attacker)                            // GET /attaque/<name>: tells how far it got
}

// catalogue holds every case, family by family. Those without a function are
// done by the module's manifest, its calendar or its events.
var catalogue = slices.Concat(life, resources, answers, inFiles, onNetwork, onProcesses, onKernel, onIdentity, onPages)

// find returns the case of this name; nil when there is none.
func find(name string) *wrong {
	if i := slices.IndexFunc(catalogue, func(w wrong) bool { return w.Name == name }); i >= 0 {
		return &catalogue[i]
	}
	return nil
}

// tell prints the catalogue for the tests and for the table in docs/.
func tell() {
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if out.Encode(catalogue) != nil {
		os.Exit(1)
	}
}

// attacker notes how far each attempt got; all of it is told to the tests and
// to the module's log.
type attacker struct {
	*sdk.Request
	Attempts []attempt `json:"attempts"`
}

type attempt struct {
	Try  string `json:"try"`
	Got  bool   `json:"got"`
	Said string `json:"said"` // the error, or what was found
}

// try notes one attempt: it got through when err is nil.
func (a *attacker) try(what string, err error) {
	said := "got through"
	if err != nil {
		said = err.Error()
	}
	a.Attempts = append(a.Attempts, attempt{Try: what, Got: err == nil, Said: said})
	a.Log.Warn("tried "+what, "said", said)
}

// given is what the test handed over: the address of its own listener, the path
// of its own secret.
func (a *attacker) given(name string) string { return a.FormValue(name) }

// serve runs one attack and answers what became of it.
func serveAttack(w http.ResponseWriter, r *http.Request) {
	c := find(r.PathValue("name"))
	if c == nil || c.attack == nil {
		http.NotFound(w, r)
		return
	}
	a := &attacker{Request: sdk.RequestOf(r)}
	c.attack(a)
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(a.Attempts)
}
