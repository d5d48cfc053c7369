package audit

import (
	"context"
	"fmt"
	"strconv"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Report is what the verification of one journal found.
type Report struct {
	School  ids.SchoolID `json:"school"`
	Entries uint64       `json:"entries"`           // whole and in order, from the first
	Broken  uint64       `json:"broken,omitempty"`  // number at which the chain breaks first
	Problem string       `json:"problem,omitempty"` // for the operator, in English; empty: the journal is whole
}

// Whole reports whether nothing was found.
func (r Report) Whole() bool { return r.Problem == "" }

// Verify walks every journal and reports, for each, the first broken link. The
// error is of the store; a broken journal is a report.
func (l *Log) Verify(ctx context.Context) ([]Report, error) {
	spaces, err := l.engine.Spaces(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := l.marks(ctx)
	if err != nil {
		return nil, err
	}
	reports := make([]Report, 0, len(spaces))
	for _, school := range spaces {
		r, err := l.VerifySchool(ctx, school)
		if err != nil {
			return nil, err
		}
		if mark, ok := marks[school]; ok && r.Whole() {
			if err := l.compare(ctx, &r, mark); err != nil {
				return nil, err
			}
		}
		reports = append(reports, r)
		delete(marks, school)
	}
	return reports, nil
}

// VerifySchool walks the journal of one school.
func (l *Log) VerifySchool(ctx context.Context, school ids.SchoolID) (Report, error) {
	r := Report{School: school}
	space, err := l.engine.Open(ctx, school)
	if err != nil {
		return r, err
	}
	err = space.View(ctx, func(tx store.Tx) error {
		r = Report{School: school}
		last, err := readHead(tx)
		if err != nil {
			r.Problem, r.Broken = err.Error(), 1
			return nil
		}
		var before head
		for e, err := range entries.Range(tx, "") {
			if err != nil {
				return err
			}
			if problem := follows(before, e, school); problem != "" {
				r.Broken, r.Problem = before.Seq+1, problem
				return nil
			}
			before = head{e.Seq, e.Hash}
			r.Entries++
		}
		if before != last {
			r.Broken = before.Seq + 1
			r.Problem = fmt.Sprintf("the journal ends at entry %d, its head says %d", before.Seq, last.Seq)
		}
		return nil
	})
	return r, err
}

// follows says what is wrong with e as the entry after before, "" when nothing.
func follows(before head, e *Entry, school ids.SchoolID) string {
	switch {
	case e.Seq != before.Seq+1 || e.ID != entryID(e.Seq):
		return fmt.Sprintf("entry %d is missing or out of order (found %d)", before.Seq+1, e.Seq)
	case e.Prev != before.Hash:
		return fmt.Sprintf("entry %d does not continue the one before it", e.Seq)
	case e.Hash != e.sum():
		return fmt.Sprintf("entry %d was changed", e.Seq)
	case e.School != school:
		return fmt.Sprintf("entry %d belongs to %s", e.Seq, e.School)
	}
	return ""
}

// Checkpoint records the head of every school's journal in the journal of no
// school. The core does it at start and once a day.
func (l *Log) Checkpoint(ctx context.Context) error {
	spaces, err := l.engine.Spaces(ctx)
	if err != nil {
		return err
	}
	marks, err := l.marks(ctx)
	if err != nil {
		return err
	}
	for _, school := range spaces {
		if school == store.Global {
			continue
		}
		space, err := l.engine.Open(ctx, school)
		if err != nil {
			return err
		}
		var h head
		if err := space.View(ctx, func(tx store.Tx) error { h, err = readHead(tx); return err }); err != nil {
			return err
		}
		if h.Seq == 0 || h == marks[school] {
			continue
		}
		err = l.Record(ctx, Entry{Action: JournalCheckpoint, Object: string(school),
			Details: map[string]string{"seq": strconv.FormatUint(h.Seq, 10), "hash": h.Hash}})
		if err != nil {
			return err
		}
	}
	return nil
}

// marks returns the newest checkpoint of every school.
func (l *Log) marks(ctx context.Context) (map[ids.SchoolID]head, error) {
	space, err := l.engine.Open(ctx, store.Global)
	if err != nil {
		return nil, err
	}
	marks := map[ids.SchoolID]head{}
	err = space.View(ctx, func(tx store.Tx) error {
		clear(marks)
		for e, err := range entries.Range(tx, "action", store.Prefix(JournalCheckpoint)) {
			if err != nil {
				return err
			}
			seq, _ := strconv.ParseUint(e.Details["seq"], 10, 64)
			marks[ids.SchoolID(e.Object)] = head{seq, e.Details["hash"]}
		}
		return nil
	})
	return marks, err
}

// compare adds to r what the checkpoint mark contradicts.
func (l *Log) compare(ctx context.Context, r *Report, mark head) error {
	space, err := l.engine.Open(ctx, r.School)
	if err != nil {
		return err
	}
	return space.View(ctx, func(tx store.Tx) error {
		e, err := entries.Get(tx, entryID(mark.Seq))
		if err != nil || e.Hash != mark.Hash {
			r.Broken = mark.Seq
			r.Problem = fmt.Sprintf("entry %d is not the one that the checkpoint knew", mark.Seq)
		}
		return nil
	})
}
