package manifest

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk/ids"
)

const devoirs = `id: devoirs
version: 0.1.0
sdk: 1
name: devoirs.name
summary: devoirs.summary
icon: notebook-pen
family: scolarite
start: /
permissions:
  - {id: devoirs.read, name: devoirs.perm.read, default: [eleve, parent]}
  - {id: devoirs.handin, name: devoirs.perm.handin, default: [eleve]}
routes:
  - {path: "/", methods: [GET], permission: devoirs.read}
  - {path: "/devoir/*/rendre", methods: [POST], permission: devoirs.handin, upload: 50MiB}
  - {path: "/flux.ics", methods: [GET], permission: devoirs.read, link: true}
  - {path: "/direct/**", methods: [GET], permission: devoirs.read, stream: true}
widgets:
  - {id: a-rendre, name: devoirs.widget.a-rendre, permission: devoirs.handin, profiles: [eleve, parent], sizes: [s, m], default: m, guided: [eleve], refresh: 60s, cache: person, invalidated_by: [devoirs.published], summary: devoirs.widget.a-rendre.summary, settings: {type: object, properties: {most: {type: integer, title: devoirs.widget.most, minimum: 1, maximum: 20, default: 5}}}}
capabilities: [directory.read, "events.publish:devoirs.published", notify.send]
events: {publishes: [devoirs.published], subscribes: [identity.left]}
interfaces: [calendar]
settings:
  type: object
  properties:
    late_days: {type: integer, title: devoirs.settings.late, minimum: 0, maximum: 30, default: 7}
    kinds: {type: array, title: devoirs.settings.kinds, items: {enum: [a, b]}, default: [a]}
data: [{class: devoirs.data.handins, retention: 1y}]
notices: [{id: publie, name: devoirs.notice.publie, default: [push], profiles: [eleve, parent], permission: devoirs.read, sensitive: true}]
`

