package search

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/preau-ent/preau/sdk/errors"
)

// atOnce is how many documents are asked for, and written, at once.
const atOnce = 500

// many is how many documents written one after the other leave an index in so
// many parts that it is worth making one of them.
const many = 4 * atOnce

// merge makes one part of an index of the many that a large fill leaves: each
// question looks into every part.
func (v *volume) merge(ctx context.Context) error {
	index, err := v.index.Advanced()
	if err != nil {
		return errors.Internal(err)
	}
	parts, ok := index.(*scorch.Scorch)
	if !ok {
		return nil
	}
	one := mergeplan.SingleSegmentMergePlanOptions
	one.SegmentsPerMergeTask = 1000 // all at once
	if err := parts.ForceMerge(ctx, &one); err != nil {
		return errors.Internal(err)
	}
	return nil
}

// version returns the version of a source that the index holds; empty: none.
func (v *volume) version(source string) (string, error) {
	raw, err := v.index.GetInternal([]byte("source:" + source))
	if err != nil {
		return "", errors.Internal(err)
	}
	return string(raw), nil
}

// settle notes which version of a source the index holds; empty: none.
func (v *volume) settle(source, version string) error {
	key := []byte("source:" + source)
	var err error
	if version == "" {
		err = v.index.DeleteInternal(key)
	} else {
		err = v.index.SetInternal(key, []byte(version))
	}
	if err != nil {
		return errors.Internal(err)
	}
	return nil
}

// write puts entries into the index and takes others out, durable when nil is
// returned.
func (v *volume) write(put []entry, remove []string) error {
	if len(put)+len(remove) == 0 {
		return nil
	}
	b := v.index.NewBatch()
	for _, e := range put {
		if err := b.Index(e.id, e.body); err != nil {
			return errors.Internal(err)
		}
	}
	for _, id := range remove {
		b.Delete(id)
	}
	if err := v.index.Batch(b); err != nil {
		return errors.Internal(err)
	}
	return nil
}

// kept returns what the index holds of these entries, by id.
func (v *volume) kept(list []entry) (map[string]string, error) {
	wanted := make([]string, len(list))
	for i, e := range list {
		wanted[i] = e.id
	}
	req := bleve.NewSearchRequestOptions(query.NewDocIDQuery(wanted), len(wanted), 0, false)
	req.Fields = []string{whole}
	out := map[string]string{}
	return out, v.each(req, func(hit *search.DocumentMatch) {
		raw, _ := hit.Fields[whole].(string)
		out[hit.ID] = raw
	})
}

// idsOf returns the ids of all entries of a source.
func (v *volume) idsOf(source string) (map[string]bool, error) {
	n, err := v.index.DocCount()
	if err != nil {
		return nil, errors.Internal(err)
	}
	q := query.NewTermQuery(source)
	q.SetField(ofSource)
	req := bleve.NewSearchRequestOptions(q, int(n), 0, false)
	req.Score = "none"
	out := map[string]bool{}
	return out, v.each(req, func(hit *search.DocumentMatch) { out[hit.ID] = true })
}

func (v *volume) each(req *bleve.SearchRequest, fn func(*search.DocumentMatch)) error {
	if req.Size == 0 {
		return nil
	}
	found, err := v.index.Search(req)
	if err != nil {
		return errors.Internal(err)
	}
	for _, hit := range found.Hits {
		fn(hit)
	}
	return nil
}
