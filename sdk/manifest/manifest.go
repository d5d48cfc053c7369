package manifest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// FileName is what a manifest is called, next to the module's executable.
const FileName = "module.yaml"

// Manifest is a module.yaml that [Parse] found valid.
type Manifest struct {
	ID           ids.ModuleID    `json:"id"`
	Version      string          `json:"version"`
	SDK          int             `json:"sdk"` // protocol
	Name         string          `json:"name"`
	Summary      string          `json:"summary"`
	Icon         string          `json:"icon"`
	Family       string          `json:"family"` // scolarite communication vie outils
	Start        string          `json:"start"`
	Permissions  []Permission    `json:"permissions"`
	Routes       []Route         `json:"routes"`
	Widgets      []Widget        `json:"widgets"`
	Capabilities []Capability    `json:"capabilities"`
	Events       Events          `json:"events"`
	Interfaces   []string        `json:"interfaces"`
	Settings     json.RawMessage `json:"settings"` // JSON Schema, nil when the module has none
	Notices      []Notice        `json:"notices"`
	Data         []DataClass     `json:"data"`
	Schema       int             `json:"schema"`  // of the data this version writes; Parse makes it at least 1
	Quotas       Quotas          `json:"quotas"`  // 0: the core's own limits
	Tier         Tier            `json:"tier"`    // least confinement it accepts; empty: whatever the operator gives
	Runtime      Runtime         `json:"runtime"` // Parse makes it static when not said

	settings settings
}

// Permission is something a school may allow to some and not to others.
type Permission struct {
	ID      ids.Permission `json:"id"`
	Name    string         `json:"name"`
	Default []ids.Profile  `json:"default"`
}

// Route says that an address exists and who may use it.
type Route struct {
	Path       string         `json:"path"` // doublestar pattern
	Methods    []string       `json:"methods"`
	Permission ids.Permission `json:"permission"`
	Upload     Size           `json:"upload"` // largest body in bytes; 0: not said
	Stream     bool           `json:"stream"`
	Link       bool           `json:"link"`
	Offline    bool           `json:"offline"` // GET: kept to be read offline; POST: kept to be sent once
}

// Widget is something for the home page.
type Widget struct {
	ID            string         `json:"id"`
	Name          string         `json:"name"`
	Summary       string         `json:"summary"` // translation key; may be empty
	Permission    ids.Permission `json:"permission"`
	Profiles      []ids.Profile  `json:"profiles"`
	Sizes         []ui.Size      `json:"sizes"`
	Default       ui.Size        `json:"default"`
	Guided        []ids.Profile  `json:"guided"`
	Refresh       Duration       `json:"refresh"` // 0: not said
	Cache         Cache          `json:"cache"`
	InvalidatedBy []string       `json:"invalidated_by"`

	// Settings is the JSON Schema of what a person may set of one instance; nil:
	// nothing. See [Manifest.WidgetFields].
	Settings json.RawMessage `json:"settings"`

	// Examples are keys of a few lines such as it shows, for the catalogue and for
	// a school that looks at the page of another profile. At most six.
	Examples []string `json:"examples"`

	settings settings
}

// Cache says who shares a kept widget.
type Cache string

// The scopes of a kept widget; none is never kept.
const (
	CachePerson  Cache = "person"
	CacheProfile Cache = "profile"
	CacheSchool  Cache = "school"
	CacheNone    Cache = "none"
)

// Notice is a kind of notice that the module sends.
type Notice struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`      // translation key
	Default   []Way         `json:"default"`   // to who has not chosen, besides the page
	Profiles  []ids.Profile `json:"profiles"`  // who may receive it; empty: everybody
	Sensitive bool          `json:"sensitive"` // mail and push say only that something is there

	// Permission is what it takes to receive it, besides; empty: nothing. The core
	// asks for it when the notice goes out.
	Permission ids.Permission `json:"permission"`
}

// Way is how a notice reaches a person.
type Way string

// The ways; every notice is on the page.
const (
	OnPage   Way = "page"
	ByMail   Way = "mail"
	ByPush   Way = "push"   // to a browser, closed or not
	InDigest Way = "digest" // with others, in one mail a day or a week
)

// Events names what a module tells others and wants to be told.
type Events struct {
	Publishes  []string `json:"publishes"`
	Subscribes []string `json:"subscribes"`
}

// Quotas are the most a module may take of the machine; an operator may lower them.
type Quotas struct {
	Disk   Size `json:"disk"`   // bytes of all its schools' data
	Memory Size `json:"memory"` // bytes of its process
	Files  Size `json:"files"`  // bytes of the files that the core keeps for it, in one school
}

// Tier is how far a module's process is confined.
type Tier string

// The tiers, from weak to strong.
const (
	TierNone       Tier = "none"        // only where the operator asked for it
	TierFirstParty Tier = "first-party" // namespaces, limits, Landlock, seccomp
	TierVendor     Tier = "vendor"      // the same, and cgroups and the lowest priority
	TierContainer  Tier = "container"   // in a container made by a program of the machine
)

// Runtime is what the executable needs of the machine.
type Runtime string

// The runtimes.
const (
	RuntimeStatic Runtime = "static" // nothing: a static binary
	RuntimeSystem Runtime = "system" // the system's programs and libraries, to read only
)

// DataClass is a kind of personal data that the module keeps.
type DataClass struct {
	Class     string `json:"class"`     // translation key
	Retention string `json:"retention"` // "90d", "6m", "1y"
}

// May reports whether the manifest asks for the capability.
func (m *Manifest) May(c Capability) bool { return slices.Contains(m.Capabilities, c) }

// Offers reports whether the module answers an optional interface ("calendar").
func (m *Manifest) Offers(name string) bool { return slices.Contains(m.Interfaces, name) }

// Widget returns the widget of this id.
func (m *Manifest) Widget(id string) (Widget, bool) {
	i := slices.IndexFunc(m.Widgets, func(w Widget) bool { return w.ID == id })
	if i < 0 {
		return Widget{}, false
	}
	return m.Widgets[i], true
}

// StartPermission is what it takes to open the first page.
func (m *Manifest) StartPermission() ids.Permission {
	r, _ := m.Match("GET", m.Start) // Parse made sure of it
	return r.Permission
}

// Granted returns the permissions that a profile holds as long as the school
// has not decided otherwise.
func (m *Manifest) Granted(p ids.Profile) []ids.Permission {
	var out []ids.Permission
	for _, perm := range m.Permissions {
		if slices.Contains(perm.Default, p) {
			out = append(out, perm.ID)
		}
	}
	return out
}

// Keys lists every translation key the manifest names, sorted, each once.
func (m *Manifest) Keys() []string {
	keys := []string{m.Name, m.Summary}
	for _, p := range m.Permissions {
		keys = append(keys, p.Name)
	}
	for _, w := range m.Widgets {
		keys = append(keys, w.Name, w.Summary)
		keys = append(keys, w.Examples...)
		for _, f := range w.settings.fields {
			keys = append(keys, f.Title, f.Description)
		}
	}
	for _, n := range m.Notices {
		keys = append(keys, n.Name)
	}
	for _, d := range m.Data {
		keys = append(keys, d.Class)
	}
	for _, f := range m.settings.fields {
		keys = append(keys, f.Title, f.Description)
	}
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(k string) bool { return strings.TrimSpace(k) == "" })
}