func parse(t *testing.T, src string) *Manifest {
	t.Helper()
	m, err := Parse(strings.NewReader(src), "module.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParse(t *testing.T) {
	m := parse(t, devoirs)
	if m.ID != "devoirs" || m.Routes[1].Upload != 50<<20 || m.Widgets[0].Refresh != Duration(60e9) {
		t.Errorf("read %+v", m)
	}
	if got := m.StartPermission(); got != "devoirs.read" {
		t.Errorf("StartPermission = %q", got)
	}
	if got := m.Granted(ids.Parent); len(got) != 1 || got[0] != "devoirs.read" {
		t.Errorf("Granted(parent) = %v", got)
	}
	if got := string(m.Defaults()); got != `{"kinds":["a"],"late_days":7}` {
		t.Errorf("Defaults = %s", got)
	}
	if f := m.SettingFields(); len(f) != 2 || f[0].Name != "late_days" || *f[0].Maximum != 30 {
		t.Errorf("SettingFields = %+v", f)
	}
	if keys := m.Keys(); len(keys) != 11 || keys[0] != "devoirs.data.handins" {
		t.Errorf("Keys = %v", keys)
	}
	if n := m.Notices; len(n) != 1 || n[0].Default[0] != ByPush || !n[0].Sensitive || n[0].Permission != "devoirs.read" {
		t.Errorf("Notices = %+v", n)
	}
	if f := m.WidgetFields("a-rendre"); len(f) != 1 || f[0].Default != 5.0 || m.WidgetFields("other") != nil {
		t.Errorf("WidgetFields = %+v", f)
	}
	for set, ok := range map[string]bool{`{"most": 3}`: true, `{}`: true, `{"most": 21}`: false, `{"other": 1}`: false} {
		if err := m.CheckWidgetSettings("a-rendre", []byte(set)); (err == nil) != ok {
			t.Errorf("CheckWidgetSettings(%s) = %v", set, err)
		}
	}
	if !m.May(ReadDirectory) || !m.May(MayPublish("devoirs.published")) || m.May(WriteFiles) {
		t.Error("May does not follow capabilities")
	}
}

// TestProblems changes one line of a valid manifest and wants to be told where.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown field", "icon: notebook-pen", "icon: notebook-pen\ncolour: red", "colour"},
		{"missing id", "id: devoirs\n", "", "'id'"},
		{"wrong type", "sdk: 1", "sdk: one", "module.yaml:3: sdk"},
		{"newer protocol", "sdk: 1", "sdk: 3", "module.yaml:3: sdk"},
		{"upper-case id", "id: devoirs\n", "id: Devoirs\n", "module.yaml:1: id"},
		{"reserved id", "id: devoirs\n", "id: core\n", "module.yaml:1: id"},
		{"unknown icon", "notebook-pen", "no-such-icon", "module.yaml:6: icon"},
		{"unknown family", "family: scolarite", "family: famille", "module.yaml:7: family"},
		{"public page", `{path: "/", methods: [GET], permission: devoirs.read}`, `{path: "/", methods: [GET], permission: public}`, "module.yaml:13: routes[0].permission"},
		{"route without permission", `{path: "/", methods: [GET], permission: devoirs.read}`, `{path: "/", methods: [GET]}`, "module.yaml:13: routes[0]"},
		{"undeclared permission", `permission: devoirs.handin, upload`, `permission: devoirs.set, upload`, "module.yaml:14: routes[1].permission"},
		{"core's permission", "{id: devoirs.handin,", "{id: core.admin,", "module.yaml:11: permissions[1].id"},
		{"permission twice", "{id: devoirs.handin,", "{id: devoirs.read,", "module.yaml:11: permissions[1].id"},
		{"unknown profile", "default: [eleve, parent]}", "default: [eleve, tous]}", "module.yaml:10: permissions[0].default[1]"},
		{"bad pattern", "/direct/**", "/direct/[", "routes[3].path"},
		{"unclean pattern", "/direct/**", "/direct//x", "routes[3].path"},
		{"route twice", "/direct/**", "/flux.ics", "module.yaml:16: routes[3].path"},
		{"hidden route", `{path: "/", methods`, `{path: "/**", methods`, "never reached"},
		{"size", "upload: 50MiB", "upload: 50MB", "module.yaml:14: routes[1].upload"},
		{"method", "methods: [POST]", "methods: [TRACE]", "module.yaml:14: routes[1].methods[0]"},
		{"link on a POST", "upload: 50MiB", "link: true", "module.yaml:14: routes[1].link"},
		{"start that leads nowhere", "start: /\n", "start: /ailleurs\n", "module.yaml:8: start"},
		{"default size", "default: m,", "default: l,", "module.yaml:18: widgets[0].default"},
		{"guided for others", "guided: [eleve]", "guided: [direction]", "module.yaml:18: widgets[0].guided"},
		{"capability", "directory.read", "directory.write", "module.yaml:19: capabilities[0]"},
		{"hosts in no setting", "directory.read", "net.connect:@hosts", "module.yaml:19: capabilities[0]"},
		{"hosts in a number", "directory.read", "net.connect:@late_days", "module.yaml:19: capabilities[0]"},
		{"a number for a host", "directory.read", "net.connect:127.0.0.1", "module.yaml:19: capabilities[0]"},
		{"event of another", "publishes: [devoirs.published]", "publishes: [agenda.published]", "module.yaml:20: events.publishes[0]"},
		{"silent event", "publishes: [devoirs.published]", "publishes: []", "module.yaml:19: capabilities[1]"},
		{"unknown interface", "[calendar]", "[telepathy]", "module.yaml:21: interfaces[0]"},
		{"default outside its own schema", "default: 7", "default: 99", "module.yaml:25: settings.properties.late_days.default"},
		{"setting without default", ", default: 7", "", "settings.properties.late_days"},
		{"schema from elsewhere", "maximum: 30", `"$ref": "file:///etc/passwd"`, "settings"},
		{"default outside a widget's schema", "default: 5", "default: 99", "module.yaml:18: widgets[0].settings.properties.most.default"},
		{"notice twice", "sensitive: true}]", "sensitive: true}, {id: publie, name: devoirs.notice.publie, default: []}]", "module.yaml:28: notices[1].id"},
		{"notices without the capability", ", notify.send", "", "module.yaml:28: notices"},
		{"notice for whom nobody is", "permission: devoirs.read, sensitive", "permission: devoirs.set, sensitive", "module.yaml:28: notices[0].permission"},
		{"notice by another's permission", "permission: devoirs.read, sensitive", "permission: core.admin, sensitive", "module.yaml:28: notices[0].permission"},
		{"a way that there is not", "[push]", "[pigeon]", "module.yaml:28: notices[0].default[0]"},
		{"retention", "retention: 1y", "retention: long", "module.yaml:27: data[0].retention"},
		{"alias", "sdk: 1", "sdk: &a 1", "module.yaml:3"},
		{"twice the same key", "sdk: 1", "sdk: 1\nsdk: 1", "module.yaml:4"},
		{"schema without migrations", "sdk: 1", "sdk: 1\nschema: 2", "module.yaml:4: schema"},
		{"two documents", "data: [", "---\ndata: [", "one YAML document"},
		{"no mapping", devoirs, "[1, 2]", "module.yaml"},
		{"empty", devoirs, "", "module.yaml"},
		{"too large", devoirs, devoirs + strings.Repeat("#\n", maxBytes), "bytes"},
		{"deep", devoirs, strings.Repeat("[", 60000), "nested"},
		{"not text", devoirs, "\x00\xff\xfe", "module.yaml"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := strings.Replace(devoirs, c.old, c.new, 1)
			if src == devoirs {
				t.Fatal("the case changes nothing")
			}
			_, err := Parse(strings.NewReader(src), "module.yaml")
			var p Problems
			if !errors.As(err, &p) {
				t.Fatalf("err = %v, want Problems", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("problems:\n%v\nwant one with %q", err, c.want)
			}
		})
	}
}

