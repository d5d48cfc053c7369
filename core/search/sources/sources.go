package sources

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/preau-ent/preau/core/access"
	"github.com/preau-ent/preau/core/host"
	"github.com/preau-ent/preau/core/identity"
	"github.com/preau-ent/preau/core/locale"
	"github.com/preau-ent/preau/core/search"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Sources asks all rooms; make one with [New].
type Sources struct {
	host     *host.Host
	identity *identity.Service
	access   *access.Service
	words    *locale.Catalogue
	places   func() []search.Place
	start    string // of this process: what happened to people before it is not known
}

var _ search.Sources = (*Sources)(nil)

// New returns the sources of all schools. places is asked again and again.
func New(h *host.Host, people *identity.Service, rights *access.Service, words *locale.Catalogue, places func() []search.Place) *Sources {
	return &Sources{host: h, identity: people, access: rights, words: words, places: places, start: ids.New()}
}

// Of implements [search.Sources].
func (s *Sources) Of(_ context.Context, school ids.SchoolID) (list []search.Source, err error) {
	for _, m := range s.host.Searchable(school) {
		list = append(list, search.Source{Name: string(m.Module), Version: m.Version})
	}
	people := s.start + ":" + strconv.FormatUint(s.identity.Changes(school), 10)
	list = append(list, search.Source{Name: search.People, Version: people}, search.Source{Name: search.Classes, Version: people})
	for _, name := range []string{search.Pages, search.Settings, search.Help} {
		list = append(list, search.Source{Name: name, Version: s.fingerprint(s.placesOf(school, name))})
	}
	return list, nil
}

func (s *Sources) fingerprint(list []place) string {
	sum := fnv.New64a()
	for _, p := range list {
		fmt.Fprintf(sum, "%s\x00%s\x00%s\x00%s\x00%v\x00", p.Path, p.Label, p.Icon, p.Permission, p.said)
	}
	return strconv.FormatUint(sum.Sum64(), 36) + "." + strconv.Itoa(len(list))
}

// Documents implements [search.Sources].
func (s *Sources) Documents(ctx context.Context, school ids.SchoolID, source string, wanted []string, cursor string, limit int) (found []*wire.Document, next string, err error) {
	switch source {
	case search.People:
		found, err = s.people(ctx, school)
	case search.Classes:
		found, err = s.classes(ctx, school)
	case search.Pages, search.Settings, search.Help:
		for _, p := range s.placesOf(school, source) {
			found = append(found, p.document())
		}
	default:
		if strings.HasPrefix(source, "core.") {
			return nil, "", errors.New(errors.NotFound, "search.source")
		}
		return s.host.Documents(ctx, school, ids.ModuleID(source), wanted, cursor, limit)
	}
	if len(wanted) > 0 {
		found = slices.DeleteFunc(found, func(d *wire.Document) bool { return !slices.Contains(wanted, d.Id) })
	}
	return found, "", err
}

// Gate implements [search.Sources].
func (s *Sources) Gate(school ids.SchoolID, source string, d *wire.Document) (ids.Permission, bool) {
	switch source {
	case search.People, search.Classes:
		return access.Directory, true
	case search.Pages, search.Settings, search.Help:
		return gateOf(d), true
	}
	return s.host.Opens(school, ids.ModuleID(source), d.GetPath())
}

// Open lists the sources that somebody may look into, with what they may in
// each.
func (s *Sources) Open(school ids.SchoolID, roles []string) map[string][]ids.Permission {
	out := map[string][]ids.Permission{}
	for _, m := range s.host.Searchable(school) {
		if granted := s.access.Granted(school, roles, m.Module); len(granted) > 0 {
			out[string(m.Module)] = granted
		}
	}
	if s.access.May(school, roles, access.Directory) {
		out[search.People], out[search.Classes] = []ids.Permission{access.Directory}, []ids.Permission{access.Directory}
	}
	places := s.access.Granted(school, roles, access.Core)
	for _, m := range s.host.Enabled(school) {
		places = append(places, s.access.Granted(school, roles, m)...)
	}
	for _, name := range []string{search.Pages, search.Settings, search.Help} {
		out[name] = places
	}
	return out
}
