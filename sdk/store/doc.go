// Package store keeps a school's data: typed collections with indexes on an
// ordered space of keys, the same on bbolt and on a database server.
//
// # Two layers
//
// An [Engine] (package bolt is one) holds one [Space] per school: an ordered
// map from bytes to bytes. Everything happens in a transaction of one school,
// [Space.View] to read and [Space.Update] to write; what Update acknowledged
// is on disk. [Tx.Emit] puts an event into the outbox of the same transaction,
// so that an event is sent if and only if its cause was kept.
//
// On top, a [Collection] stores one Go type as JSON under the value of its
// field ID, and keeps secondary and unique indexes up to date. It is declared
// once, at the top of a file, and used inside transactions:
//
//	type Homework struct {
//		ID    string
//		Class ids.GroupID
//		Due   time.Time
//		Text  string
//	}
//
//	var homework = store.NewCollection("homework",
//		store.Index("class-due", func(h *Homework) store.Key { return store.K(h.Class, h.Due) }))
//
//	err := space.Update(ctx, func(tx store.Tx) error {
//		if err := homework.Insert(tx, h); err != nil {
//			return err
//		}
//		return tx.Emit("devoirs.published", h.ID)
//	})
//
//	for h, err := range homework.Range(tx, "class-due", store.From(class, monday), store.To(class, sunday)) {
//		...
//	}
//
// # Keys
//
// [K] turns values into bytes that sort as the values do, part after part.
// Every key of a collection is such a tuple and can be read back with
// [Key.Parts]:
//
//	("homework", "", id)                      → the item as JSON
//	("homework", "class-due", class, due, id) → id    (Index, IndexMany)
//	("homework", "login", login)              → id    (Unique)
//
// Keys that begin with the byte 0x00 are the store's own.
//
// # Schema
//
// Each space carries the number of the schema of its data ([Schema]). A program
// that writes another one is refused ([Admit]) until a migration has changed the
// data and the mark, both in one transaction. [Collection.Rewrite] changes every
// item of a collection, [Collection.Reindex] only its indexes.
//
// # Rules
//
// A function given to Update may run more than once (an engine that meets a
// conflict runs it again), so it changes nothing but the transaction, and sets
// variables outside rather than appending to them. A transaction is for one
// goroutine, ends with its function, and holds no call to another process.
// An Update inside an Update of the same school waits for itself.
//
// Errors have the kinds of package sdk/errors: NotFound, Conflict (an id or a
// unique key is taken), TooLarge (see [MaxKey], [MaxValue]), Invalid (a cursor
// of another list), Unavailable (the space is closed or held by another
// process), and Bug for what only a wrong program does.
package store
