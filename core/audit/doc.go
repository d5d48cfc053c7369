// Package audit keeps the journal of what matters: sign-ins, rights, changes
// of modules, exports, administration. Each school has its own journal and
// what belongs to no school has one more (school [store.Global]).
//
// A journal is only ever added to. Every entry carries the hash of the one
// before it and a hash of itself, and the head of the chain is written in the
// same transaction, so that a changed, removed, reordered or cut journal shows
// in [Log.Verify]. [Log.Checkpoint] copies the heads into the journal of no
// school: whoever rewrites one file must rewrite that one too.
//
//	err := space.Update(ctx, func(tx store.Tx) error {
//		// … the change …
//		return log.RecordIn(tx, audit.Entry{Action: audit.PermissionSet, …})
//	})
package audit
