package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/sdk/ids"
)

const uai = ids.SchoolID("0750655E")

// running is a served school with some modules and one pupil signed in.
type running struct {
	core   *core.Core
	url    string
	cookie string
	caller host.Caller
	dir    string        // of all it keeps
	ready  time.Duration // from the call to serve until every module served
	stop   func()
}

// open starts a Préau in dir with count copies of the benchmark's module, and
// what else is in its folder of modules; confinement as for core.Config.
func open(dir string, count int, confinement string) *running {
	ctx := context.Background()
	modules := filepath.Join(dir, "modules")
	for i := range count {
		copyModule(modules, fmt.Sprintf("bench%d", i+1), version)
	}
	c, err := core.New(ctx, core.Config{Data: filepath.Join(dir, "data"), Listen: freeAddress(), Modules: []string{modules}, Confinement: confinement})
	check(err)
	for _, r := range c.Host.Refused() {
		stop(r.Err)
	}
	_, err = c.Identity.AddSchool(ctx, audit.By{}, identity.School{ID: uai, Name: "Lycée des Mesures"})
	check(err)
	for _, m := range c.Host.Manifests() {
		check(c.Host.Enable(ctx, uai, m.ID))
	}
	_, err = c.Identity.SaveMembers(ctx, identity.Batch{School: uai, People: []identity.Entry{{
		Source: "p1", FirstName: "Lou", LastName: "Martin", Profile: ids.Eleve, Login: "lou.martin", Password: "mesure-mesure-7", Keep: true,
	}}})
	check(err)
	serving, end := context.WithCancel(ctx)
	done := make(chan error, 1)
	began := time.Now()
	go func() { done <- c.Serve(serving) }()
	r := &running{core: c, url: "http://" + c.Config.Listen, dir: dir, stop: func() { end(); check(<-done) }}
	r.await()
	r.ready = time.Since(began)
	token, session, err := c.Identity.SignIn(ctx, "lou.martin", "mesure-mesure-7", "127.0.0.1")
	check(err)
	r.cookie = "preau=" + token
	r.caller = host.Caller{Viewer: session.Viewer, Roles: session.Roles}
	return r
}

func (r *running) await() {
	for range 15_000 {
		if res, err := http.Get(r.url + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	stop(fmt.Errorf("the school is not ready after 30 s"))
}

// version is the one that the benchmark's module says it is.
const version = "0.1.0"

// copyModule builds a module folder of this id from the benchmark's module.
func copyModule(dir, id, version string) {
	folder := filepath.Join(dir, id)
	check(os.MkdirAll(filepath.Join(folder, "locales"), 0o755))
	build("./bench/module", filepath.Join(folder, id))
	for _, name := range []string{"module.yaml", "locales/fr.json", "locales/en.json"} {
		text, err := os.ReadFile(filepath.Join("bench/module", name))
		check(err)
		if name == "module.yaml" {
			text = []byte(strings.NewReplacer("id: bench", "id: "+id, "permission: bench", "permission: "+id, "version: 0.1.0", "version: "+version).Replace(string(text)))
		}
		check(os.WriteFile(filepath.Join(folder, name), text, 0o644))
	}
}

// build compiles a package of the repository.
func build(source, to string) {
	cmd := exec.Command("go", "build", "-ldflags", "-s -w", "-o", to, source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	check(cmd.Run())
}

func freeAddress() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	defer l.Close()
	return l.Addr().String()
}
