package search

import (
	"context"
	"slices"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/wire"
)

// work brings a school's index up to date: sources that are new or of another
// version, those that went, and the documents that changed. What could not be
// asked for stays to be asked for, and is the error; the rest is done.
func (s *Service) work(ctx context.Context, school ids.SchoolID, tell func(source string, n int)) error {
	sources, err := s.cfg.Sources.Of(ctx, school)
	if err != nil {
		return err
	}
	v, err := s.shelf.take(school)
	if err != nil {
		return err
	}
	defer s.shelf.give(v)
	var failed error
	written := 0
	for _, src := range sources {
		has, err := v.version(src.Name)
		if err == nil && has != src.Version {
			var n int
			n, err = s.sweep(ctx, school, v, src, tell)
			written += n
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failed = errors.Join(failed, err)
	}
	failed = errors.Join(failed, s.forget(ctx, school, v, sources), s.catchUp(ctx, school, v, sources))
	if written >= many {
		failed = errors.Join(failed, v.merge(ctx))
	}
	return failed
}

// sweep asks for all of a source. What did not change is not written again; it
// returns how many documents were.
func (s *Service) sweep(ctx context.Context, school ids.SchoolID, v *volume, src Source, tell func(string, int)) (written int, err error) {
	gone, err := v.idsOf(src.Name)
	if err != nil {
		return 0, err
	}
	n, cursor, there := 0, "", len(gone) > 0
	for {
		found, next, err := s.cfg.Sources.Documents(ctx, school, src.Name, nil, cursor, atOnce)
		if err != nil {
			return written, err
		}
		entries := s.entries(school, src.Name, found)
		for _, e := range entries {
			delete(gone, e.id)
		}
		n += len(entries)
		if there {
			kept, err := v.kept(entries)
			if err != nil {
				return written, err
			}
			entries = slices.DeleteFunc(entries, func(e entry) bool { return kept[e.id] == e.raw && e.next.IsZero() })
		}
		if err := s.put(ctx, school, v, src.Name, entries, nil); err != nil {
			return written, err
		}
		written += len(entries)
		if tell(src.Name, n); next == "" {
			break
		}
		cursor = next
	}
	left := make([]string, 0, len(gone))
	for id := range gone {
		left = append(left, id)
	}
	if err := v.write(nil, left); err != nil {
		return written, err
	}
	return written, v.settle(src.Name, src.Version)
}

// entries prepares documents; those whose page is not there are left out.
func (s *Service) entries(school ids.SchoolID, source string, found []*wire.Document) (list []entry) {
	for _, d := range found {
		gate, ok := s.cfg.Sources.Gate(school, source, d)
		if !ok {
			continue
		}
		e, err := newEntry(source, d, string(gate), s.cfg.Sources.Say(source, d.GetKind()), s.cfg.Now())
		if err != nil {
			s.cfg.Log.Error("search: a document cannot be kept", "school", school, "source", source, "document", d.GetId(), "err", err)
			continue
		}
		list = append(list, e)
	}
	return list
}

// put writes entries, after a note of those whose audience grows later.
func (s *Service) put(ctx context.Context, school ids.SchoolID, v *volume, source string, list []entry, remove []string) error {
	var later []*pending
	for _, e := range list {
		if !e.next.IsZero() {
			later = append(later, &pending{Source: source, Document: e.id[len(source)+1:], At: e.next})
		}
	}
	if err := s.remember(ctx, school, later...); err != nil {
		return err
	}
	return v.write(list, remove)
}

// forget drops the sources that the school no longer has.
func (s *Service) forget(ctx context.Context, school ids.SchoolID, v *volume, sources []Source) error {
	there, err := v.index.FieldDict(ofSource)
	if err != nil {
		return errors.Internal(err)
	}
	var gone []string
	for {
		one, err := there.Next()
		if err != nil || one == nil {
			break
		}
		if !slices.ContainsFunc(sources, func(src Source) bool { return src.Name == one.Term }) {
			gone = append(gone, one.Term)
		}
	}
	if err := there.Close(); err != nil {
		return errors.Internal(err)
	}
	for _, source := range gone {
		entries, err := v.idsOf(source)
		if err != nil {
			return err
		}
		list := make([]string, 0, len(entries))
		for id := range entries {
			list = append(list, id)
		}
		if err := errors.Join(v.write(nil, list), v.settle(source, "")); err != nil {
			return err
		}
	}
	return nil
}

// catchUp asks for the documents that changed.
func (s *Service) catchUp(ctx context.Context, school ids.SchoolID, v *volume, sources []Source) error {
	for {
		list, _, err := s.due(ctx, school, atOnce)
		if err != nil || len(list) == 0 {
			return err
		}
		var failed error
		bySource := map[string][]*pending{}
		for _, p := range list {
			bySource[p.Source] = append(bySource[p.Source], p)
		}
		for source, some := range bySource {
			var err error
			i := slices.IndexFunc(sources, func(src Source) bool { return src.Name == source })
			if i >= 0 { // else it is no source any more
				err = s.again(ctx, school, v, sources[i], some)
			}
			if err == nil {
				err = s.done(ctx, school, some)
			}
			failed = errors.Join(failed, err)
		}
		if failed != nil || len(list) < atOnce {
			return failed
		}
	}
}

// again asks for some documents of a source, or for all when one of the notes
// says so.
func (s *Service) again(ctx context.Context, school ids.SchoolID, v *volume, src Source, some []*pending) error {
	gone := map[string]bool{}
	var wanted []string
	for _, p := range some {
		if p.Document == "" {
			_, err := s.sweep(ctx, school, v, src, func(string, int) {})
			return err
		}
		if id := entryID(src.Name, p.Document); !gone[id] {
			gone[id] = true
			wanted = append(wanted, p.Document)
		}
	}
	found, _, err := s.cfg.Sources.Documents(ctx, school, src.Name, wanted, "", len(wanted))
	if err != nil {
		return err
	}
	entries := s.entries(school, src.Name, found)
	for _, e := range entries {
		delete(gone, e.id)
	}
	remove := make([]string, 0, len(gone))
	for id := range gone {
		remove = append(remove, id)
	}
	return s.put(ctx, school, v, src.Name, entries, remove)
}
