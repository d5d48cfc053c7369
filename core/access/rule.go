package access

import (
	"encoding/binary"

	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/store"
)

// Effect is what a school says about one permission of one role.
type Effect string

// The effects. Default means that the school says nothing.
const (
	Default Effect = ""
	Allow   Effect = "allow"
	Deny    Effect = "deny"
)

// Valid reports whether e is one of the effects.
func (e Effect) Valid() bool { return e == Default || e == Allow || e == Deny }

// rule is one change by a school, kept in its space.
type rule struct {
	ID     string `json:"id"` // role + " " + permission
	Role   string `json:"role"`
	Object string `json:"object"` // the permission
	Effect Effect `json:"effect"` // Allow or Deny
}

func ruleID(role string, p ids.Permission) string { return role + " " + string(p) }

var rules = store.NewCollection[rule]("access.rules")

// readRules returns all changes of the school whose space tx belongs to.
func readRules(tx store.Tx) ([]rule, error) {
	var list []rule
	for r, err := range rules.Range(tx, "") {
		if err != nil {
			return nil, err
		}
		list = append(list, *r)
	}
	return list, nil
}

// epochKey holds the number of changes the school has made.
var epochKey = []byte("access.epoch")

func readEpoch(tx store.Tx) (uint64, error) {
	value, ok, err := tx.Get(epochKey)
	if err != nil || !ok || len(value) != 8 {
		return 0, err
	}
	return binary.BigEndian.Uint64(value), nil
}

func bumpEpoch(tx store.Tx) error {
	n, err := readEpoch(tx)
	if err != nil {
		return err
	}
	return tx.Put(epochKey, binary.BigEndian.AppendUint64(nil, n+1))
}