func TestCheckSettings(t *testing.T) {
	m := parse(t, devoirs)
	for value, field := range map[string]string{
		`{"late_days": 3}`:             "",
		`{"late_days": 3, "kinds":[]}`: "",
		`{"late_days": 31}`:            "late_days",
		`{"late_days": "x"}`:           "late_days",
		`{"kinds": ["z"]}`:             "kinds",
		`{"other": 1}`:                 "other",
	} {
		err := m.CheckSettings([]byte(value))
		if field == "" {
			if err != nil {
				t.Errorf("%s: %v", value, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: err = %v, want one about %s", value, err, field)
		}
	}
	if err := m.CheckSettings([]byte("[1]")); err == nil {
		t.Error("an array passed as settings")
	}
	got, err := m.WithDefaults([]byte(`{"late_days": 3}`))
	if err != nil || string(got) != `{"kinds":["a"],"late_days":3}` {
		t.Errorf("WithDefaults = %s, %v", got, err)
	}
}

func TestEveryModuleOfTheHouse(t *testing.T) {
	for _, dir := range []string{"../../plugins", "../../examples"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		for _, e := range entries {
			folder := dir + "/" + e.Name()
			if _, err := os.Stat(folder + "/" + FileName); err != nil {
				continue
			}
			if _, err := Open(folder); err != nil {
				t.Error(err)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(devoirs)
	f.Add("a: &a [*a]")
	f.Add("? {a: b}\n: c")
	f.Add("- - - - -\n")
	f.Fuzz(func(t *testing.T, src string) {
		m, err := Parse(strings.NewReader(src), "m")
		if err != nil {
			return
		}
		if _, ok := m.Match("GET", m.Start); !ok {
			t.Errorf("a valid manifest whose start %q does not exist", m.Start)
		}
	})
}
