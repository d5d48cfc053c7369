package files

import (
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Bounds is the most that may be stored; zero fields bound nothing.
type Bounds struct {
	File   int64 // bytes of one file
	School int64 // bytes of all that the module keeps in the school
}

// held is what a module keeps in a school, counted with every change.
type held struct {
	ID    string `json:"id"` // the module
	Bytes int64  `json:"bytes"`
}

var holdings = store.NewCollection[held]("files.held")

// hold adds bytes to what a module keeps, in the transaction of the file's own
// entry; TooLarge when that is more than most (0: any number).
func hold(tx store.Tx, module ids.ModuleID, bytes, most int64) error {
	h, err := heldBy(tx, module)
	if err != nil {
		return err
	}
	h.Bytes = max(0, h.Bytes+bytes)
	if most > 0 && bytes > 0 && h.Bytes > most {
		return errors.New(errors.TooLarge, "files.quota", "module", string(module))
	}
	return holdings.Put(tx, h)
}

// heldBy reads the account of a module, made from its files where there is none
// yet; so it is asked before the entry of a new file is there.
func heldBy(tx store.Tx, module ids.ModuleID) (*held, error) {
	h, err := holdings.Get(tx, string(module))
	if errors.KindOf(err) != errors.NotFound {
		return h, err
	}
	h = &held{ID: string(module)}
	for i, err := range entries.Range(tx, "module", store.Prefix(module)) {
		if err != nil {
			return nil, err
		}
		h.Bytes += i.Size
	}
	return h, nil
}
