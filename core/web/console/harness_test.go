package console

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/core/home"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/host/supervise"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/locale/label"
	"github.com/preau-ent/preau/core/notify"
	"github.com/preau-ent/preau/core/theme"
	"github.com/preau-ent/preau/core/web"
	"github.com/preau-ent/preau/core/web/draw"
	"github.com/preau-ent/preau/core/web/visit"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/manifest"
	"github.com/preau-ent/preau/sdk/store/bolt"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
	"github.com/preau-ent/preau/themes"
)

const (
	college = ids.SchoolID("0750655E")
	lycee   = ids.SchoolID("0380089W")
)

const forumYAML = `
id: forum
version: 1.2.0
sdk: 1
name: forum.name
summary: forum.summary
icon: messages-square
family: communication
start: /
permissions:
  - {id: forum.read, name: forum.perm.read, default: [eleve, enseignant]}
  - {id: forum.moderate, name: forum.perm.moderate, default: []}
routes:
  - {path: "/", methods: [GET], permission: forum.read}
  - {path: "/moderer", methods: [GET, POST], permission: forum.moderate}
capabilities: [directory.read, notify.send, files.write, calendar.read, links.personal, audit.record, "events.publish:forum.posted"]
events: {publishes: [forum.posted]}
settings:
  type: object
  additionalProperties: false
  properties:
    open: {type: boolean, title: forum.s.open, default: true}
    most: {type: integer, title: forum.s.most, description: forum.s.most.help, minimum: 1, maximum: 50, default: 10}
    motto: {type: string, title: forum.s.motto, maxLength: 20, default: ""}
    mode: {type: string, title: forum.s.mode, enum: [libre, relu], default: libre}
    days: {type: array, title: forum.s.days, items: {type: string, enum: [lundi, mardi]}, default: [lundi]}
data:
  - {class: forum.data.posts, retention: 90d}
`

const forumWords = `{"forum.name":"Le forum","forum.summary":"Parler ensemble","forum.perm.read":"Lire","forum.perm.moderate":"Modérer",
"forum.s.open":"Ouvert","forum.s.most":"Messages par jour","forum.s.most.help":"De 1 à 50","forum.s.motto":"Devise","forum.s.mode":"Mode","forum.s.days":"Jours","forum.data.posts":"Messages"}`

// modules stands in for the host with one module.
type modules struct {
	m        *manifest.Manifest
	on       map[ids.SchoolID]bool
	settings map[ids.SchoolID]json.RawMessage
	by       audit.By

	now       host.Status
	off       map[ids.SchoolID]bool
	trend     []host.Sample
	source    host.Source
	restarts  int
	restarted error
}

func (f *modules) Manifests() []*manifest.Manifest { return []*manifest.Manifest{f.m} }

func (f *modules) Manifest(id ids.ModuleID) (*manifest.Manifest, error) {
	if id != f.m.ID {
		return nil, errors.New(errors.NotFound, "host.module")
	}
	return f.m, nil
}

func (f *modules) Modules() []host.Status {
	s := f.now
	s.ID, s.Version = f.m.ID, "1.2.0"
	if s.State == "" {
		s.State, s.Restarts = supervise.Stopped, 2
	}
	return []host.Status{s}
}

func (f *modules) Halted(school ids.SchoolID, _ ids.ModuleID) bool {
	return f.now.Halted || f.off[school]
}

func (f *modules) Halt(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error {
	return f.hold(ctx, id, school, true)
}

func (f *modules) Resume(ctx context.Context, id ids.ModuleID, school ids.SchoolID) error {
	return f.hold(ctx, id, school, false)
}

func (f *modules) hold(ctx context.Context, id ids.ModuleID, school ids.SchoolID, off bool) error {
	if _, err := f.Manifest(id); err != nil {
		return err
	}
	if f.off == nil {
		f.off = map[ids.SchoolID]bool{}
	}
	f.off[school], f.by = off, audit.ByOf(ctx)
	return nil
}

func (f *modules) Restart(ctx context.Context, _ ids.ModuleID) error {
	f.restarts, f.by = f.restarts+1, audit.ByOf(ctx)
	return f.restarted
}

func (f *modules) Source(ids.ModuleID) (host.Source, error) { return f.source, nil }

func (f *modules) Trend(ids.ModuleID) []host.Sample { return f.trend }

func (f *modules) Logs(ids.ModuleID, int) []host.Line {
	return []host.Line{{At: time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC), Level: "error", Text: "first"}, {Text: "preau: backing-off: exit status 2"}, {Text: "preau: made up"}, {At: time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC), Text: "second"}}
}

func (f *modules) IsEnabled(school ids.SchoolID, id ids.ModuleID) bool {
	return id == f.m.ID && f.on[school]
}

