package search

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
)

// question is one Ask on its way.
type question struct {
	service *Service
	ask     Ask
	index   bleve.Index
	words   []word
	loosely bool
	now     time.Time
}

// asking is what a document of the source (empty: any the viewer may look into)
// has to be.
func (q *question) asking(source string, must, may []word, least int) *asking {
	return &asking{words: must, may: may, least: least, loosely: q.loosely,
		gates: q.gates(source), audience: termsFor(q.ask.Viewer, q.permissions()), sources: q.sources(source)}
}

// sources lists those the viewer may look into, or the one.
func (q *question) sources(source string) (list []string) {
	if source != "" {
		return []string{source}
	}
	return slices.Sorted(maps.Keys(q.ask.Open))
}

func (q *question) gates(source string) (list []string) {
	for name, may := range q.ask.Open {
		if source == "" || source == name {
			for _, p := range may {
				list = append(list, name+"|"+string(p))
			}
		}
	}
	slices.Sort(list)
	return list
}

// permissions lists those the viewer has of modules: their names tell of which.
func (q *question) permissions() (list []string) {
	for source, may := range q.ask.Open {
		if strings.HasPrefix(source, "core.") {
			continue
		}
		for _, p := range may {
			list = append(list, string(p))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
