package manifest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/ui"
)

// check finds what a schema cannot say.
func check(m *Manifest) []Problem {
	var p []Problem
	if Reserved(string(m.ID)) {
		p = append(p, problem("id", "%q is a name of the core's own", m.ID))
	}
	if !ui.HasIcon(m.Icon) {
		p = append(p, problem("icon", "%q is not in the closed set of icons", m.Icon))
	}
	if m.Schema > 1 && m.SDK < 2 {
		p = append(p, problem("schema", "only a module of sdk: 2 can migrate its data"))
	}
	p = append(p, checkPermissions(m)...)
	p = append(p, checkRoutes(m)...)
	p = append(p, checkWidgets(m)...)
	p = append(p, checkNotices(m)...)
	p = append(p, checkEvents(m)...)
	r, ok := m.Match(http.MethodGet, m.Start)
	if !ok {
		p = append(p, problem("start", "no GET route matches %q", m.Start))
	} else if !slices.ContainsFunc(m.Permissions, func(q Permission) bool { return q.ID == r.Permission }) {
		p = append(p, problem("start", "its route has no known permission"))
	}
	return p
}

func checkPermissions(m *Manifest) []Problem {
	var p []Problem
	seen := map[ids.Permission]bool{}
	for i, perm := range m.Permissions {
		field := fmt.Sprintf("permissions[%d].id", i)
		if perm.ID.Module() != m.ID {
			p = append(p, problem(field, "must begin with %q", m.ID+"."))
		}
		if seen[perm.ID] {
			p = append(p, problem(field, "%q is declared twice", perm.ID))
		}
		seen[perm.ID] = true
	}
	return p
}

// known reports a permission that the manifest does not declare.
func (m *Manifest) known(field string, id ids.Permission) []Problem {
	if slices.ContainsFunc(m.Permissions, func(p Permission) bool { return p.ID == id }) {
		return nil
	}
	return []Problem{problem(field, "%q is not among the permissions", id)}
}

func checkRoutes(m *Manifest) []Problem {
	var p []Problem
	for i, r := range m.Routes {
		field := fmt.Sprintf("routes[%d]", i)
		p = append(p, m.known(field+".permission", r.Permission)...)
		switch {
		case !doublestar.ValidatePattern(r.Path):
			p = append(p, problem(field+".path", "%q is no valid pattern", r.Path))
			continue
		case !cleanPattern(r.Path):
			p = append(p, problem(field+".path", "%q matches no address: it is not a clean path", r.Path))
			continue
		}
		if r.Link && (len(r.Methods) != 1 || r.Methods[0] != http.MethodGet) {
			p = append(p, problem(field+".link", "only a GET route may be reached by a link"))
		}
		if r.Upload > 0 && !slices.ContainsFunc(r.Methods, func(m string) bool { return m != http.MethodGet }) {
			p = append(p, problem(field+".upload", "a GET sends no body"))
		}
		for j, before := range m.Routes[:i] {
			for _, method := range r.Methods {
				if before.allows(method) && before.hides(r) {
					p = append(p, problem(field+".path", "%s %s is never reached: routes[%d] matches first", method, r.Path, j))
				}
			}
		}
	}
	return p
}

// hides reports that every path of the later route is this one's already, as
// far as that can be told from the patterns.
func (r Route) hides(later Route) bool {
	if r.Path == later.Path || r.Path == "/**" {
		return true
	}
	return later.literal() && doublestar.ValidatePattern(r.Path) && r.matches(later.Path)
}

// cleanPattern: a pattern of which some instance is a clean path.
func cleanPattern(p string) bool {
	return CleanPath(strings.NewReplacer("**", "x", "*", "x").Replace(p)) || !Route{Path: p}.literal() && !strings.Contains(p, "//") && !strings.Contains(p, "/../") && !strings.Contains(p, "/./")
}

func checkWidgets(m *Manifest) []Problem {
	var p []Problem
	seen := map[string]bool{}
	for i, w := range m.Widgets {
		field := fmt.Sprintf("widgets[%d]", i)
		p = append(p, m.known(field+".permission", w.Permission)...)
		if seen[w.ID] {
			p = append(p, problem(field+".id", "%q is declared twice", w.ID))
		}
		seen[w.ID] = true
		if !slices.Contains(w.Sizes, w.Default) {
			p = append(p, problem(field+".default", "%q is not among the sizes", w.Default))
		}
		for _, g := range w.Guided {
			if !slices.Contains(w.Profiles, g) {
				p = append(p, problem(field+".guided", "%q is not among the profiles", g))
			}
		}
	}
	return p
}

func checkNotices(m *Manifest) (p []Problem) {
	seen := map[string]bool{}
	for i, n := range m.Notices {
		if seen[n.ID] {
			p = append(p, problem(fmt.Sprintf("notices[%d].id", i), "%q is declared twice", n.ID))
		}
		seen[n.ID] = true
		if n.Permission != "" {
			p = append(p, m.known(fmt.Sprintf("notices[%d].permission", i), n.Permission)...)
		}
	}
	if len(m.Notices) > 0 && !m.May(SendNotices) {
		p = append(p, problem("notices", "the module does not ask for %s", SendNotices))
	}
	return p
}

// listsHosts wants the setting that a capability to connect names.
func (m *Manifest) listsHosts(field, host string) []Problem {
	setting, listed := strings.CutPrefix(host, "@")
	if !listed {
		return nil
	}
	i := slices.IndexFunc(m.settings.fields, func(f SettingField) bool { return f.Name == setting })
	if i < 0 || m.settings.fields[i].Type != "string" && m.settings.fields[i].Type != "array" {
		return []Problem{problem(field, "%q is no setting that lists hosts", setting)}
	}
	return nil
}

func checkEvents(m *Manifest) []Problem {
	var p []Problem
	var asked []string
	for i, c := range m.Capabilities {
		field := fmt.Sprintf("capabilities[%d]", i)
		if !c.Known() {
			p = append(p, problem(field, "the core has no capability %q", c))
			continue
		}
		if host, ok := c.Host(); ok {
			p = append(p, m.listsHosts(field, host)...)
		}
		if e, ok := c.Event(); ok {
			asked = append(asked, e)
			if !slices.Contains(m.Events.Publishes, e) {
				p = append(p, problem(field, "%q is not among events.publishes", e))
			}
		}
	}
	for i, e := range m.Events.Publishes {
		field := fmt.Sprintf("events.publishes[%d]", i)
		if ids.Permission(e).Module() != m.ID {
			p = append(p, problem(field, "must begin with %q", m.ID+"."))
		}
		if !slices.Contains(asked, e) {
			p = append(p, problem(field, "needs the capability %q", MayPublish(e)))
		}
	}
	return p
}
