package search

import (
	"context"

	index "github.com/blevesearch/bleve_index_api"

	"github.com/preau-ent/preau/sdk/errors"
)

// opened are readers of an index that nothing else closes.
type opened []index.TermFieldReader

// Close closes all of them, once.
func (o *opened) Close() (err error) {
	for _, one := range *o {
		err = errors.Join(err, one.Close())
	}
	*o = nil
	return err
}

// oneOf is the documents that have one of the terms; nil: none do. A viewer is
// many things, of which an index knows few.
func (o *opened) oneOf(ctx context.Context, r index.IndexReader, field string, terms []string) (index.TermFieldReader, error) {
	known, ok := r.(index.IndexReaderContains)
	if !ok {
		return nil, errors.New(errors.Bug, "search.failed")
	}
	dict, err := known.FieldDictContains(field)
	if err != nil {
		return nil, errors.Internal(err)
	}
	var list []index.TermFieldReader
	for _, t := range terms {
		has, err := dict.Contains([]byte(t))
		if err != nil {
			return nil, errors.Internal(err)
		}
		if !has {
			continue
		}
		in, err := r.TermFieldReader(ctx, []byte(t), field, false, false, false)
		if err != nil {
			return nil, errors.Internal(err)
		}
		*o, list = append(*o, in), append(list, in)
	}
	return o.combine(union, list)
}

// The ways to make one set of several.
const (
	union        = "disjunction:unadorned"
	intersection = "conjunction:unadorned"
)

// combine makes one set of several, each of which stays as it is; nil: of none.
func (o *opened) combine(kind string, list []index.TermFieldReader) (index.TermFieldReader, error) {
	if len(list) == 0 {
		return nil, nil
	}
	if len(list) == 1 {
		return list[0], nil // whoever opened it closes it
	}
	var all index.OptimizableContext
	for _, one := range list {
		set, ok := one.(index.Optimizable)
		if !ok {
			return nil, errors.New(errors.Bug, "search.failed")
		}
		var err error
		if all, err = set.Optimize(kind, all); err != nil || all == nil {
			return nil, errors.Wrap(err, errors.Bug, "search.failed")
		}
	}
	done, err := all.Finish()
	if err != nil {
		return nil, errors.Internal(err)
	}
	out, ok := done.(index.TermFieldReader)
	if !ok {
		return nil, errors.New(errors.Bug, "search.failed")
	}
	*o = append(*o, out)
	return out, nil
}

// meets reports whether a set, which may be nil, has documents of all others.
func (o *opened) meets(set index.TermFieldReader, others []index.TermFieldReader) (bool, error) {
	if set == nil {
		return false, nil
	}
	all, err := o.combine(intersection, append([]index.TermFieldReader{set}, others...))
	if err != nil {
		return false, err
	}
	first, err := all.Next(nil)
	if err != nil {
		return false, errors.Internal(err)
	}
	return first != nil, nil
}
