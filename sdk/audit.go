package sdk

import "github.com/preau-ent/preau/sdk/wire"

// Audit writes into the school's journal, which can only grow.
type Audit struct{ call *call }

// Record notes that the viewer did action ("devoirs.graded") to object. The
// catalogue names it for who reads the journal: "devoirs.audit.graded".
func (a Audit) Record(action, object string, details map[string]string) error {
	_, err := invoke(a.call, wire.NewAuditClient(a.call.conn).Record,
		&wire.RecordRequest{Action: action, Object: object, Details: details})
	return err
}
