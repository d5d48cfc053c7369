package sources

import (
	"strings"
	"time"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// Say implements [search.Sources].
func (s *Sources) Say(source string, words *wire.Text) (said []string) {
	if words == nil {
		return nil
	}
	module := s.ModuleOf(source, words.GetKey())
	for _, lang := range s.words.Languages() {
		text := s.words.Speaker(lang, time.UTC, time.Time{}).In(module).Text(words)
		if text != "" && text != words.GetKey() {
			said = append(said, text)
		}
	}
	return said
}

// ModuleOf says in whose catalogue words of a source are: a module's, also where
// the core lists the module's pages and settings; empty: the core's.
func (s *Sources) ModuleOf(source, key string) ids.ModuleID {
	if !strings.HasPrefix(source, "core.") {
		return ids.ModuleID(source)
	}
	id, _, _ := strings.Cut(key, ".")
	if _, err := s.host.Manifest(ids.ModuleID(id)); err == nil {
		return ids.ModuleID(id)
	}
	return ""
}
