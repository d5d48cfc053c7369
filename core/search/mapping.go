package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/preau-ent/preau/sdk/errors"
)

// layout names the shape of an index: one of another shape is made anew.
const layout = "1"

// The fields of an indexed document. Words are kept twice: by their stems, so
// that a plural finds a singular, and as they are, so that a beginning or a word
// with a slip finds them.
const (
	titleStems = "t"
	textStems  = "x"
	titleWords = "tw"
	textWords  = "xw"
	ofSource   = "src"
	ofGate     = "gate" // <source>|<permission of the page>
	ofAudience = "aud"
	whole      = "doc" // the document itself, kept and not searched
)

// The analyzers.
const (
	stems = "stems" // folded, without little words, stemmed
	plain = "plain" // folded
)

// foldedStops is the French list of little words without its accents, which
// are gone from the text by the time it is held against it.
const foldedStops = "stop_fr_folded"

func init() {
	err := registry.RegisterTokenFilter(foldedStops, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
		words := analysis.NewTokenMap()
		if err := words.LoadBytes(asciifolding.New().Filter(fr.FrenchStopWords)); err != nil {
			return nil, err
		}
		return stop.NewStopTokensFilter(words), nil
	})
	if err != nil {
		panic(err) // the name is taken: only a programmer can do that
	}
}

// newMapping says how documents are indexed.
func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	for name, filters := range map[string][]string{
		stems: {fr.ElisionName, lowercase.Name, foldedStops, fr.LightStemmerName},
		plain: {fr.ElisionName, lowercase.Name},
	} {
		err := m.AddCustomAnalyzer(name, map[string]any{"type": custom.Name, "char_filters": []string{asciifolding.Name},
			"tokenizer": unicode.Name, "token_filters": filters})
		if err != nil {
			return nil, errors.Internal(err)
		}
	}
	doc := bleve.NewDocumentStaticMapping()
	for name, analyzer := range map[string]string{titleStems: stems, textStems: stems, titleWords: plain, textWords: plain,
		ofSource: keyword.Name, ofGate: keyword.Name, ofAudience: keyword.Name} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = analyzer, false, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	kept := bleve.NewTextFieldMapping()
	kept.Index, kept.IncludeInAll, kept.IncludeTermVectors, kept.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(whole, kept)
	m.DefaultMapping, m.DefaultAnalyzer = doc, plain
	return m, nil
}