func (f *modules) Enable(ctx context.Context, school ids.SchoolID, id ids.ModuleID) error {
	return f.turn(ctx, school, id, true)
}

func (f *modules) Disable(ctx context.Context, school ids.SchoolID, id ids.ModuleID) error {
	return f.turn(ctx, school, id, false)
}

func (f *modules) turn(ctx context.Context, school ids.SchoolID, id ids.ModuleID, on bool) error {
	if _, err := f.Manifest(id); err != nil {
		return err
	}
	f.on[school], f.by = on, audit.ByOf(ctx)
	return nil
}

func (f *modules) Settings(_ context.Context, school ids.SchoolID, _ ids.ModuleID) (json.RawMessage, error) {
	return f.m.WithDefaults(f.settings[school])
}

func (f *modules) SetSettings(_ context.Context, school ids.SchoolID, _ ids.ModuleID, value json.RawMessage) error {
	if err := f.m.CheckSettings(value); err != nil {
		return err
	}
	f.settings[school] = value
	return nil
}

// bench is the console of two schools with a few people.
type bench struct {
	*Console
	t         *testing.T
	mods      *modules
	words     *locale.Catalogue
	now       time.Time
	tokens    map[string]string // by login, as passwords
	passwords map[string]string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	engine, err := bolt.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, tokens: map[string]string{}, passwords: map[string]string{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return b.now }
	log := audit.New(engine, clock)
	people, err := identity.New(identity.Config{Engine: engine, Audit: log, Now: clock})
	b.must(err)
	rights, err := access.New(engine, log)
	b.must(err)
	m, err := manifest.Parse(strings.NewReader(forumYAML), "module.yaml")
	b.must(err)
	b.must(rights.Register("forum", []access.Permission{
		{ID: "forum.read", Name: "forum.perm.read", Default: []string{"eleve", "enseignant"}}, {ID: "forum.moderate", Name: "forum.perm.moderate"}}))
	b.words, err = locale.New(identity.Locales, access.Locales, audit.Locales, home.Locales, notify.Locales, draw.Locales, web.Locales, Locales)
	b.must(err)
	words := &fstest.MapFile{Data: []byte(forumWords)}
	b.must(b.words.AddModule("forum", fstest.MapFS{"locales/fr.json": words, "locales/en.json": words}))
	packs, err := theme.New(themes.FS)
	b.must(err)
	told := notify.New(engine, nil)
	b.must(told.Equip(t.Context(), notify.Tools{Now: clock, Words: b.words}))
	pages, err := home.New(home.Config{Engine: engine, Modules: noWidgets{}, Rights: rights, Hours: told, Audit: log, Now: clock})
	b.must(err)
	b.mods = &modules{m: m, on: map[ids.SchoolID]bool{college: true}, settings: map[ids.SchoolID]json.RawMessage{}, source: host.Source{Tier: manifest.TierFirstParty}}
	b.Console = New(Deps{Engine: engine, Identity: people, Access: rights, Audit: log, Modules: b.mods, Home: pages, Notify: told,
		Words: b.words, Labels: label.New(engine, log), Themes: packs})
	t.Cleanup(func() { pages.Close(); people.Close(); engine.Close() })
	b.fill()
	return b
}

type noWidgets struct{}

func (noWidgets) Offers(ids.SchoolID) []home.Offer { return nil }
func (noWidgets) Widget(context.Context, host.WidgetCall) (*wire.Node, error) {
	return nil, errors.New(errors.NotFound, "")
}
func (noWidgets) Shortcuts(host.Caller) []*wire.Link { return nil }

func (noWidgets) TasksOf(context.Context, host.Caller, time.Time, time.Time, func(host.Tasks)) {}

func (noWidgets) Calendar(context.Context, host.Caller, time.Time, time.Time, ...ids.ModuleID) ([]host.Entries, []ids.ModuleID, error) {
	return nil, nil, nil
}

func (noWidgets) TaskEvents(ids.SchoolID) ([]string, bool) { return nil, false }

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) fill() {
	b.t.Helper()
	entry := func(name string, p ids.Profile, groups ...string) identity.Entry {
		return identity.Entry{Source: name, FirstName: name, LastName: "Martin", Profile: p, Login: name, Groups: groups}
	}
	class := []identity.Group{{Source: "6A", Name: "6e A", Kind: identity.Classe}}
	paul := entry("paul", ids.Parent)
	paul.Children = []string{"ana"}
	for school, people := range map[ids.SchoolID][]identity.Entry{
		college: {entry("ana", ids.Eleve, "6A"), paul, entry("lea", ids.Enseignant, "6A"), entry("vera", ids.VieScol), entry("yann", ids.Direction)},
		lycee:   {entry("tom", ids.Eleve, "6A"), entry("zoe", ids.Direction)},
	} {
		_, err := b.Identity.AddSchool(b.t.Context(), audit.By{}, identity.School{ID: school, Name: "École " + string(school)})
		b.must(err)
		saved, err := b.Identity.SaveMembers(b.t.Context(), identity.Batch{School: school, Groups: class, People: people})
		b.must(err)
		for _, f := range saved.First {
			b.passwords[f.Login] = f.Password
		}
	}
}

