package host_test

import (
	"bufio"
	"context"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/preau-ent/preau/core"
	"github.com/preau-ent/preau/core/events"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/wire"
)

const (
	byHandle = "the core finds school, person and module by the handle, which is open for one call of one module"
	mayOpen  = "core-open" // the hostile module keeps the bare connection to the core
)

var identityTrials = []trial{
	{name: "masquerade", word: "masquerade", stops: "a process must say the id and version of the manifest it was started for", sees: "the module is `unavailable`: `host.stranger`",
		do: func(y *yard) {
			y.widgetFails("ok", errors.Unavailable)
			y.note("last error: %s", y.status(y.t, victim).LastError)
		}},
	{name: "foreign-handle", word: mayOpen, stops: byHandle, sees: "each is `PermissionDenied`",
		do: func(y *yard) {
			a, err := y.open(y.t, voisin, httptest.NewRequest("GET", "/poignee", nil))
			check(y.t, err)
			defer a.Body.Close()
			handle, err := bufio.NewReader(a.Body).ReadString('\n')
			if check(y.t, err); len(strings.TrimSpace(handle)) != 32 {
				y.t.Fatalf("the neighbour's handle is %q", handle)
			}
			y.repelled(url.Values{"handle": {strings.TrimSpace(handle)}})
		}},
	{name: "replayed-handle", word: mayOpen, stops: "a handle is forgotten when its answer has been sent", sees: "`PermissionDenied`",
		do: func(y *yard) {
			if _, body, err := y.get("/attaque/replayed-handle"); err != nil || strings.TrimSpace(body) != "null" {
				y.t.Fatalf("%q %v", body, err)
			}
			y.repelled(nil)
		}},
	{name: "other-school", word: mayOpen, stops: "an event is taken for a school that enabled the module, and no other", sees: "`PermissionDenied`",
		do: func(y *yard) {
			heard := y.hears()
			y.repelled(url.Values{"school": {string(other)}})
			heard()
		}},
	{name: "other-person", word: mayOpen, stops: byHandle, sees: "`nobody was found`, `no link was found`, `NotFound`",
		do: func(y *yard) { y.repelled(url.Values{"person": {stranger}, "link": {"01J0000000000000000000000Z"}}) }},
	{name: "foreign-event", word: mayOpen, stops: "only what the manifest declares under the module's own name", sees: "`InvalidArgument`, and nobody hears of it",
		do: func(y *yard) {
			heard := y.hears()
			y.repelled(nil)
			heard()
		}},
	{name: "more-rights", word: mayOpen, stops: "a service whose capability was not asked for and granted is closed", sees: "`host.capability`",
		do: func(y *yard) { y.repelled(nil) }},
	{name: "core-route", stops: "a manifest's addresses, permissions and events lie below its own name, or it is left out", sees: "each is `module left out`, with the line of its manifest",
		do: func(y *yard) {
			dir := y.t.TempDir()
			for i, claim := range claims {
				y.refused(filepath.Join(dir, "claim"+string(rune('a'+i))), claim[0], claim[1])
			}
		}},
	{name: "grow", stops: "what a new version asks for beyond what was granted waits for the operator's consent", sees: "the upgrade is `denied`: `host.upgrade.consent`; the old version serves on: `serving 0.1.0`",
		do: func(y *yard) {
			folder := filepath.Join(y.t.TempDir(), "hostile")
			check(y.t, os.CopyFS(folder, os.DirFS(filepath.Join(built, "hostile"))))
			yaml, err := os.ReadFile(filepath.Join(folder, "module.yaml"))
			check(y.t, err)
			more := strings.NewReplacer("version: 0.1.0", "version: 0.2.0", "links.personal,", "links.personal, notify.send, \"net.connect:ailleurs.example\",").Replace(string(yaml))
			check(y.t, os.WriteFile(filepath.Join(folder, "module.yaml"), []byte(more), 0o644))
			source := packaged(y.t, folder)
			source.Tier = manifest.TierVendor
			report, err := y.Upgrade(context.Background(), victim, source, host.Plan{})
			y.failed("upgrade", err, errors.Denied)
			if !slices.Equal(report.Unaccepted, []string{"notify.send", "net.connect:ailleurs.example"}) {
				y.t.Errorf("unaccepted: %v", report.Unaccepted)
			}
			y.recovers()
			s := y.status(y.t, victim)
			y.note("%s %s", s.State, s.Version)
		}},
}

// claims are what a manifest may not say: the words replaced, and by what.
var claims = [][2]string{
	{`{path: "/", methods: [GET], permission: hostile.read}`, `{path: "/../connexion", methods: [GET], permission: hostile.read}`},
	{`{path: "/", methods: [GET], permission: hostile.read}`, `{path: "//connexion", methods: [GET], permission: hostile.read}`},
	{`{path: "/", methods: [GET], permission: hostile.read}`, `{path: "/", methods: [GET], permission: core.admin}`},
	{`{path: "/", methods: [GET], permission: hostile.read}`, `{path: "https://x/", methods: [GET], permission: hostile.read}`},
	{`start: /`, `start: /m/voisin/`},
	{`{id: hostile.never,`, `{id: core.admin,`},
	{`{id: hostile.never,`, `{id: voisin.read,`},
	{`"events.publish:hostile.storm"`, `"events.publish:identity.left"`},
	{`publishes: [hostile.storm]`, `publishes: [hostile.storm, voisin.storm]`},
	{`id: hostile`, `id: core`},
	{`id: hostile`, `id: ../core`},
	{`links.personal,`, `links.personal, core.everything,`},
}

// refused writes a module with this claim in its manifest and wants it left out.
func (y *yard) refused(dir, what, claim string) {
	y.t.Helper()
	folder := filepath.Join(dir, "hostile")
	if claim == "id: core" {
		folder = filepath.Join(dir, "core")
	}
	check(y.t, os.MkdirAll(folder, 0o755))
	yaml, err := os.ReadFile(filepath.Join(built, "hostile", "module.yaml"))
	check(y.t, err)
	if !strings.Contains(string(yaml), what) {
		y.t.Fatalf("the manifest has no %s", what)
	}
	check(y.t, os.WriteFile(filepath.Join(folder, "module.yaml"), []byte(strings.Replace(string(yaml), what, claim, 1)), 0o644))
	check(y.t, os.Symlink(filepath.Join(built, "hostile", "hostile"), filepath.Join(folder, filepath.Base(folder))))
	c, err := core.New(context.Background(), core.Config{Data: y.t.TempDir(), Modules: []string{dir}, Log: slog.New(slog.NewTextHandler(y.log, nil))})
	check(y.t, err)
	if len(c.Host.Refused()) != 1 || len(c.Host.Manifests()) != 0 {
		y.t.Errorf("%s was taken", claim)
	}
	check(y.t, c.Close())
}

// hears listens to every event; what is returned wants that there was none.
func (y *yard) hears() (none func()) {
	var heard []string
	stop := y.bus.Subscribe(func(e events.Event) { heard = append(heard, string(e.School)+" "+e.Name) })
	return func() {
		y.t.Helper()
		stop()
		if len(heard) > 0 {
			y.t.Errorf("published: %v", heard)
		}
	}
}

// stranger is a person of another school.
const stranger = "01J0000000000000000000000S"

// residents is a directory in which the school has one person, the other school
// another.
type residents struct{ nobody }

func (residents) People(_ context.Context, s ids.SchoolID, people []ids.PersonID) (out []*wire.Person, _ error) {
	if s == other && slices.Contains(people, stranger) {
		out = append(out, &wire.Person{Id: stranger})
	}
	return out, nil
}
