package store

// Option adds something to a collection when it is declared.
type Option[T any] func() *index[T]

type index[T any] struct {
	name   string
	unique bool
	keys   func(*T) []Key
	prefix Key
}

// Index orders the items by the key that the function gives them; any number
// of items may have the same one, and come by ID then. A nil Key leaves the item
// out. The function looks at nothing but the item.
func Index[T any](name string, key func(*T) Key) Option[T] {
	return newIndex(name, false, one(key))
}

// IndexMany puts an item under each of the keys that the function gives, for
// example one for every group it is meant for.
func IndexMany[T any](name string, keys func(*T) []Key) Option[T] {
	return newIndex(name, false, keys)
}

// Unique is an Index that has each key once: Insert, Put and Modify answer
// Conflict when another item has it.
func Unique[T any](name string, key func(*T) Key) Option[T] {
	return newIndex(name, true, one(key))
}

func newIndex[T any](name string, unique bool, keys func(*T) []Key) Option[T] {
	return func() *index[T] { return &index[T]{name: name, unique: unique, keys: keys} }
}

func one[T any](key func(*T) Key) func(*T) []Key {
	return func(item *T) []Key { return []Key{key(item)} }
}

// entries adds the keys under which the index holds the item, to the set.
func (ix *index[T]) entries(item *T, id string, set map[string]*index[T]) {
	for _, key := range ix.keys(item) {
		switch {
		case key == nil:
		case ix.unique:
			set[string(join(ix.prefix, key))] = ix
		default:
			set[string(join(ix.prefix, key, K(id)))] = ix
		}
	}
}
