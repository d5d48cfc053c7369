package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/store"
)

// emptyBin removes for good what the viewer deleted more than a month ago, with
// every copy and file of it. It runs when the bin is opened.
func emptyBin(r *sdk.Request) error {
	limit := r.Now().AddDate(0, 0, -binDays)
	var files []File
	err := update(r, func(tx store.Tx) error {
		files = nil
		for h, err := range homework.Range(tx, "author", store.Prefix(r.Viewer.Person)) {
			if err != nil {
				return err
			}
			if h.Deleted.IsZero() || h.Deleted.After(limit) {
				continue
			}
			gone, err := erase(tx, h)
			if err != nil {
				return err
			}
			files = append(files, gone...)
		}
		return nil
	})
	if err == nil {
		dropFiles(&r.Scope, files)
	}
	return err
}

// erase deletes a homework and its copies, and returns the files they had.
func erase(tx store.Tx, h *Homework) ([]File, error) {
	files := h.Files
	list, err := copiesOf(tx, h)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		for _, v := range c.Versions {
			files = append(files, v.Files...)
		}
		if err := copies.Delete(tx, c.ID); err != nil {
			return nil, err
		}
	}
	return files, homework.Delete(tx, h.ID)
}