func (b *bench) member(login string) *identity.Member {
	b.t.Helper()
	for _, school := range []ids.SchoolID{college, lycee} {
		if m, err := b.Identity.MemberBySource(b.t.Context(), school, login); err == nil {
			return m
		}
	}
	b.t.Fatalf("no member %s", login)
	return nil
}

// visit asks for an address as somebody, as the web application would: the
// route's permission first. Pairs are of the form, or of the query of a GET.
func (b *bench) visit(login, method, address string, pairs ...string) (*visit.Answer, error) {
	b.t.Helper()
	path, rawQuery, _ := strings.Cut(address, "?")
	route, params := b.route(method, path)
	sess := b.session(login)
	if !route.Public && !b.Access.May(sess.School, sess.Roles, route.Permission) {
		return nil, errors.New(errors.Denied, "web.denied")
	}
	query, err := url.ParseQuery(rawQuery)
	b.must(err)
	v := &visit.Visit{Context: b.t.Context(), Session: sess, Say: b.words.Speaker("fr", time.UTC, b.now), Method: method,
		Path: path, Params: params, Query: query, Form: url.Values{}, Address: "192.0.2.1"}
	for i := 0; i+1 < len(pairs); i += 2 {
		if file, ok := strings.CutPrefix(pairs[i], "@"); ok {
			v.Files = append(v.Files, visit.File{Field: file, Name: "x.png", Data: []byte(pairs[i+1])})
			continue
		}
		v.Form.Add(pairs[i], pairs[i+1])
	}
	return route.Handle(v)
}

// session signs somebody in once; what changes about them shows in it.
func (b *bench) session(login string) *identity.Session {
	b.t.Helper()
	if b.tokens[login] == "" {
		token, _, err := b.Identity.SignIn(b.t.Context(), login, b.passwords[login], "192.0.2.1")
		b.must(err)
		b.tokens[login] = token
	}
	sess, err := b.Identity.SessionOf(b.t.Context(), b.tokens[login])
	b.must(err)
	return sess
}

func (b *bench) route(method, path string) (visit.Route, map[string]string) {
	b.t.Helper()
	parts := strings.Split(path, "/")
	for _, r := range b.Routes() {
		own, params := strings.Split(r.Path, "/"), map[string]string{}
		if r.Method != method || len(own) != len(parts) {
			continue
		}
		same := true
		for i := range own {
			if name, ok := strings.CutPrefix(own[i], ":"); ok {
				params[name] = parts[i]
			} else if own[i] != parts[i] {
				same = false
			}
		}
		if same {
			return r, params
		}
	}
	b.t.Fatalf("no route %s %s", method, path)
	return visit.Route{}, nil
}

// ok visits and returns the answer drawn in French, or where it leads.
func (b *bench) ok(login, method, address string, pairs ...string) string {
	b.t.Helper()
	a, err := b.visit(login, method, address, pairs...)
	if err != nil {
		b.t.Fatalf("%s %s %s: %v", login, method, address, err)
	}
	return b.show(a, "fr")
}

func (b *bench) show(a *visit.Answer, lang string) string {
	b.t.Helper()
	if a.To != "" {
		return a.To
	}
	if a.Page == nil {
		return string(a.Body)
	}
	if err := ui.Validate(a.Page); err != nil {
		b.t.Errorf("tree: %v", err)
	}
	var out bytes.Buffer
	say := b.words.Speaker(lang, time.UTC, b.now)
	b.must(draw.Page(&out, &draw.Context{Say: say}, &draw.Layout{School: "x", Person: "y"}, a.Page))
	return out.String()
}

// refuses visits and wants this error.
func (b *bench) refuses(login, method, address string, kind errors.Kind, pairs ...string) {
	b.t.Helper()
	if _, err := b.visit(login, method, address, pairs...); errors.KindOf(err) != kind {
		b.t.Errorf("%s %s %s: %v, want %v", login, method, address, err, kind)
	}
}

// spaces are those that French has before its signs.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

func has(t *testing.T, what, text string, wants ...string) {
	t.Helper()
	text = spaces.Replace(text)
	for _, w := range wants {
		if !strings.Contains(text, spaces.Replace(w)) {
			t.Errorf("%s: %q is missing", what, w)
		}
	}
}

func lacks(t *testing.T, what, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("%s: %q should not be there", what, w)
		}
	}
}
