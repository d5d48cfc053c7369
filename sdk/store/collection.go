package store

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/preau-ent/preau/sdk/errors"
)

// Collection stores items of type T, a struct with a field ID of a text type,
// as JSON. It holds no data and no transaction: declare it once as a package
// variable. Its methods take the transaction they work in.
type Collection[T any] struct {
	name    string
	id      []int // path of the field ID
	rows    Key   // beginning of the keys of items
	indexes []*index[T]
}

// NewCollection declares the collection of this name, which is unique among a
// module's collections. It panics when T has no field ID or when two indexes
// have one name: the program is wrong, and says so when it starts.
func NewCollection[T any](name string, opts ...Option[T]) *Collection[T] {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		panic(fmt.Sprintf("store.NewCollection(%q): %v is not a struct", name, t))
	}
	f, ok := t.FieldByName("ID")
	if !ok || f.Type.Kind() != reflect.String {
		panic(fmt.Sprintf("store.NewCollection(%q): %v needs a field `ID string`", name, t))
	}
	if name == "" {
		panic(fmt.Sprintf("store.NewCollection: the collection of %v needs a name", t))
	}
	c := &Collection[T]{name: name, id: f.Index, rows: K(name, "")}
	for _, opt := range opts {
		ix := opt()
		ix.prefix = K(name, ix.name)
		if ix.name == "" || c.index(ix.name) != nil {
			panic(fmt.Sprintf("store.NewCollection(%q): index name %q is empty or used twice", name, ix.name))
		}
		c.indexes = append(c.indexes, ix)
	}
	return c
}

// Name returns the name that the collection was declared with.
func (c *Collection[T]) Name() string { return c.name }

func (c *Collection[T]) index(name string) *index[T] {
	for _, ix := range c.indexes {
		if ix.name == name {
			return ix
		}
	}
	return nil
}

func (c *Collection[T]) idOf(item *T) string {
	return reflect.ValueOf(item).Elem().FieldByIndex(c.id).String()
}

func (c *Collection[T]) setID(item *T, id string) {
	reflect.ValueOf(item).Elem().FieldByIndex(c.id).SetString(id)
}

func (c *Collection[T]) rowKey(id string) Key { return join(c.rows, K(id)) }

// ErrDamaged is in the error about an item that is there and cannot be read.
var ErrDamaged = fmt.Errorf("damaged")

// decode reads an item; its ID is the one it is stored under.
func (c *Collection[T]) decode(id string, value []byte) (*T, error) {
	item := new(T)
	if err := json.Unmarshal(value, item); err != nil {
		return nil, errors.Internal(fmt.Errorf("store: %s %q: %w: %w", c.name, id, ErrDamaged, err))
	}
	c.setID(item, id)
	return item, nil
}

func (c *Collection[T]) fail(kind errors.Kind, format string, args ...any) error {
	return errors.Wrap(fmt.Errorf("store: "+c.name+": "+format, args...), kind, "")
}
